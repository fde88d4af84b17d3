import Convolution
import Foundation
import StridedTensor

extension MeasuringRun {
  /// Measures one case; why it ended, or nil if there was nothing to measure.
  func measure(_ item: MeasuringCase) -> MeasuringStop? {
    if request.elementType == .float64 { return measure(item, Double.self) }
    return measure(item, Float.self)
  }

  private func measure<E: ConvolutionElement>(_ item: MeasuringCase, _ type: E.Type) -> MeasuringStop? {
    report.phase = .preparing
    report.cases.append(CaseReport(item))
    announce("preparing \(item.specification)")
    do {
      switch item.subject {
      case .convolution(let geometry):
        let numbers = try convolutionCase(geometry, item, type)
        // Computed when the first contender is checked.
        var exact: ExactOutputs?
        return play(
          contenders(numbers), item, join: { [self] in takeInPeers(.convolution(numbers)) },
          check: { [self] rounds, indices in
            guard request.checksOutputs, !isCancelled() else { return }
            if exact == nil {
              announce("computing the outputs in float64")
              exact = try? ExactOutputs(numbers, isCancelled: isCancelled)
            }
            if let exact { check(rounds, indices, exact) }
          })
      case .product(let rows, let depth, let columns):
        let product = try stoppable {
          Contender.product(of: type, rows: rows, depth: depth, columns: columns, threads: item.threads)
        }
        let subject = PeerSubject<E>.product(rows: rows, depth: depth, columns: columns)
        return play([product], beside: subject, item)
      case .patchCopy(let geometry):
        let numbers = try ConvolutionCase<E>(geometry, threads: item.threads, isCancelled: isCancelled)
        return play(try stoppable { try Contender.patchCopies(numbers) }, beside: .patches(numbers), item)
      }
    } catch is MeasuringCancelled {
      return nil
    } catch {
      report.failures.append(MeasuringFailure(subject: item.specification, reason: "\(error)"))
      return nil
    }
  }

  private func convolutionCase<E: ConvolutionElement>(
    _ geometry: ConvolutionGeometry, _ item: MeasuringCase, _ type: E.Type
  ) throws -> ConvolutionCase<E> {
    guard let numbers = item.numbers else {
      return try ConvolutionCase(geometry, threads: item.threads, isCancelled: isCancelled)
    }
    guard let input = numbers.input.typed(type), let weight = numbers.weight.typed(type) else {
      throw MeasuringError.elementType(expected: E.elementType.rawValue, got: numbers.input.elementType.rawValue)
    }
    return try stoppable { try ConvolutionCase(geometry, input: input, weight: weight, threads: item.threads) }
  }

  /// Ours, then those of the libraries that are there in time.
  private func contenders<E: ConvolutionElement>(_ item: ConvolutionCase<E>) -> [Contender] {
    var result: [Contender] = []
    for algorithm in request.algorithms where algorithm.covers(item.geometry) && !isCancelled() {
      do {
        result.append(
          try stoppable {
            try item.contender(
              algorithm, isExact: request.isExact, includesPreparation: request.includesPreparation)
          })
      } catch is MeasuringCancelled {
      } catch {
        report.failures.append(MeasuringFailure(subject: algorithm.rawValue, reason: "\(error)"))
      }
    }
    startPeers(threads: item.threads)
    return result + waitForPeers(.convolution(item))
  }

  /// Ours beside those of the libraries.
  private func play<E: ConvolutionElement>(
    _ own: [Contender], beside subject: PeerSubject<E>, _ item: MeasuringCase
  ) -> MeasuringStop? {
    startPeers(threads: item.threads)
    return play(own + waitForPeers(subject), item, join: { [self] in takeInPeers(subject) })
  }

  /// Compares what contenders computed with the definition.
  private func check(
    _ rounds: InterleavedRounds, _ indices: Range<Int>, _ exact: ExactOutputs
  ) {
    for index in indices where rounds.rows[index].failure == nil && !isCancelled() {
      let contender = rounds.contenders[index]
      announce("checking \(contender.name)")
      do {
        let error = try stoppable { try contender.output().flatMap { try exact.error(of: $0) } }
        if let error { rounds.note(error, of: index) }
      } catch is MeasuringCancelled {
      } catch {
        report.failures.append(MeasuringFailure(subject: contender.name, reason: "\(error)"))
      }
    }
  }
}

extension AnyTensor {
  /// The tensor if its elements are of a type.
  func typed<E: TensorElement>(_ type: E.Type) -> Tensor<E>? {
    switch self {
    case .float32(let tensor): tensor as? Tensor<E>
    case .float64(let tensor): tensor as? Tensor<E>
    case .int32(let tensor): tensor as? Tensor<E>
    case .int64(let tensor): tensor as? Tensor<E>
    case .uint8(let tensor): tensor as? Tensor<E>
    }
  }
}
