/// How a kernel moves over its input, before the sizes are known; PyTorch's keyword arguments of `conv2d`.
public struct ConvolutionParameters: Hashable, Sendable {
  /// Input pixels between neighbouring outputs.
  public var stride: AxisPair
  public var padding: PaddingRule
  /// Input pixels between neighbouring kernel elements; 1 means none.
  public var dilation: AxisPair
  /// Independent slices of the channels; equal to the input channels for a depthwise convolution.
  public var groups: Int

  public init(
    stride: AxisPair = AxisPair(1), padding: PaddingRule = .valid, dilation: AxisPair = AxisPair(1), groups: Int = 1
  ) {
    self.stride = stride
    self.padding = padding
    self.dilation = dilation
    self.groups = groups
  }
}
