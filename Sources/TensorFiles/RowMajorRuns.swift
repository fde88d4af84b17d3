import StridedTensor

/// The elements of a view in row-major order, as runs along the last axes that lie one stride apart.
struct RowMajorRuns {
  /// The axes before the run.
  private let shape: [Int]
  private let strides: [Int]
  private let offset: Int
  private let runCount: Int
  private let runStride: Int

  init(layout: Layout) {
    offset = layout.offset
    guard layout.count > 0 else {
      (shape, strides, runCount, runStride) = ([], [], 0, 1)
      return
    }
    var axis = layout.rank
    var count = 1
    var stride = 1
    // An axis joins the run if one step along it is the whole run so far.
    while axis > 0 {
      let (length, step) = (layout.shape[axis - 1], layout.strides[axis - 1])
      if count == 1 {
        stride = step
      } else if length != 1, stride.multipliedReportingOverflow(by: count) != (step, false) {
        break
      }
      count *= length
      axis -= 1
    }
    shape = Array(layout.shape[..<axis])
    strides = Array(layout.strides[..<axis])
    runCount = count
    runStride = stride
  }

  /// Calls with offset, stride and length of each run in turn.
  func forEach<Failure: Error>(_ body: (Int, Int, Int) throws(Failure) -> Void) throws(Failure) {
    guard runCount > 0 else { return }
    var index = [Int](repeating: 0, count: shape.count)
    var place = offset
    while true {
      try body(place, runStride, runCount)
      var axis = shape.count - 1
      while axis >= 0 {
        index[axis] += 1
        // May wrap at the end of an axis, only to be taken back at once.
        place &+= strides[axis]
        if index[axis] < shape[axis] { break }
        place &-= shape[axis] &* strides[axis]
        index[axis] = 0
        axis -= 1
      }
      if axis < 0 { return }
    }
  }
}
