import Convolution
import StridedTensor

/// The input cells that one output position reads in one group: a Kh×Kw×(C/groups) window, dilated, perhaps over the padding.
public struct ReceptiveField: Hashable, Sendable {
  public let geometry: ConvolutionGeometry
  public let n: Int
  /// Output row and column.
  public let y: Int
  public let x: Int
  public let group: Int

  public init(geometry: ConvolutionGeometry, n: Int, y: Int, x: Int, group: Int = 0) {
    self.geometry = geometry
    self.n = n
    self.y = y
    self.x = x
    self.group = group
  }

  /// The field of the group that an output channel belongs to.
  public init(of output: OutputIndex, geometry: ConvolutionGeometry) {
    self.init(
      geometry: geometry, n: output.n, y: output.y, x: output.x, group: output.o / geometry.groupOutputChannels)
  }

  /// Input row of the kernel's first row; negative in the padding.
  public var top: Int { y * geometry.stride.vertical - geometry.padding.top }
  /// Input column of the kernel's first column; negative in the padding.
  public var left: Int { x * geometry.stride.horizontal - geometry.padding.left }
  /// Rows and columns of input that the field spans, dilation included.
  public var rows: Range<Int> { top..<top + geometry.fieldHeight }
  public var columns: Range<Int> { left..<left + geometry.fieldWidth }

  /// The input index under a kernel element: `Z[n, s·y + d·i − p, s·x + d·j − p, c]`.
  public func index(under kernel: KernelIndex) -> InputIndex {
    InputIndex(
      n: n, y: top + kernel.i * geometry.dilation.vertical, x: left + kernel.j * geometry.dilation.horizontal,
      c: group * geometry.groupInputChannels + kernel.c)
  }

  /// Which kernel row and column lie on an input cell; nil between them or outside.
  public func kernelElement(y: Int, x: Int) -> (i: Int, j: Int)? {
    let (downward, rightward) = (y - top, x - left)
    guard rows.contains(y), columns.contains(x), downward % geometry.dilation.vertical == 0,
      rightward % geometry.dilation.horizontal == 0
    else { return nil }
    return (downward / geometry.dilation.vertical, rightward / geometry.dilation.horizontal)
  }

  /// The field as a view of the input's buffer, (Kh, Kw, C/groups); nil where it reaches into the padding, which no memory holds.
  public func layout(in input: Layout) -> Layout? {
    let geometry = geometry
    guard top >= 0, left >= 0, rows.upperBound <= geometry.inputHeight, columns.upperBound <= geometry.inputWidth
    else { return nil }
    let start = InputAddressing(layout: input).offset(of: index(under: KernelIndex(i: 0, j: 0, c: 0)))
    return try? Layout(
      shape: [geometry.kernelHeight, geometry.kernelWidth, geometry.groupInputChannels],
      strides: [
        input.strides[1] * geometry.dilation.vertical, input.strides[2] * geometry.dilation.horizontal,
        input.strides[3],
      ],
      offset: start)
  }
}
