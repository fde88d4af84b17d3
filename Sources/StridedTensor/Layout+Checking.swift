extension Layout {
  /// Checks shape, strides and offset against each other and returns the element count.
  ///
  /// Everything is computed with overflow-checked arithmetic, so that no later address computation can trap: the lowest
  /// and the highest offset, one past the highest, and the distance between the two all fit in an `Int`.
  static func checkedCount(shape: [Int], strides: [Int], offset: Int) throws(StridedTensorError) -> Int {
    guard shape.count == strides.count else {
      throw .rankMismatch(shape: shape, strides: strides)
    }
    var count = 1
    var lowest = offset
    var highest = offset
    var overflowed = false
    var empty = false
    for axis in 0..<shape.count {
      let length = shape[axis]
      guard length >= 0 else { throw .negativeLength(shape: shape, axis: axis) }
      guard length > 0 else {
        empty = true
        continue
      }
      let product = count.multipliedReportingOverflow(by: length)
      let reach = (length - 1).multipliedReportingOverflow(by: strides[axis])
      let end = (reach.partialValue < 0 ? lowest : highest).addingReportingOverflow(reach.partialValue)
      overflowed = overflowed || product.overflow || reach.overflow || end.overflow
      count = product.partialValue
      if reach.partialValue < 0 { lowest = end.partialValue } else { highest = end.partialValue }
    }
    if empty { return 0 }
    let span = highest.subtractingReportingOverflow(lowest)
    overflowed = overflowed || highest == .max || span.overflow || span.partialValue == .max
    guard !overflowed else { throw .tooLarge(shape: shape) }
    return count
  }

  /// The lowest and highest element offset that the view can touch; nil for a view without elements.
  ///
  /// - Complexity: O(rank): each axis adds its whole reach to one end, by the sign of its stride.
  public var touchedOffsets: ClosedRange<Int>? {
    guard count > 0 else { return nil }
    var lowest = offset
    var highest = offset
    for axis in 0..<shape.count {
      let reach = (shape[axis] - 1) * strides[axis]
      if reach < 0 { lowest += reach } else { highest += reach }
    }
    return lowest...highest
  }

  func checkAxis(_ axis: Int) throws(StridedTensorError) {
    guard axis >= 0, axis < rank else { throw .axisOutOfRange(axis: axis, rank: rank) }
  }

  /// Throws unless an index has one number for each axis, each within its length.
  public func check(index: [Int]) throws(StridedTensorError) {
    guard index.count == rank, zip(index, shape).allSatisfy({ $0 >= 0 && $0 < $1 }) else {
      throw .indexOutOfRange(index: index, shape: shape)
    }
  }
}
