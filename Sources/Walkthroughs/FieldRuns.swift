import Convolution
import StridedTensor

/// The contiguous runs of memory that one receptive field gathers.
public struct FieldRuns: Hashable, Sendable {
  /// Elements of each run, all being equally long; 0 for a field wholly in the padding.
  public let length: Int
  public let count: Int
  /// Different cache lines that the field touches, for a buffer that begins on a line.
  public let linesTouched: Int
  /// The field's cells in the picture in the order of memory; nil for a field wholly in the padding.
  public let layout: Layout?
}

extension StorageOrders {
  /// The runs of a field in an order's memory; only the cells in the picture are gathered.
  ///
  /// The field's axes are put in the order of memory and merged where their strides allow: the innermost is the run. For
  /// a kernel of K×K over all C channels at dilation 1 that is K·C in NHWC and K in NCHW.
  ///
  /// - Parameters:
  ///   - field: whose cells are gathered.
  ///   - order: of the memory.
  ///   - line: bytes of a cache line.
  public func runs(
    of field: ReceptiveField, in order: TensorOrder, line: Int = 64
  ) throws(StridedTensorError) -> FieldRuns {
    guard let cells = try cells(of: field, in: try logicalLayout(order)) else {
      return FieldRuns(length: 0, count: 0, linesTouched: 0, layout: nil)
    }
    let merged = cells.merged()
    let length = merged.strides.last == 1 ? merged.shape.last ?? 1 : 1
    let lines = ViewAddressStream(LayoutWalk(cells), itemSize: itemSize).linesTouched(line: line)
    return FieldRuns(length: length, count: cells.count / length, linesTouched: lines, layout: cells)
  }

  /// The addresses of gathering all fields, one after another, as the patch matrix is built: (n, y, x, i, j, c).
  ///
  /// With padding they are those of a padded copy in that order. Divided by the fields, its misses are those per field.
  public func gatherAddresses(in order: TensorOrder) throws(StridedTensorError) -> ViewAddressStream {
    let g = geometry
    let fields = try layout(of: g.paddedShape, order).permuted(order.axes).windows(
      AxisWindow(axis: 1, length: g.kernelHeight, stride: g.stride.vertical, dilation: g.dilation.vertical),
      AxisWindow(axis: 2, length: g.kernelWidth, stride: g.stride.horizontal, dilation: g.dilation.horizontal))
    return ViewAddressStream(LayoutWalk(fields), itemSize: itemSize)
  }

  /// The field's cells in the picture as a view of an (n, y, x, c) layout, axes in the order of memory.
  func cells(of field: ReceptiveField, in input: Layout) throws(StridedTensorError) -> Layout? {
    let g = geometry
    let down = Self.inside(start: field.top, step: g.dilation.vertical, count: g.kernelHeight, length: g.inputHeight)
    let across = Self.inside(
      start: field.left, step: g.dilation.horizontal, count: g.kernelWidth, length: g.inputWidth)
    guard !down.isEmpty, !across.isEmpty else { return nil }
    let first = field.index(under: KernelIndex(i: down.lowerBound, j: across.lowerBound, c: 0))
    let axes = [
      (length: down.count, stride: input.strides[1] * g.dilation.vertical),
      (length: across.count, stride: input.strides[2] * g.dilation.horizontal),
      (length: g.groupInputChannels, stride: input.strides[3]),
    ].filter { $0.length > 1 }.sorted { $0.stride > $1.stride }
    return try Layout(
      shape: axes.map(\.length), strides: axes.map(\.stride), offset: InputAddressing(layout: input).offset(of: first))
  }

  /// The kernel elements whose position `start + k·step` lies in 0..<length.
  private static func inside(start: Int, step: Int, count: Int, length: Int) -> Range<Int> {
    let first = start < 0 ? (-start + step - 1) / step : 0
    let end = start < length ? min((length - 1 - start) / step + 1, count) : 0
    return min(first, max(end, 0))..<max(end, 0)
  }
}
