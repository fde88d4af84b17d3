import MatrixMultiply

/// Memory that is fetched from beyond the cache while something else is computed, in equal shares.
struct FetchedMemory {
  var first = UnsafeRawBufferPointer.nothing
  var second = UnsafeRawBufferPointer.nothing

  /// A share of the two pieces one after the other; what lies beyond the end of the first is left out of its last share.
  func share(_ index: Int, of shares: Int) -> UnsafeRawBufferPointer {
    let length = (first.count + second.count + shares - 1) / shares
    let start = index * length
    let (piece, offset) = start < first.count ? (first, start) : (second, start - first.count)
    guard offset < piece.count else { return .nothing }
    return UnsafeRawBufferPointer(rebasing: piece[offset..<min(offset + length, piece.count)])
  }
}
