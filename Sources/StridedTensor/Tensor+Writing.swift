/// Writing one entry of a view.
extension Tensor {
  /// Entries that an error about an overlapping write lists at most.
  static var listedEntries: Int { 8 }

  /// Changes the entry at an index, and that entry only.
  ///
  /// - Throws: `overlappingWrite` or `undecidedWrite` where other entries share the entry's memory, or may: the write
  ///   would change them with it. `writeThroughOverlap` does so knowingly.
  public mutating func write(_ value: Element, at index: [Int]) throws(StridedTensorError) {
    try layout.check(index: index)
    let overlap = layout.overlap()
    let element = layout.offset(of: index)
    guard overlap == .none || overlap == .some && layout.multiplicity(of: element) == 1 else {
      let also = Array(layout.indices(showing: element).lazy.filter { $0 != index }.prefix(Self.listedEntries))
      guard overlap == .some else { throw .undecidedWrite(index: index, element: element, also: also) }
      throw .overlappingWrite(index: index, element: element, also: also, entries: layout.multiplicity(of: element))
    }
    try writeThroughOverlap(value, at: index)
  }

  /// Changes the element that an index shows, and with it every entry of the view that shows the same element.
  public mutating func writeThroughOverlap(_ value: Element, at index: [Int]) throws(StridedTensorError) {
    try layout.check(index: index)
    let offset = layout.offset(of: index)
    withUnsafeMutableBuffer { $0[offset] = value }
  }
}
