extension Layout {
  /// Throws unless every element of the view lies in a buffer of `bufferCount` elements.
  ///
  /// - Complexity: O(rank).
  public func check(bufferCount: Int, itemSize: Int) throws(StridedTensorError) {
    guard let touched = touchedOffsets else { return }
    guard touched.lowerBound >= 0, touched.upperBound < bufferCount else {
      let index = firstIndex(outside: 0..<bufferCount) ?? []
      let element = offset(of: index)
      let byte = element.multipliedReportingOverflow(by: itemSize)
      throw .outOfBounds(
        index: index, element: element, byte: byte.overflow ? element : byte.partialValue,
        bufferBytes: bufferCount * itemSize)
    }
  }

  /// The first index, in row-major order, whose element lies outside a range of offsets.
  ///
  /// - Complexity: O(rank²): each axis is solved in turn, asking how far the axes after it can still reach.
  public func firstIndex(outside range: Range<Int>) -> [Int]? {
    guard let touched = touchedOffsets, touched.lowerBound < range.lowerBound || touched.upperBound >= range.upperBound
    else { return nil }
    var index = [Int](repeating: 0, count: rank)
    var base = offset
    for axis in 0..<rank {
      var lowest = 0
      var highest = 0
      for later in (axis + 1)..<max(rank, axis + 1) {
        let reach = (shape[later] - 1) * strides[later]
        if reach < 0 { lowest += reach } else { highest += reach }
      }
      // The smallest i for which some setting of the later axes leaves the range, above or below.
      let stride = strides[axis]
      var found = shape[axis] - 1
      func consider(_ i: Int) { if i >= 0 && i < found { found = i } }
      if base + highest >= range.upperBound || base + lowest < range.lowerBound {
        found = 0
      } else if stride > 0 {
        consider((range.upperBound - base - highest + stride - 1) / stride)
      } else if stride < 0 {
        consider((base + lowest - range.lowerBound) / -stride + 1)
      }
      index[axis] = found
      base += found * stride
    }
    return index
  }
}
