extension Layout {
  /// Checks shape, strides and offset against each other and returns the element count.
  ///
  /// Everything is computed with overflow-checked arithmetic, so that no later address computation can trap.
  static func checkedCount(shape: [Int], strides: [Int], offset: Int) throws(StridedTensorError) -> Int {
    guard shape.count == strides.count else {
      throw .rankMismatch(shape: shape, strides: strides)
    }
    var count = 1
    var lowest = offset
    var highest = offset
    var overflowed = false
    for axis in shape.indices {
      let length = shape[axis]
      guard length >= 0 else { throw .negativeLength(shape: shape, axis: axis) }
      var overflow: Bool
      (count, overflow) = count.multipliedReportingOverflow(by: length)
      overflowed = overflowed || overflow
      guard length > 0 else { continue }
      let reach: Int
      (reach, overflow) = (length - 1).multipliedReportingOverflow(by: strides[axis])
      overflowed = overflowed || overflow
      if reach < 0 {
        (lowest, overflow) = lowest.addingReportingOverflow(reach)
      } else {
        (highest, overflow) = highest.addingReportingOverflow(reach)
      }
      overflowed = overflowed || overflow
    }
    if shape.contains(0) { return 0 }
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
    for axis in shape.indices {
      let reach = (shape[axis] - 1) * strides[axis]
      if reach < 0 { lowest += reach } else { highest += reach }
    }
    return lowest...highest
  }
}
