/// All sizes of one convolution, checked once: whoever holds a geometry needs no further checks.
///
/// Input is N×H×W×C, weight Kh×Kw×(C/groups)×Cout, output N×Ho×Wo×Cout. Convolution means cross-correlation, as in every
/// deep-learning library: the kernel is not flipped.
public struct ConvolutionGeometry: Hashable, Sendable {
  public let batch: Int
  public let inputHeight: Int
  public let inputWidth: Int
  public let inputChannels: Int
  public let kernelHeight: Int
  public let kernelWidth: Int
  public let outputChannels: Int
  public let stride: AxisPair
  /// Resolved: `same` has become numbers.
  public let padding: Padding
  public let dilation: AxisPair
  public let groups: Int
  public let outputHeight: Int
  public let outputWidth: Int

  /// The geometry of a convolution of two NHWC/KKIO shapes.
  ///
  /// - Throws: `ConvolutionError` that says what was expected, for every combination that has no output.
  public init(
    input: [Int], weight: [Int], parameters: ConvolutionParameters = ConvolutionParameters()
  ) throws(ConvolutionError) {
    try Self.checkShapes(input: input, weight: weight, parameters: parameters)
    batch = input[0]
    inputHeight = input[1]
    inputWidth = input[2]
    inputChannels = input[3]
    kernelHeight = weight[0]
    kernelWidth = weight[1]
    outputChannels = weight[3]
    stride = parameters.stride
    dilation = parameters.dilation
    groups = parameters.groups

    let vertical = try AxisGeometry(
      axis: "height", input: input[1], kernel: weight[0], stride: stride.vertical, dilation: dilation.vertical,
      rule: parameters.padding, before: \.top, after: \.bottom)
    let horizontal = try AxisGeometry(
      axis: "width", input: input[2], kernel: weight[1], stride: stride.horizontal, dilation: dilation.horizontal,
      rule: parameters.padding, before: \.left, after: \.right)
    padding = Padding(
      top: vertical.before, bottom: vertical.after, left: horizontal.before, right: horizontal.after)
    outputHeight = vertical.output
    outputWidth = horizontal.output
    try checkTotals()
  }
}

extension ConvolutionGeometry {
  /// Input channels that one output channel reads.
  public var groupInputChannels: Int { inputChannels / groups }
  public var groupOutputChannels: Int { outputChannels / groups }
  public var paddedHeight: Int { inputHeight + padding.top + padding.bottom }
  public var paddedWidth: Int { inputWidth + padding.left + padding.right }
  /// Padded rows that one field spans: (Kh − 1)·dilation + 1.
  public var fieldHeight: Int { (kernelHeight - 1) * dilation.vertical + 1 }
  public var fieldWidth: Int { (kernelWidth - 1) * dilation.horizontal + 1 }

  public var inputShape: [Int] { [batch, inputHeight, inputWidth, inputChannels] }
  public var paddedShape: [Int] { [batch, paddedHeight, paddedWidth, inputChannels] }
  public var weightShape: [Int] { [kernelHeight, kernelWidth, groupInputChannels, outputChannels] }
  public var outputShape: [Int] { [batch, outputHeight, outputWidth, outputChannels] }

  /// Output positions: rows of the patch matrix.
  public var patchRows: Int { batch * outputHeight * outputWidth }
  /// Entries of one receptive field of one group: columns of the patch matrix of that group.
  public var patchColumns: Int { kernelHeight * kernelWidth * groupInputChannels }
  /// Multiplications and additions of the direct algorithm; padding counts as the rest.
  public var operations: Int { 2 * patchRows * patchColumns * outputChannels }
}
