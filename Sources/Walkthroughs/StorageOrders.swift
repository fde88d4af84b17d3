import Convolution
import StridedTensor

/// The orders in which a picture's tensor lies in memory.
public enum TensorOrder: String, Hashable, Sendable, CaseIterable {
  /// Shape N,H,W,C, row-major: the channels of a pixel are neighbours.
  case nhwc = "NHWC"
  /// Shape N,C,H,W, row-major: the pixels of a channel are neighbours (PyTorch's default).
  case nchw = "NCHW"
  /// Shape N,C,H,W with the strides of N,H,W,C: PyTorch's `channels_last`, in memory the same as NHWC.
  case channelsLast = "channels-last"

  /// Where the axes n, y, x, c stand in the order's shape.
  var axes: [Int] { self == .nhwc ? [0, 1, 2, 3] : [0, 2, 3, 1] }
}

/// The orders in which a weight lies in memory.
public enum WeightOrder: String, Hashable, Sendable, CaseIterable {
  /// Kh,Kw,Cin,Cout, row-major.
  case kkio = "KKIO"
  /// Cout,Cin,Kh,Kw, row-major (PyTorch's).
  case oikk = "OIKK"

  /// Where the axes i, j, c, o stand in the order's shape.
  var axes: [Int] { self == .kkio ? [0, 1, 2, 3] : [2, 3, 1, 0] }
}

/// The experiment's tensors in every storage order, each over a buffer of its own; one logical index is a cell in all.
public struct StorageOrders: Hashable, Sendable {
  public let geometry: ConvolutionGeometry
  /// Bytes of an element.
  public let itemSize: Int

  public init(geometry: ConvolutionGeometry, itemSize: Int) {
    self.geometry = geometry
    self.itemSize = max(itemSize, 1)
  }

  /// The tensor as its order names the axes: shape and strides as NumPy or PyTorch print them.
  public func layout(_ order: TensorOrder) throws(StridedTensorError) -> Layout {
    try layout(of: geometry.inputShape, order)
  }

  /// The weight as its order names the axes.
  public func layout(_ order: WeightOrder) throws(StridedTensorError) -> Layout {
    let shape = geometry.weightShape
    switch order {
    case .kkio: return try .rowMajor(shape)
    case .oikk: return try .rowMajor([shape[3], shape[2], shape[0], shape[1]])
    }
  }

  /// The same memory with its axes in n, y, x, c order, whatever the order's own.
  public func logicalLayout(_ order: TensorOrder) throws(StridedTensorError) -> Layout {
    try layout(order).permuted(order.axes)
  }

  /// The same memory with its axes in i, j, c, o order.
  public func logicalLayout(_ order: WeightOrder) throws(StridedTensorError) -> Layout {
    try layout(order).permuted(order.axes)
  }

  /// Where an input cell lies in the buffer of an order, in elements; nil in the padding.
  ///
  /// - Complexity: O(1).
  public func offset(of index: InputIndex, in order: TensorOrder) -> Int? {
    guard let layout = try? logicalLayout(order) else { return nil }
    let addressing = InputAddressing(layout: layout)
    return addressing.contains(index) ? addressing.offset(of: index) : nil
  }

  /// The input cell that lies at an offset of an order's buffer.
  public func index(atOffset offset: Int, in order: TensorOrder) -> InputIndex? {
    guard let layout = try? logicalLayout(order) else { return nil }
    return InputAddressing(layout: layout).index(ofOffset: offset)
  }

  /// Where a weight lies in the buffer of an order, in elements; nil outside the kernel.
  public func offset(of kernel: KernelIndex, o: Int, in order: WeightOrder) -> Int? {
    guard let layout = try? logicalLayout(order), (try? layout.check(index: [kernel.i, kernel.j, kernel.c, o])) != nil
    else { return nil }
    return layout.offset(of: [kernel.i, kernel.j, kernel.c, o])
  }

  /// Making one order out of another: the permute is a view and free, walking it into a new buffer is the copy.
  public func copy(from source: TensorOrder, to target: TensorOrder) throws(StridedTensorError)
    -> ContiguousCopyWalkthrough
  {
    let logical = try logicalLayout(source)
    // Memory of channels-last is that of NHWC.
    let view = target == .nchw ? try logical.permuted([0, 3, 1, 2]) : logical
    return ContiguousCopyWalkthrough(view: view, itemSize: itemSize)
  }

  func layout(of shape: [Int], _ order: TensorOrder) throws(StridedTensorError) -> Layout {
    switch order {
    case .nhwc: try .rowMajor(shape)
    case .nchw: try .rowMajor([shape[0], shape[3], shape[1], shape[2]])
    case .channelsLast: try .rowMajor(shape).permuted([0, 3, 1, 2])
    }
  }
}
