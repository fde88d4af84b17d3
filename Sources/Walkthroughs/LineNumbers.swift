/// Numbers for cache lines: a line gets one when it is first asked for, and keeps it.
///
/// Eight neighbouring lines are a group, whose numbers are neighbours too. So what is remembered of lines lies in plain
/// arrays: as close together as the lines do, however far apart the groups are.
struct LineNumbers: Sendable {
  /// The groups in the order in which they came.
  private var groups: [Int] = []
  /// Where in `groups` a group is, `none` for an empty place.
  ///
  /// As long as the groups are near each other, there is a place for each in their order, from `base` on. Where they are
  /// far apart, it is a hash table by open addressing, a power of two long and at most half full.
  private var places = [UInt32](repeating: none, count: 1 << 7)
  private var base = 0
  private var isHashed = false
  /// Hashes are shifted by so much to be a place.
  private var shift: UInt64 = 0
  private var lastRead: UInt32 = 0

  private static let none = UInt32.max
  private static let groupSize = 8
  /// The most groups from the first to the last, missing ones included, that each have a place: 4 MiB.
  private static let longestReach = 1 << 20

  /// All numbers are below this.
  var end: Int { groups.count * Self.groupSize }

  /// The number of a line, which is a new one if no line of its group had one.
  @inline(__always)
  mutating func number(of line: Int) -> UInt32 {
    let group = line >> 3
    let place = place(of: group)
    let known = places.indices.contains(place) ? places.withUnsafeBufferPointer { $0[place] } : Self.none
    return Self.number(line, inGroup: known == Self.none ? add(group) : known)
  }

  /// The number of a line, if one of its group has been asked for.
  func find(_ line: Int) -> UInt32? {
    let place = place(of: line >> 3)
    guard places.indices.contains(place), places[place] != Self.none else { return nil }
    return Self.number(line, inGroup: places[place])
  }

  /// Reads what `number` will need of some lines, changing nothing.
  ///
  /// Each line waits for far memory, and where there turns out to be another's group, all that was begun meanwhile is
  /// thrown away. Read here, without a decision, it is in this machine's caches when it is needed.
  @inline(__always)
  mutating func read(_ lines: UnsafeBufferPointer<Int>) {
    guard places.count >= Self.outgrowsCaches else { return }
    lastRead = places.withUnsafeBufferPointer { places in
      // Kept, or nothing would be read.
      var read: UInt32 = 0
      for line in lines {
        let place = isHashed ? Self.hash(line >> 3, shift) : (line >> 3) &- base
        read ^= places[place >= 0 && place < places.count ? place : 0]
      }
      return read
    }
  }

  /// Places from which on they are larger than a core's own fast cache.
  private static let outgrowsCaches = 1 << 12

  @inline(__always)
  private static func number(_ line: Int, inGroup group: UInt32) -> UInt32 {
    group << 3 | UInt32(truncatingIfNeeded: line & 7)
  }

  @inline(__always)
  private static func hash(_ group: Int, _ shift: UInt64) -> Int {
    Int(truncatingIfNeeded: (UInt64(bitPattern: Int64(group)) &* 0x9E37_79B9_7F4A_7C15) &>> shift)
  }

  /// Where a group is, or the empty place where it belongs; that may be before or behind all places while they are in order.
  @inline(__always)
  private func place(of group: Int) -> Int { isHashed ? hashedPlace(of: group) : group &- base }

  private func hashedPlace(of group: Int) -> Int {
    places.withUnsafeBufferPointer { places in
      groups.withUnsafeBufferPointer { groups in
        var place = Self.hash(group, shift)
        while places[place] != Self.none, groups[Int(places[place])] != group {
          place = (place &+ 1) & (places.count &- 1)
        }
        return place
      }
    }
  }

  /// A new group's place among the groups.
  private mutating func add(_ group: Int) -> UInt32 {
    if groups.isEmpty { base = group }
    if !isHashed, !places.indices.contains(group &- base) { reach(group) }
    let number = UInt32(groups.count)
    groups.append(group)
    places[place(of: group)] = number
    if isHashed, groups.count * 2 > places.count { hash(into: places.count * 2) }
    return number
  }

  /// Makes a place for a group before or behind all places.
  private mutating func reach(_ group: Int) {
    let (least, greatest) = (min(base, group), max(base + places.count - 1, group))
    let reach = greatest - least + 1
    guard reach <= Self.longestReach else {
      isHashed = true
      hash(into: max((groups.count * 4).nextPowerOfTwo, 1 << 7))
      return
    }
    // Twice as much, so that it is done seldom.
    let count = min(reach.nextPowerOfTwo * 2, Self.longestReach)
    let before = group < base ? count - reach : 0
    let former = places
    places = [UInt32](repeating: Self.none, count: count)
    let start = base - (least - before)
    places.replaceSubrange(start..<start + former.count, with: former)
    base = least - before
  }

  private mutating func hash(into count: Int) {
    places = [UInt32](repeating: Self.none, count: count)
    shift = UInt64(64 - count.trailingZeroBitCount)
    for (number, group) in groups.enumerated() { places[hashedPlace(of: group)] = UInt32(number) }
  }
}

extension Int {
  /// The least power of two that is not less.
  fileprivate var nextPowerOfTwo: Int { self <= 1 ? 1 : 1 << (Int.bitWidth - (self - 1).leadingZeroBitCount) }
}
