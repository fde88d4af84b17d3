import Convolution
import StridedTensor

/// The numbers that a walkthrough's addresses hold, and the sums of them, rounded as the real algorithm rounds.
///
/// A product or sum of two Floats computed in Double and rounded once to Float is the Float operation's own result (53 ≥ 2·24 + 2
/// bits), so one path serves both element types, bit for bit.
public struct ConvolutionValues: Sendable {
  public let input: AnyTensor
  public let weight: AnyTensor
  public let bias: AnyTensor?
  public let geometry: ConvolutionGeometry
  /// Reads the kernel upside down and mirrored: convolution as mathematics defines it.
  public let flipped: Bool
  public let addressing: InputAddressing
  private let isFloat32: Bool

  /// - Parameters:
  ///   - input: N×H×W×C view of the geometry's shape.
  ///   - weight: Kh×Kw×(C/groups)×Cout view.
  ///   - bias: one number for each output channel.
  ///   - geometry: made for these shapes.
  ///   - flipped: whether the kernel is turned by 180°.
  public init(
    input: AnyTensor, weight: AnyTensor, bias: AnyTensor?, geometry: ConvolutionGeometry, flipped: Bool = false
  ) {
    self.input = input
    self.weight = weight
    self.bias = bias
    self.geometry = geometry
    self.flipped = flipped
    addressing = InputAddressing(layout: input.layout)
    isFloat32 = input.elementType == .float32
  }

  /// The input's value at an index; 0 in the padding.
  public func input(at index: InputIndex) -> Double {
    guard addressing.contains(index) else { return 0 }
    return input.value(atOffset: addressing.offset(of: index)) ?? 0
  }

  /// The weight that meets kernel place (i, j, c) for output channel `o`; with `flipped`, the one opposite.
  public func weight(at kernel: KernelIndex, o: Int) -> Double {
    let i = flipped ? geometry.kernelHeight - 1 - kernel.i : kernel.i
    let j = flipped ? geometry.kernelWidth - 1 - kernel.j : kernel.j
    let strides = weight.layout.strides
    let offset = weight.layout.offset + i * strides[0] + j * strides[1] + kernel.c * strides[2] + o * strides[3]
    return weight.value(atOffset: offset) ?? 0
  }

  public func bias(o: Int) -> Double {
    guard let bias, let stride = bias.layout.strides.last else { return 0 }
    return bias.value(atOffset: bias.layout.offset + o * stride) ?? 0
  }

  /// Rounds to the experiment's element type.
  @inline(__always)
  public func rounded(_ value: Double) -> Double { isFloat32 ? Double(Float(value)) : value }

  /// One product of the sum, rounded.
  public func product(of output: OutputIndex, at kernel: KernelIndex) -> Double {
    let field = ReceptiveField(of: output, geometry: geometry)
    return rounded(input(at: field.index(under: kernel)) * weight(at: kernel, o: output.o))
  }
}

extension ConvolutionValues {
  /// The sum of the first `multiplies` products of a step, added one after the other onto `start`.
  ///
  /// - Complexity: O(multiplies).
  public func partialSum(of step: SlidingStep, multiplies: Int, from start: Double) -> Double {
    let field = step.field
    var sum = start
    for m in 0..<multiplies {
      let kernel = step.kernelIndex(ofMultiply: m)
      let product = rounded(input(at: field.index(under: kernel)) * weight(at: kernel, o: step.output.o))
      sum = rounded(sum + product)
    }
    return sum
  }

  /// What an output element holds after step `t` of a walk; nil before its first step.
  ///
  /// - Complexity: O(Kh·Kw·C/groups).
  public func output(_ output: OutputIndex, after t: Int, of walk: SlidingWalkthrough) -> Double? {
    let channels = walk.channelsSummed(of: output, after: t)
    guard channels > 0 else { return nil }
    return self.output(output, channels: channels)
  }

  /// The sum over the first `channels` channels of the field, as the naive loops add it; with all of them, the bias too.
  ///
  /// - Complexity: O(Kh·Kw·channels).
  public func output(_ output: OutputIndex, channels: Int? = nil) -> Double {
    let all = geometry.groupInputChannels
    let channels = channels ?? all
    let sum = fieldSum(of: output, channels: channels)
    return channels == all && bias != nil ? rounded(sum + bias(o: output.o)) : sum
  }

  /// The largest Σ|w| + |bias| of any output channel: times the largest |input|, no output can be larger.
  ///
  /// - Complexity: O(weight). Values that are not finite are left out.
  public func largestWeightSum() -> Double {
    let matrix = PatchMatrix(geometry: geometry)
    func size(_ value: Double) -> Double { value.isFinite ? abs(value) : 0 }
    return (0..<geometry.outputChannels).map { o in
      (0..<matrix.columns).reduce(size(bias(o: o))) { $0 + size(weight(at: matrix.kernelIndex(column: $1), o: o)) }
    }.max() ?? 0
  }
}
