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
        let contenders = contenders(numbers)
        return play(contenders, item) { [self] rounds in
          check(contenders, numbers, rounds)
        }
      case .product(let rows, let depth, let columns):
        let product = Contender.product(of: type, rows: rows, depth: depth, columns: columns, threads: item.threads)
        return play([product], item) { _ in }
      case .patchCopy(let geometry):
        return play(try Contender.patchCopies(ConvolutionCase<E>(geometry, threads: item.threads)), item) { _ in }
      }
    } catch {
      report.failures.append(MeasuringFailure(subject: item.specification, reason: "\(error)"))
      return nil
    }
  }

  private func convolutionCase<E: ConvolutionElement>(
    _ geometry: ConvolutionGeometry, _ item: MeasuringCase, _ type: E.Type
  ) throws -> ConvolutionCase<E> {
    guard let numbers = item.numbers else { return try ConvolutionCase(geometry, threads: item.threads) }
    guard let input = numbers.input.typed(type), let weight = numbers.weight.typed(type) else {
      throw MeasuringError.elementType(expected: E.elementType.rawValue, got: numbers.input.elementType.rawValue)
    }
    return try ConvolutionCase(geometry, input: input, weight: weight, threads: item.threads)
  }

  /// Ours, then the libraries'.
  private func contenders<E: ConvolutionElement>(_ item: ConvolutionCase<E>) -> [Contender] {
    var result: [Contender] = []
    for algorithm in request.algorithms where algorithm.covers(item.geometry) && !isCancelled() {
      do {
        result.append(
          try item.contender(
            algorithm, isExact: request.isExact, includesPreparation: request.includesPreparation))
      } catch {
        report.failures.append(MeasuringFailure(subject: algorithm.rawValue, reason: "\(error)"))
      }
    }
    for worker in startedPeers(threads: item.threads) where !isCancelled() {
      announce("handing the numbers to \(worker.name.rawValue)")
      do {
        result += try worker.contenders(item)
      } catch {
        fail(worker.name, error)
      }
    }
    return result
  }

  /// The libraries at work on a number of threads, started where they are not.
  private func startedPeers(threads: Int) -> [PeerWorker] {
    for worker in workers where worker.threads != threads { worker.stop() }
    workers.removeAll { $0.threads != threads || !$0.isAlive }
    for name in request.peers where !missingPeers.contains(name) && !workers.contains(where: { $0.name == name }) {
      guard !isCancelled() else { break }
      announce("starting \(name.rawValue)")
      do {
        let worker = try startPeer(name, threads)
        report.peerVersions[name] = worker.version
        workers.append(worker)
      } catch {
        missingPeers.insert(name)
        fail(name, error)
      }
    }
    return workers
  }

  private func fail(_ name: PeerName, _ error: any Error) {
    guard !(error is MeasuringCancelled) else { return }
    let failure = MeasuringFailure(subject: name.rawValue, reason: "\(error)")
    if !report.failures.contains(failure) { report.failures.append(failure) }
  }

  /// Compares what every contender computed with the definition.
  private func check<E: ConvolutionElement>(
    _ contenders: [Contender], _ item: ConvolutionCase<E>, _ rounds: InterleavedRounds
  ) {
    guard request.checksOutputs, !isCancelled() else { return }
    announce("computing the outputs in float64")
    guard let exact = try? ExactOutputs(item, isCancelled: isCancelled) else { return }
    for (index, contender) in contenders.enumerated() where rounds.rows[index].failure == nil && !isCancelled() {
      announce("checking \(contender.name)")
      do {
        if let output = try contender.output(), let error = try exact.error(of: output) {
          rounds.note(error, of: index)
        }
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
