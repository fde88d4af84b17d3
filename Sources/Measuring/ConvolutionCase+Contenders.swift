import Convolution
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

  /// The two steps of `convolve(…, algorithm: .im2col)`, with a clock between them.
  private func im2colContender() -> Contender {
    let (geometry, input, weight, threads) = (geometry, input, weight, threads)
    let last = LastOutput<E>()
    let clock = ContinuousClock()
    var contender = Contender(name: "im2col", kind: .algorithm(.im2col), threads: threads) { runs, _ in
      var (copying, multiplying) = (Duration.zero, Duration.zero)
      for _ in 0..<runs {
        var start = clock.now
        func split(_ total: inout Duration) {
          let now = clock.now
          total += now - start
          start = now
        }
        var output = try Tensor<E>(shape: geometry.outputShape, repeating: 0)
        split(&multiplying)
        let view = try patchView(input, geometry: geometry)
        for group in 0..<geometry.groups {
          let patches = try patchMatrix(of: view, geometry: geometry, group: group)
          split(&copying)
          try output.withUnsafeMutableBuffer { output in
            try accumulatePatchProduct(
              patches, weight, geometry: geometry, group: group, threads: threads, into: output)
          }
          split(&multiplying)
        }
        last.tensor = output
      }
      return Timing((copying + multiplying).inSeconds, steps: [copying.inSeconds, multiplying.inSeconds])
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
