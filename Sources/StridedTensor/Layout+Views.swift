/// Views that permute, add, drop or repeat axes, or take some of their entries; none of them looks at an element.
extension Layout {
  /// The axes in another order: axis k of the result is axis `axes[k]` of this layout (NumPy's `transpose(axes)`).
  public func permuted(_ axes: [Int]) throws(StridedTensorError) -> Layout {
    var seen = [Bool](repeating: false, count: rank)
    for axis in axes where axis >= 0 && axis < rank { seen[axis] = true }
    guard axes.count == rank, seen.allSatisfy({ $0 }) else { throw .notAPermutation(axes: axes, rank: rank) }
    return try Layout(shape: axes.map { shape[$0] }, strides: axes.map { strides[$0] }, offset: offset)
  }

  /// All axes in reverse order (NumPy's `.T`).
  public func transposed() throws(StridedTensorError) -> Layout {
    try Layout(shape: shape.reversed(), strides: strides.reversed(), offset: offset)
  }

  /// Every `step`-th entry of one axis from `start` up to, not including, `stop` (Python's `[start:stop:step]`).
  ///
  /// As in Python, negative bounds count from the end, bounds beyond the ends are clamped, and nil means from one end to
  /// the other in the direction of the step.
  public func slice(
    axis: Int, start: Int? = nil, stop: Int? = nil, step: Int = 1
  ) throws(StridedTensorError) -> Layout {
    try checkAxis(axis)
    guard step != 0 else { throw .zeroStep }
    let length = shape[axis]
    func clamped(_ bound: Int) -> Int {
      let fromStart = bound < 0 ? bound + length : bound
      return step > 0 ? min(max(fromStart, 0), length) : min(max(fromStart, -1), length - 1)
    }
    let first = start.map(clamped) ?? (step > 0 ? 0 : length - 1)
    let end = stop.map(clamped) ?? (step > 0 ? length : -1)
    let distance = step > 0 ? end - first : first - end
    let taken = distance > 0 ? Int((UInt(distance) - 1) / step.magnitude) + 1 : 0
    // With one entry or none the stride is never used, and only then can it overflow.
    let (stride, overflow) = strides[axis].multipliedReportingOverflow(by: step)
    return try replacing(
      axis: axis, length: taken, stride: overflow ? strides[axis] : stride,
      offset: taken > 0 && count > 0 ? offset + first * strides[axis] : offset)
  }

  /// The part of the view at one position of an axis, without that axis (NumPy's `a[i]` for axis 0).
  ///
  /// A negative position counts from the end.
  public func at(_ position: Int, axis: Int = 0) throws(StridedTensorError) -> Layout {
    try checkAxis(axis)
    let length = shape[axis]
    let index = position < 0 ? position + length : position
    guard index >= 0, index < length else { throw .indexOutOfRange(index: [position], shape: [length]) }
    return try removing(axis: axis, offset: count > 0 ? offset + index * strides[axis] : offset)
  }

  /// The view repeated to a larger shape by zero strides (NumPy's `broadcast_to`).
  public func broadcast(to target: [Int]) throws(StridedTensorError) -> Layout {
    let added = target.count - rank
    guard added >= 0 else { throw .cannotBroadcast(shape: shape, to: target) }
    var result = [Int](repeating: 0, count: target.count)
    for axis in 0..<rank {
      if shape[axis] == target[added + axis] {
        result[added + axis] = strides[axis]
      } else if shape[axis] != 1 {
        throw .cannotBroadcast(shape: shape, to: target)
      }
    }
    return try Layout(shape: target, strides: result, offset: offset)
  }

  /// The view without one axis of length 1, or without all of them (NumPy's `squeeze`).
  public func squeezed(axis: Int? = nil) throws(StridedTensorError) -> Layout {
    guard let axis else {
      let kept = shape.indices.filter { shape[$0] != 1 }
      return try Layout(shape: kept.map { shape[$0] }, strides: kept.map { strides[$0] }, offset: offset)
    }
    try checkAxis(axis)
    guard shape[axis] == 1 else { throw .cannotSqueeze(axis: axis, length: shape[axis]) }
    return try removing(axis: axis, offset: offset)
  }

  /// The view with a new axis of length 1 at a place in 0...rank (NumPy's `expand_dims`).
  public func expanded(axis: Int) throws(StridedTensorError) -> Layout {
    guard axis >= 0, axis <= rank else { throw .axisOutOfRange(axis: axis, rank: rank + 1) }
    var shape = shape
    var strides = strides
    shape.insert(1, at: axis)
    strides.insert(0, at: axis)
    return try Layout(shape: shape, strides: strides, offset: offset)
  }

  private func replacing(
    axis: Int, length: Int, stride: Int, offset: Int
  ) throws(StridedTensorError) -> Layout {
    var shape = shape
    var strides = strides
    shape[axis] = length
    strides[axis] = stride
    return try Layout(shape: shape, strides: strides, offset: offset)
  }

  private func removing(axis: Int, offset: Int) throws(StridedTensorError) -> Layout {
    var shape = shape
    var strides = strides
    shape.remove(at: axis)
    strides.remove(at: axis)
    return try Layout(shape: shape, strides: strides, offset: offset)
  }
}
