import Convolution
import StridedTensor

/// The views worth seeing over one input.
public enum ViewPreset: String, Hashable, Sendable, CaseIterable {
  /// The picture in the order in which its memory lies.
  case rowMajor = "row-major"
  /// Rows and columns exchanged.
  case transpose
  /// Mirrored left to right: a negative stride.
  case flip
  /// The first row again and again: a stride of 0.
  case broadcast
  /// Row and column together: one stride of both.
  case diagonal
  /// All windows of the kernel's size at stride 1; the lecture's (4,4,3,3).
  case windows
  /// The lecture's tiles (3,3,2,2).
  case tiles
  /// The 6-D view (n,y,x,i,j,c) of which the patch matrix is the reshape.
  case patches = "im2col"
  /// The experiment's own N×H×W×C view.
  case experiment
  /// The lecture's int32 [[1,2,3],[4,5,6]], whose byte strides are (12,4).
  case lecture

  /// The numbers of the lecture's example.
  public static let lectureNumbers: [Int32] = [1, 2, 3, 4, 5, 6]

  /// The lecture's example as a tensor.
  public static func lectureTensor() throws(StridedTensorError) -> AnyTensor {
    .int32(try Tensor(shape: [2, 3], elements: lectureNumbers))
  }

  /// The view over an input's memory.
  ///
  /// Of a batch it shows the first picture; diagonal, windows and tiles are of one channel. Tiles that do not divide the
  /// picture leave the rest of it out at the bottom and right.
  ///
  /// - Parameters:
  ///   - input: the N×H×W×C view, in any order of memory.
  ///   - bufferCount: elements of its buffer.
  ///   - elementType: of the input.
  ///   - geometry: of the experiment, for its windows.
  ///   - channel: which one the views of one channel show.
  ///   - tile: the edge of a tile.
  /// - Throws: `WalkthroughError.preset` where the input has no such view.
  public func view(
    of input: Layout, bufferCount: Int, elementType: ElementType, geometry: ConvolutionGeometry, channel: Int = 0,
    tile: Int = 2
  ) throws(WalkthroughError) -> MemoryView {
    do {
      switch self {
      case .experiment:
        return Self.experimentView(of: input, bufferCount: bufferCount, elementType: elementType)
      case .lecture:
        return MemoryView(
          layout: try .rowMajor([2, 3]), source: .lecture, bufferCount: Self.lectureNumbers.count, elementType: .int32,
          axes: ["y", "x"])
      case .patches:
        let view = try PatchView(matrix: PatchMatrix(geometry: geometry), input: input)
        // The patch view starts at offset 0 of a row-major copy, or where the input does.
        let start = geometry.padding.isNone ? input.offset : 0
        let layout = try Layout(shape: view.layout.shape, strides: view.layout.strides, offset: start)
        return MemoryView(
          layout: layout, source: geometry.padding.isNone ? .input : .paddedInput,
          bufferCount: geometry.padding.isNone ? bufferCount : geometry.paddedCopyCount, elementType: elementType,
          axes: PatchView.axes)
      default:
        let (layout, axes) = try pictureView(
          of: input, channel: channel, tile: tile, kernel: (geometry.kernelHeight, geometry.kernelWidth))
        return MemoryView(layout: layout, bufferCount: bufferCount, elementType: elementType, axes: axes)
      }
    } catch {
      throw .preset(rawValue, reason: "\(error)")
    }
  }

  /// The view that every experiment has: its own N×H×W×C.
  public static func experimentView(of input: Layout, bufferCount: Int, elementType: ElementType) -> MemoryView {
    MemoryView(layout: input, bufferCount: bufferCount, elementType: elementType, axes: ["n", "y", "x", "c"])
  }

  private func pictureView(
    of input: Layout, channel: Int, tile: Int, kernel: (height: Int, width: Int)
  ) throws(StridedTensorError) -> (Layout, axes: [String]) {
    let picture = try input.at(0)
    let (whole, names) = try Self.withoutSingleChannel(picture)
    let plane = try picture.at(min(max(channel, 0), picture.shape[2] - 1), axis: 2)
    switch self {
    case .transpose:
      var order = Array(whole.shape.indices)
      order.swapAt(0, 1)
      return (try whole.permuted(order), order.map { names[$0] })
    case .flip: return (try whole.slice(axis: 1, step: -1), names)
    case .broadcast: return (try whole.at(0).broadcast(to: whole.shape), names)
    case .diagonal:
      return (
        try Layout(
          shape: [min(plane.shape[0], plane.shape[1])], strides: [plane.strides[0] + plane.strides[1]],
          offset: plane.offset), ["d"]
      )
    case .windows:
      return (
        try plane.windows(AxisWindow(axis: 0, length: kernel.height), AxisWindow(axis: 1, length: kernel.width)),
        ["y", "x", "i", "j"]
      )
    case .tiles:
      let edge = min(max(tile, 1), min(plane.shape[0], plane.shape[1]))
      let even = try Layout(
        shape: plane.shape.map { $0 / edge * edge }, strides: plane.strides, offset: plane.offset)
      return (try even.tiled(edge), ["tile row", "tile column", "row", "column"])
    default:
      // In the order of memory, longest stride first; equal strides keep their order.
      let order = whole.shape.indices.sorted { (-abs(whole.strides[$0]), $0) < (-abs(whole.strides[$1]), $1) }
      return (try whole.permuted(order), order.map { names[$0] })
    }
  }

  /// Height, width and channel, or without the channel where there is only one.
  private static func withoutSingleChannel(_ picture: Layout) throws(StridedTensorError) -> (Layout, [String]) {
    picture.shape[2] == 1 ? (try picture.squeezed(axis: 2), ["y", "x"]) : (picture, ["y", "x", "c"])
  }
}
