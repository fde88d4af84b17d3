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
  /// All outputs; nil until they have been computed, or if they are too many.
  var outputs: KnownOutputs?
  /// Large pictures at smaller sizes; nil until they have been made, or where the picture is small.
  var inputPyramid: Pyramid?
  var outputPyramid: Pyramid?

  private static let counter = Atomic<Int>(0)

  /// Multiplications that are done at once, without a wait that anyone would notice.
  static let immediateWork = 3_000_000
  /// Multiplications beyond which the naive loops are not waited for.
  static let mostNaiveWork = 300_000_000
  /// Multiplications, and bytes of outputs, beyond which the whole output is not computed; the bound then stays.
  static let mostWork = 100_000_000_000
  /// The same for groups, whose few channels each leave most of a vector empty.
  static let mostGroupedWork = 2_000_000_000
  static let mostBytes = 1 << 29

  /// The ranges as far as they are known without convolving.
  ///
  /// - Parameter former: of an experiment with the same input, whose part of it then stays.
  /// - Complexity: O(input + weight), O(weight) with a former one.
  init(bounding experiment: Experiment, keepingInputOf former: ExperimentSummary? = nil) {
    input = former?.input ?? NumberRange(of: experiment.input)
    inputPyramid = former?.inputPyramid
    weight = NumberRange(of: experiment.weight)
    let values = ConvolutionValues(experiment, flipped: false)
    let bound = input.magnitude * values.largestWeightSum()
    let isIntegral =
      input.isIntegral && weight.isIntegral && (experiment.bias.map { NumberRange(of: $0).isIntegral } ?? true)
    output = NumberRange(lowest: -bound, highest: bound, isIntegral: isIntegral, hasNonFinite: input.hasNonFinite)
  }

  /// How many multiplications the whole output takes.
  static func work(of geometry: ConvolutionGeometry) -> Int { geometry.operations / 2 }

  /// Whether the whole output is to be computed, in the background if need be.
  static func isAffordable(_ geometry: ConvolutionGeometry) -> Bool {
    work(of: geometry) <= (geometry.groups == 1 ? mostWork : mostGroupedWork)
      && geometry.outputCount <= mostBytes / MemoryLayout<Double>.stride
  }

  /// The same with the pyramids, and with the whole output computed where that is affordable.
  ///
  /// - Complexity: O(input + multiplications of the convolution), bounded by `mostWork`.
  public func measured(_ experiment: Experiment, flipped: Bool) -> ExperimentSummary {
    var result = self
    result.inputPyramid = inputPyramid ?? Pyramid(of: experiment.input, pooling: .mean)
    guard Self.isAffordable(experiment.geometry), let outputs = try? KnownOutputs(of: experiment, flipped: flipped)
    else { return result }
    result.output = outputs.range(ConvolutionValues(experiment, flipped: flipped))
    result.outputPyramid = Pyramid(of: outputs.tensor, pooling: result.output.lowest < 0 ? .strongest : .mean)
    result.outputs = outputs
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
