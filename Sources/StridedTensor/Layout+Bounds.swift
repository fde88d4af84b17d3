extension Layout {
  /// Throws unless every element of the view lies in a buffer of `bufferCount` elements.
  ///
  /// - Complexity: O(rank); O(rank²) to name the first index that does not.
  public func check(bufferCount: Int, itemSize: Int) throws(StridedTensorError) {
    guard let touched = touchedOffsets else { return }
    guard touched.lowerBound >= 0, touched.upperBound < bufferCount else {
      let index = firstIndex(outside: 0..<max(bufferCount, 0)) ?? []
      let element = offset(of: index)
      throw .outOfBounds(
        index: index, element: element, byte: saturatingProduct(element, itemSize),
        bufferBytes: saturatingProduct(max(bufferCount, 0), itemSize))
    }
  }

  /// The first index, in row-major order, whose element lies outside a range of offsets.
  ///
  /// - Complexity: O(rank²): each axis is solved in turn, asking how far the axes after it can still reach.
  public func firstIndex(outside range: Range<Int>) -> [Int]? {
    guard let touched = touchedOffsets, touched.lowerBound < range.lowerBound || touched.upperBound >= range.upperBound
    else { return nil }
    // Clamped to what the view touches, no distance between two offsets can overflow.
    let lower = min(max(range.lowerBound, touched.lowerBound), touched.upperBound + 1)
    let upper = max(min(range.upperBound, touched.upperBound + 1), touched.lowerBound)
    var index = [Int](repeating: 0, count: rank)
    var base = offset
    for axis in 0..<rank {
      var lowest = base
      var highest = base
      for later in (axis + 1)..<max(rank, axis + 1) {
        let reach = (shape[later] - 1) * strides[later]
        if reach < 0 { lowest += reach } else { highest += reach }
      }
      // The smallest position for which some setting of the later axes leaves the range, above or below.
      let stride = strides[axis]
      if highest >= upper || lowest < lower || shape[axis] == 1 {
        index[axis] = 0
      } else if stride > 0 {
        index[axis] = min((upper - highest - 1) / stride + 1, shape[axis] - 1)
      } else if stride < 0 {
        index[axis] = min(Int((UInt(lowest - lower)) / stride.magnitude) + 1, shape[axis] - 1)
      }
      base += index[axis] * stride
    }
    return index
  }

  /// How many indices of the view lie outside a buffer of `bufferCount` elements; nil if the work bound is met first.
  ///
  /// Axes are taken from the longest stride to the shortest. Positions that are inside or outside whatever the later
  /// axes say are counted by division, and only those in between are looked into.
  ///
  /// - Complexity: at most `workLimit` such positions.
  public func countOutside(bufferCount: Int, workLimit: Int = 1 << 20) -> Int? {
    guard let touched = touchedOffsets else { return 0 }
    let axes = ForwardAxes(self)
    var work = workLimit
    // Below 0: values from the lowest offset up to −1. Past the end: from bufferCount up.
    let below = touched.lowerBound < 0 ? axes.countSums(below: axes.distance(to: 0), work: &work) : 0
    let inside = axes.countSums(below: axes.distance(to: max(bufferCount, 0)), work: &work)
    guard let below, let inside else { return nil }
    return below + (count - inside)
  }
}

/// The product, or the nearest `Int` to it.
package func saturatingProduct(_ a: Int, _ b: Int) -> Int {
  let (product, overflow) = a.multipliedReportingOverflow(by: b)
  guard overflow else { return product }
  return (a < 0) == (b < 0) ? .max : .min
}

/// The sum, or the nearest `Int` to it.
package func saturatingSum(_ a: Int, _ b: Int) -> Int {
  let (sum, overflow) = a.addingReportingOverflow(b)
  guard overflow else { return sum }
  return a < 0 ? .min : .max
}
