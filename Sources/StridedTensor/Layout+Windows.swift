/// How a window lies along one axis and moves over it.
public struct AxisWindow: Hashable, Sendable {
  public let axis: Int
  /// Entries in the window.
  public let length: Int
  /// Entries between neighbouring windows.
  public let stride: Int
  /// Entries between neighbours in the window; 1 means none is skipped.
  public let dilation: Int

  public init(axis: Int, length: Int, stride: Int = 1, dilation: Int = 1) {
    self.axis = axis
    self.length = length
    self.stride = stride
    self.dilation = dilation
  }
}

/// Views that split an axis in two: overlapping windows, and tiles.
extension Layout {
  /// All windows of two axes: those axes become window positions, and the two axes of a window follow them.
  ///
  /// N×H×W×C with windows on axes 1 and 2 becomes N×Ho×Wo×Kh×Kw×C, the lecture's 6-D view: the new axes are put
  /// behind the later of the two. NumPy's `sliding_window_view` puts them last and knows neither stride nor dilation.
  public func windows(_ vertical: AxisWindow, _ horizontal: AxisWindow) throws(StridedTensorError) -> Layout {
    let rows = try positions(of: vertical)
    let columns = try positions(of: horizontal)
    guard vertical.axis != horizontal.axis else {
      throw .notAPermutation(axes: [vertical.axis, horizontal.axis], rank: rank)
    }
    var shape = shape
    var strides = strides
    shape[vertical.axis] = rows.count
    shape[horizontal.axis] = columns.count
    strides[vertical.axis] = rows.outer
    strides[horizontal.axis] = columns.outer
    let place = max(vertical.axis, horizontal.axis) + 1
    shape.insert(contentsOf: [vertical.length, horizontal.length], at: place)
    strides.insert(contentsOf: [rows.inner, columns.inner], at: place)
    return try Layout(shape: shape, strides: strides, offset: offset)
  }

  /// A matrix as a grid of square tiles: n×m becomes (n/T)×(m/T)×T×T, strides (n·T, T, n, 1) for a row-major n×n one.
  public func tiled(_ edge: Int) throws(StridedTensorError) -> Layout {
    guard rank == 2 else { throw .rank(expected: 2, shape: shape) }
    for axis in 0..<2 {
      guard edge >= 1, shape[axis] % edge == 0 else { throw .tile(edge, axis: axis, length: shape[axis]) }
    }
    let tile = { (axis: Int) in AxisWindow(axis: axis, length: edge, stride: edge) }
    guard count > 0 else {
      return try Layout(
        shape: [shape[0] / edge, shape[1] / edge, edge, edge], strides: [0, 0, strides[0], strides[1]], offset: offset)
    }
    return try windows(tile(0), tile(1))
  }

  /// The number of windows along an axis, and the strides from window to window and within one.
  private func positions(of window: AxisWindow) throws(StridedTensorError) -> (count: Int, outer: Int, inner: Int) {
    try checkAxis(window.axis)
    for (name, value) in [("length", window.length), ("stride", window.stride), ("dilation", window.dilation)] {
      guard value >= 1 else { throw .window(name: name, axis: window.axis, value: value) }
    }
    let (reach, overflow) = (window.length - 1).multipliedReportingOverflow(by: window.dilation)
    guard !overflow, reach < shape[window.axis] else {
      throw .windowLongerThanAxis(
        axis: window.axis, span: overflow || reach == .max ? .max : reach + 1, length: shape[window.axis])
    }
    // A product that overflows belongs to an axis of length 1, where the stride is never used.
    let outer = strides[window.axis].multipliedReportingOverflow(by: window.stride)
    let inner = strides[window.axis].multipliedReportingOverflow(by: window.dilation)
    return (
      (shape[window.axis] - 1 - reach) / window.stride + 1,
      outer.overflow ? strides[window.axis] : outer.partialValue,
      inner.overflow ? strides[window.axis] : inner.partialValue
    )
  }
}
