import Convolution
import Experiments
import StridedTensor
import Walkthroughs

/// All outputs of an experiment, computed once.
struct KnownOutputs: Sendable {
  /// N×Ho×Wo×Cout, row-major.
  let tensor: AnyTensor
  /// Whether they are the naive loops' sums, bit for bit what the screens add up; else sums in another order, whose rounding
  /// no colour shows but a number would.
  let areNaive: Bool

  /// By the naive loops, or by the fastest algorithm where those would take long.
  ///
  /// - Complexity: O(multiplications).
  init(of experiment: Experiment, flipped: Bool) throws(ConvolutionError) {
    areNaive = ExperimentSummary.work(of: experiment.geometry) <= ExperimentSummary.mostNaiveWork
    let algorithm = areNaive ? ConvolutionAlgorithm.naive : .auto
    switch (experiment.input, experiment.weight) {
    case (.float32(let input), .float32(let weight)):
      var bias32: Tensor<Float>?
      if case .float32(let bias)? = experiment.bias { bias32 = bias }
      tensor = .float32(
        try convolve(
          input, flipped ? weight.turned() : weight, bias: bias32, geometry: experiment.geometry, algorithm: algorithm,
          isExact: true))
    case (.float64(let input), .float64(let weight)):
      var bias64: Tensor<Double>?
      if case .float64(let bias)? = experiment.bias { bias64 = bias }
      tensor = .float64(
        try convolve(
          input, flipped ? weight.turned() : weight, bias: bias64, geometry: experiment.geometry, algorithm: algorithm,
          isExact: true))
    default:
      throw .tooLarge
    }
  }

  func value(_ output: OutputIndex) -> Double? { tensor.value(atOffset: tensor.layout.offset + place(of: output)) }

  /// Their extent, its ends the sums that the screens add up.
  ///
  /// - Complexity: O(outputs).
  func range(_ values: ConvolutionValues) -> NumberRange {
    var range = NumberRange(of: tensor)
    guard !areNaive else { return range }
    let (lowest, highest) = tensor.visit(EndsVisitor(range: range))
    if let lowest { range.lowest = values.output(index(of: lowest)) }
    if let highest { range.highest = values.output(index(of: highest)) }
    return range
  }

  private func place(of output: OutputIndex) -> Int {
    let shape = tensor.shape
    return ((output.n * shape[1] + output.y) * shape[2] + output.x) * shape[3] + output.o
  }

  private func index(of place: Int) -> OutputIndex {
    let shape = tensor.shape
    let pixel = place / shape[3]
    return OutputIndex(
      n: pixel / shape[2] / shape[1], y: pixel / shape[2] % shape[1], x: pixel % shape[2], o: place % shape[3])
  }
}

/// Where the ends of a range stand in a buffer.
private struct EndsVisitor: TensorVisitor {
  let range: NumberRange

  func visit<Element: TensorElement>(_ tensor: Tensor<Element>) -> (lowest: Int?, highest: Int?) {
    tensor.withUnsafeBuffer { buffer in
      (
        buffer.firstIndex { $0.doubleValue == range.lowest }, buffer.firstIndex { $0.doubleValue == range.highest }
      )
    }
  }
}
