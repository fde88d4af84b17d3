import Convolution
import MatrixMultiply
import StridedTensor

extension ConvolutionCase {
  /// An algorithm as a contender; naive loops on a part of the pictures where the whole takes too long.
  ///
  /// - Throws: `ConvolutionError` if the algorithm does not cover the geometry, or has not the memory.
  public func contender(
    _ algorithm: ConvolutionAlgorithm, isExact: Bool = false, includesPreparation: Bool = false
  ) throws -> Contender {
    var contender: Contender
    switch algorithm {
    case .naive: contender = try naiveContender()
    case .matmul: contender = matmulContender()
    case .im2col: contender = im2colContender()
    case .lazyIm2col, .direct, .winograd, .auto:
      contender = try preparedContender(algorithm, isExact: isExact, includesPreparation: includesPreparation)
    }
    let itemSize = E.elementType.itemSize
    let computed = contender.chosen ?? algorithm
    contender.work = ContenderWork(of: computed, geometry, itemSize: itemSize)
    contender.scratchBytes = geometry.scratchBytes(of: computed, itemSize: itemSize)
    return contender
  }

  private func naiveContender() throws -> Contender {
    let part = try NaivePart(self)
    let (geometry, input, weight) = (geometry, input, weight)
    var contender = Contender(name: "naive", kind: .algorithm(.naive), threads: threads) { runs, isCancelled in
      try part.time(runs: runs, isCancelled: isCancelled)
    }
    contender.scale = part.scale
    contender.part = part.words
    if part.isWhole {
      contender.output = { E.erased(try convolve(input, weight, geometry: geometry, algorithm: .naive)) }
    }
    return contender
  }

  private func matmulContender() -> Contender {
    let (geometry, input, weight, threads) = (geometry, input, weight, threads)
    let last = LastOutput<E>()
    var contender = Contender(name: "matmul", kind: .algorithm(.matmul), threads: threads) { runs, _ in
      Timing(
        try seconds(runs: runs) {
          last.tensor = try convolve(input, weight, geometry: geometry, algorithm: .matmul, threads: threads)
        })
    }
    contender.output = { last.tensor.map(E.erased) }
    return contender
  }

  /// What `convolve(…, algorithm: .im2col)` does, with a clock between the two steps of each block.
  private func im2colContender() -> Contender {
    let (geometry, input, weight, threads) = (geometry, input, weight, threads)
    let last = LastOutput<E>()
    var contender = Contender(name: "im2col", kind: .algorithm(.im2col), threads: threads) { runs, _ in
      let steps = StepClock()
      let total = try seconds(runs: runs) {
        var failure: ConvolutionError?
        last.tensor = try Tensor<E>(shape: geometry.outputShape) { output in
          do throws(ConvolutionError) {
            try withIm2colBlocks(input, weight, geometry: geometry, threads: threads, into: output) { blocks in
              WorkerPool.shared.run(tasks: blocks.count, threads: threads) { block in
                steps.time({ blocks.copy(block) }, { blocks.multiply(block) })
              }
            }
          } catch { failure = error }
        }
        if let failure { throw failure }
      }
      let copying = total * steps.firstShare
      return Timing(total, steps: [copying, total - copying])
    }
    contender.steps = ["copy", "product"]
    contender.output = { last.tensor.map(E.erased) }
    return contender
  }

  private func preparedContender(
    _ algorithm: ConvolutionAlgorithm, isExact: Bool, includesPreparation: Bool
  ) throws -> Contender {
    let (geometry, input, weight, threads) = (geometry, input, weight, threads)
    let prepared = try PreparedConvolution(weight: weight, geometry: geometry, algorithm: algorithm, isExact: isExact)
    let output = OutputMemory<E>(geometry.outputCount)
    var contender = Contender(name: algorithm.rawValue, kind: .algorithm(algorithm), threads: threads) { runs, _ in
      Timing(
        try seconds(runs: runs) {
          let used =
            includesPreparation
            ? try PreparedConvolution(weight: weight, geometry: geometry, algorithm: algorithm, isExact: isExact)
            : prepared
          try used.run(input, into: output.elements, threads: threads)
        })
    }
    contender.output = { try output.tensor(geometry.outputShape) }
    contender.preparedBytes = prepared.preparedBytes
    if algorithm == .auto { contender.chosen = prepared.algorithm }
    return contender
  }
}
