extension [Double] {
  /// The elements that would stand at some places if all were in ascending order.
  ///
  /// Found by parting the elements around pivots (Hoare, "Algorithm 65: Find", 1961), only where a place is asked for: sorting
  /// hundreds of thousands would take longer than a frame.
  ///
  /// - Parameter places: each within `indices`.
  /// - Complexity: O(n) on average for few places.
  func elements(atSortedPlaces places: [Int]) -> [Double] {
    var values = self
    values.sort(atPlaces: places.sorted()[...], within: values.indices)
    return places.map { values[$0] }
  }

  /// The middle one in ascending order, or the mean of the middle two; not of an empty array.
  var median: Double {
    let middle = elements(atSortedPlaces: [(count - 1) / 2, count / 2])
    return (middle[0] + middle[1]) / 2
  }

  /// Brings the elements of a stretch that belong to some places there; smaller ones are before them, larger ones behind.
  private mutating func sort(atPlaces places: ArraySlice<Int>, within whole: Range<Int>) {
    var (places, range) = (places, whole)
    while !places.isEmpty {
      guard range.count > 32 else { return self[range].sort() }
      let equal = part(range)
      sort(atPlaces: places.prefix { $0 < equal.lowerBound }, within: range.lowerBound..<equal.lowerBound)
      places = places.drop { $0 < equal.upperBound }
      range = equal.upperBound..<range.upperBound
    }
  }

  /// Parts a stretch into what is smaller than a pivot, equal to it, and larger.
  ///
  /// - Returns: where the equal ones stand then.
  private mutating func part(_ range: Range<Int>) -> Range<Int> {
    // Quarters and middle, so that ascending and descending times, and such in two halves, are parted well.
    let candidates = [1, 2, 3].map { self[range.lowerBound + range.count * $0 / 4] }.sorted()
    let pivot = candidates[1]
    let smaller = bringToFront(of: range) { $0 < pivot }
    return smaller..<bringToFront(of: smaller..<range.upperBound) { $0 == pivot }
  }

  /// Moves the elements of a stretch that hold to something before the others.
  ///
  /// Every element is swapped and the end moved by 0 or 1: a branch would be foretold wrongly half of the time.
  ///
  /// - Returns: the end of those that do.
  @inline(__always)
  private mutating func bringToFront(of range: Range<Int>, where holds: (Double) -> Bool) -> Int {
    var end = range.lowerBound
    for next in range {
      let value = self[next]
      self[next] = self[end]
      self[end] = value
      end += holds(value) ? 1 : 0
    }
    return end
  }
}
