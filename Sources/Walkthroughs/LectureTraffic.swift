import Convolution

/// The bytes that the lecture's two ways by matrix products move, every pass over an array counted once.
///
/// It is the count that one does on paper: weights are left out, for they are small and stay in the cache.
public struct LectureTraffic: Hashable, Sendable {
  public let input: Int
  public let output: Int
  /// The patch matrices of all groups; 0 where the reshape is a view.
  public let matrix: Int
  /// The input's pixels under one kernel offset, of all groups.
  public let pixels: Int
  /// Elements of the kernel in one channel.
  public let offsets: Int

  /// The traffic of a geometry whose elements have so many bytes.
  public init(_ geometry: ConvolutionGeometry, itemSize: Int) {
    let isView =
      geometry.kernelHeight * geometry.kernelWidth == 1 && geometry.stride == AxisPair(1)
      && geometry.groups == 1 && geometry.padding.isNone
    input = geometry.inputShape.reduce(1, *) * itemSize
    output = geometry.outputShape.reduce(1, *) * itemSize
    matrix = isView ? 0 : geometry.patchRows * geometry.patchColumns * geometry.groups * itemSize
    pixels = geometry.patchRows * geometry.inputChannels * itemSize
    offsets = geometry.kernelHeight * geometry.kernelWidth
  }

  /// One product for each kernel offset: read the moved input and the output, write the output.
  public var perOffset: Int { offsets * (pixels + 2 * output) }

  /// The input read, the matrix written and read, the output written.
  public var im2col: Int { input + 2 * matrix + output }
}
