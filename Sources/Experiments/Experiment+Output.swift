import Convolution
import StridedTensor

extension Experiment {
  /// The convolution computed: N×Ho×Wo×Cout, row-major, in the experiment's element type.
  ///
  /// - Throws: `ConvolutionError` if the algorithm does not cover the geometry or memory does not suffice.
  /// - Complexity: `geometry.operations` multiplications and additions.
  public func output(
    algorithm: ConvolutionAlgorithm, threads: Int = 1, isExact: Bool = false
  ) throws(ConvolutionError) -> AnyTensor {
    switch (input, weight, bias) {
    case (.float64(let input), .float64(let weight), let bias):
      .float64(
        try convolve(
          input, weight, bias: bias?.asFloat64, geometry: geometry, algorithm: algorithm, threads: threads,
          isExact: isExact))
    case (.float32(let input), .float32(let weight), let bias):
      .float32(
        try convolve(
          input, weight, bias: bias?.asFloat32, geometry: geometry, algorithm: algorithm, threads: threads,
          isExact: isExact))
    default:
      // Making an experiment gives both one floating type.
      throw .rank(of: "input and weight", expected: "one floating type", shape: [])
    }
  }

  /// The same experiment with every number replaced by its size: its output bounds the rounding errors of this one's.
  public func magnitudes() throws(StridedTensorError) -> Experiment {
    Experiment(
      words: words, input: try input.magnitudes(), weight: try weight.magnitudes(), bias: try bias?.magnitudes(),
      geometry: geometry, notes: notes, storedInput: storedInput, storedWeight: storedWeight, storedBias: storedBias)
  }
}

extension AnyTensor {
  fileprivate var asFloat32: Tensor<Float>? { if case .float32(let tensor) = self { tensor } else { nil } }
  fileprivate var asFloat64: Tensor<Double>? { if case .float64(let tensor) = self { tensor } else { nil } }

  fileprivate func magnitudes() throws(StridedTensorError) -> AnyTensor {
    switch self {
    case .float32(let tensor): .float32(try tensor.map { abs($0) })
    case .float64(let tensor): .float64(try tensor.map { abs($0) })
    default: self
    }
  }
}
