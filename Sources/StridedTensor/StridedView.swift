/// A buffer seen through a layout: a tensor, whether its element type is known to the compiler or not.
///
/// The views below share the buffer and copy nothing; each is the method of the same name of `Layout`.
public protocol StridedView: Sendable {
  /// Shape, strides and offset of this view of the buffer.
  var layout: Layout { get }
  /// The same buffer seen through another layout; a layout that leaves the buffer is an error.
  func asStrided(_ layout: Layout) throws(StridedTensorError) -> Self
}

extension StridedView {
  /// The length of each axis.
  public var shape: [Int] { layout.shape }
  /// Elements to skip for one step along each axis.
  public var strides: [Int] { layout.strides }
  /// How many elements this view shows.
  public var count: Int { layout.count }
  public var rank: Int { layout.rank }
  /// Whether the elements lie one after another in row-major order.
  public var isContiguous: Bool { layout.isContiguous }

  /// The same buffer through a shape, strides and an offset, all in elements (NumPy's `as_strided`, but checked).
  public func asStrided(shape: [Int], strides: [Int], offset: Int = 0) throws(StridedTensorError) -> Self {
    try asStrided(Layout(shape: shape, strides: strides, offset: offset))
  }

  /// The axes in another order: axis k of the result is axis `axes[k]` of this view.
  public func permuted(_ axes: [Int]) throws(StridedTensorError) -> Self { try asStrided(layout.permuted(axes)) }

  /// All axes in reverse order.
  public func transposed() throws(StridedTensorError) -> Self { try asStrided(layout.transposed()) }

  /// Every `step`-th entry of an axis from `start` up to, not including, `stop`, with Python's rules.
  public func slice(
    axis: Int, start: Int? = nil, stop: Int? = nil, step: Int = 1
  ) throws(StridedTensorError) -> Self {
    try asStrided(layout.slice(axis: axis, start: start, stop: stop, step: step))
  }

  /// The part at one position of an axis, without that axis; a negative position counts from the end.
  public func at(_ position: Int, axis: Int = 0) throws(StridedTensorError) -> Self {
    try asStrided(layout.at(position, axis: axis))
  }

  /// The view repeated to a larger shape by zero strides.
  public func broadcast(to shape: [Int]) throws(StridedTensorError) -> Self {
    try asStrided(layout.broadcast(to: shape))
  }

  /// The view without one axis of length 1, or without all of them.
  public func squeezed(axis: Int? = nil) throws(StridedTensorError) -> Self {
    try asStrided(layout.squeezed(axis: axis))
  }

  /// The view with a new axis of length 1.
  public func expanded(axis: Int) throws(StridedTensorError) -> Self { try asStrided(layout.expanded(axis: axis)) }

  /// All windows of two axes; see `Layout.windows`.
  public func windows(_ vertical: AxisWindow, _ horizontal: AxisWindow) throws(StridedTensorError) -> Self {
    try asStrided(layout.windows(vertical, horizontal))
  }

  /// A matrix as a grid of square tiles; see `Layout.tiled`.
  public func tiled(_ edge: Int) throws(StridedTensorError) -> Self { try asStrided(layout.tiled(edge)) }
}
