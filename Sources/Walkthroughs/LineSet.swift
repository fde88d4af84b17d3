/// The cache lines that were ever touched: a hash table with four neighbouring lines to an entry.
///
/// Long traces touch many lines, and what costs most then is memory: an entry is one word.
struct LineSet: Sendable {
  /// How many lines are in it.
  private(set) var count = 0

  /// The number of a group of lines, and in the lowest four bits which of them are here; 0 is an empty place.
  ///
  /// A line is an address without three bits at least, so that a group's number fits. Open addressing, a power of two
  /// long, at most half full.
  private var entries = [UInt64](repeating: 0, count: 1 << 7)
  private var used = 0
  /// Hashes are shifted by so much to be a number of eight places.
  private var shift = UInt64(64 - 7 + 3)

  /// Adds a line; false if it was there.
  mutating func insert(_ line: Int) -> Bool {
    let (group, bit) = Self.split(line)
    let (first, mask) = (place(of: group), entries.count &- 1)
    let former = entries.withUnsafeMutableBufferPointer { entries in
      var place = first
      while entries[place] != 0, entries[place] & ~15 != group { place = Self.place(after: place, mask) }
      let former = entries[place]
      entries[place] = former | group | bit
      return former
    }
    guard former & bit == 0 else { return false }
    count += 1
    if former == 0 {
      used += 1
      if used * 2 > entries.count { grow() }
    }
    return true
  }

  /// Where a line is looked for first, for having it read before it is needed; nil while the table is small.
  @inline(__always)
  func firstWord(for line: Int) -> UInt64? {
    entries.count < Self.outgrowsCaches ? nil : entries[place(of: Self.split(line).group)]
  }

  /// Entries from which on the table is larger than a core's own caches.
  private static let outgrowsCaches = 1 << 15

  @inline(__always)
  private static func split(_ line: Int) -> (group: UInt64, bit: UInt64) {
    (UInt64(bitPattern: Int64(line >> 2)) << 4, 1 << UInt64(line & 3))
  }

  /// Eight neighbouring groups share a line of this machine's cache, in an order of their own; far ones are spread.
  @inline(__always)
  private func place(of group: UInt64) -> Int {
    let hash = (group >> 7) &* 0x9E37_79B9_7F4A_7C15
    return Int(truncatingIfNeeded: (hash &>> shift) << 3 | ((group >> 4) ^ (hash >> 8)) & 7)
  }

  /// The next eight places, and another of them, so that in the end every place comes.
  @inline(__always)
  private static func place(after place: Int, _ mask: Int) -> Int { (place &+ 9) & mask }

  private mutating func grow() {
    let former = entries
    entries = [UInt64](repeating: 0, count: former.count * 2)
    shift -= 1
    for entry in former where entry != 0 {
      var place = place(of: entry & ~15)
      while entries[place] != 0 { place = Self.place(after: place, entries.count - 1) }
      entries[place] = entry
    }
  }
}
