import Convolution
import Experiments
import StridedTensor
import Synchronization
import Walkthroughs

/// What drawing needs to know of all numbers of an experiment at once: their ranges, and the whole output where it is affordable.
public struct ExperimentSummary: Sendable {
  /// The same number for the same experiment only, however much of it has been measured.
  let identity = ExperimentSummary.counter.add(1, ordering: .relaxed).newValue
  public var input: NumberRange
  public var weight: NumberRange
  /// The outputs' range: exact once they are all known, until then the bound max|x|·Σ|w|.
  public var output: NumberRange
  /// All outputs, by the naive loops; nil until they have been computed, or if they are too many.
  public var outputs: AnyTensor?
  /// Large pictures at smaller sizes; nil until they have been made, or where the picture is small.
  var inputPyramid: Pyramid?
  var outputPyramid: Pyramid?

  private static let counter = Atomic<Int>(0)

  /// Multiplications that are done at once, without a wait that anyone would notice.
  static let immediateWork = 3_000_000
  /// Multiplications beyond which the whole output is not computed; the bound then stays.
  static let mostWork = 1_500_000_000

  /// The ranges as far as they are known without convolving.
  ///
  /// - Complexity: O(input + weight).
  init(bounding experiment: Experiment) {
    input = NumberRange(of: experiment.input)
    weight = NumberRange(of: experiment.weight)
    let values = ConvolutionValues(experiment, flipped: false)
    let bound = input.magnitude * values.largestWeightSum()
    let isIntegral =
      input.isIntegral && weight.isIntegral && (experiment.bias.map { NumberRange(of: $0).isIntegral } ?? true)
    output = NumberRange(lowest: -bound, highest: bound, isIntegral: isIntegral, hasNonFinite: input.hasNonFinite)
  }

  /// How many multiplications the whole output takes.
  static func work(of geometry: ConvolutionGeometry) -> Int { geometry.operations / 2 }

  /// The same with the pyramids, and with the whole output computed by the naive loops where that is affordable.
  ///
  /// - Complexity: O(input + multiplications of the convolution), bounded by `mostWork`.
  public func measured(_ experiment: Experiment, flipped: Bool) -> ExperimentSummary {
    var result = self
    result.inputPyramid = inputPyramid ?? Pyramid(of: experiment.input)
    guard Self.work(of: experiment.geometry) <= Self.mostWork,
      let outputs = try? experiment.naiveOutput(flipped: flipped)
    else { return result }
    result.outputPyramid = Pyramid(of: outputs)
    result.outputs = outputs
    result.output = NumberRange(of: outputs)
    return result
  }
}

extension ConvolutionValues {
  init(_ experiment: Experiment, flipped: Bool) {
    self.init(
      input: experiment.input, weight: experiment.weight, bias: experiment.bias, geometry: experiment.geometry,
      flipped: flipped)
  }
}

extension Experiment {
  /// The whole output by the naive loops, what the screens' sums come to, bit for bit.
  func naiveOutput(flipped: Bool) throws -> AnyTensor {
    switch (input, weight) {
    case (.float32(let input), .float32(let weight)):
      var bias32: Tensor<Float>?
      if case .float32(let bias)? = bias { bias32 = bias }
      return .float32(
        try convolve(
          input, flipped ? weight.turned() : weight, bias: bias32, geometry: geometry, algorithm: .naive))
    case (.float64(let input), .float64(let weight)):
      var bias64: Tensor<Double>?
      if case .float64(let bias)? = bias { bias64 = bias }
      return .float64(
        try convolve(
          input, flipped ? weight.turned() : weight, bias: bias64, geometry: geometry, algorithm: .naive))
    default:
      throw ConvolutionError.tooLarge
    }
  }
}

extension Tensor {
  /// A kernel turned by 180°: both picture axes run backwards over the same memory.
  func turned() -> Tensor {
    let layout = layout
    let last = (shape[0] - 1) * strides[0] + (shape[1] - 1) * strides[1]
    let turned = try? Layout(
      shape: layout.shape, strides: [-strides[0], -strides[1], strides[2], strides[3]], offset: layout.offset + last)
    return turned.flatMap { try? asStrided($0) } ?? self
  }
}
