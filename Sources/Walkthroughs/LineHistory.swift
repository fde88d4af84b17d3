/// A fully associative LRU cache that also remembers every line it has ever held.
///
/// One hash table of all lines seen, and through those still held a doubly linked list from the newest to the oldest.
struct LineHistory: Sendable {
  enum Outcome {
    case hit
    /// Seen before, thrown out since.
    case thrownOut
    case neverSeen
  }

  private struct Node {
    let line: Int
    /// Neighbours in the list; `newer` is `absent` for a line that is not held.
    var newer: Int32
    var older: Int32
  }

  private static let none: Int32 = -1
  private static let absent: Int32 = -2

  private let capacity: Int
  private var held = 0
  private var nodes: [Node] = []
  /// Node numbers by hashed line, open addressing; a power of two long, at most half full.
  private var slots: [Int32]
  private var newest = Self.none
  private var oldest = Self.none
  private var lastRead: Int32 = 0

  init(capacity: Int) {
    self.capacity = capacity
    slots = [Int32](repeating: Self.none, count: 1 << 10)
  }

  /// How many different lines were ever touched.
  var seen: Int { nodes.count }

  /// Makes a line the newest, throwing out the oldest for it if it was not held and there is no room.
  mutating func touch(_ line: Int) -> Outcome {
    var slot = Self.hash(line) & (slots.count - 1)
    while true {
      let number = slots[slot]
      if number < 0 { break }
      if nodes[Int(number)].line == line { return touchKnown(number) }
      slot = (slot + 1) & (slots.count - 1)
    }
    let number = Int32(truncatingIfNeeded: nodes.count)
    slots[slot] = number
    nodes.append(Node(line: line, newer: Self.absent, older: Self.none))
    if nodes.count * 2 > slots.count { grow() }
    hold(number)
    return .neverSeen
  }

  /// Reads what `touch` will need of some lines, changing nothing.
  ///
  /// In a long random trace each touch waits for several places of memory, one after the other. Read here, without
  /// waiting for each other, they are in this machine's caches when they are needed.
  mutating func prepare(for addresses: ArraySlice<Int>, shift: Int) {
    guard nodes.count >= Self.outgrowsCaches else { return }
    var (before, read) = (Int.min, Int32(0))
    for address in addresses {
      let line = address >> shift
      if line != before { read ^= slots[Self.hash(line) & (slots.count - 1)] }
      before = line
    }
    for address in addresses {
      let number = slots[Self.hash(address >> shift) & (slots.count - 1)]
      if number >= 0 {
        let node = nodes[Int(number)]
        if node.older >= 0 { read ^= nodes[Int(node.older)].newer }
        if node.newer >= 0 { read ^= nodes[Int(node.newer)].older }
      }
    }
    // Kept, or nothing would be read.
    lastRead = read
  }

  /// Lines from which on the tables are larger than a second-level cache.
  private static let outgrowsCaches = 1 << 14

  /// Whether a line is held, changing nothing.
  func holds(_ line: Int) -> Bool {
    var slot = Self.hash(line) & (slots.count - 1)
    while slots[slot] >= 0 {
      let node = nodes[Int(slots[slot])]
      if node.line == line { return node.newer != Self.absent }
      slot = (slot + 1) & (slots.count - 1)
    }
    return false
  }

  private mutating func touchKnown(_ number: Int32) -> Outcome {
    if number == newest { return .hit }
    let node = nodes[Int(number)]
    if node.newer == Self.absent {
      hold(number)
      return .thrownOut
    }
    let front = newest
    // Not the newest, so there is a newer one.
    nodes.withUnsafeMutableBufferPointer { nodes in
      nodes[Int(node.newer)].older = node.older
      if node.older >= 0 { nodes[Int(node.older)].newer = node.newer }
      nodes[Int(number)].newer = Self.none
      nodes[Int(number)].older = front
      nodes[Int(front)].newer = number
    }
    if node.older < 0 { oldest = node.newer }
    newest = number
    return .hit
  }

  private mutating func hold(_ number: Int32) {
    if held == capacity {
      let out = Int(oldest)
      oldest = nodes[out].newer
      if oldest >= 0 { nodes[Int(oldest)].older = Self.none } else { newest = Self.none }
      nodes[out].newer = Self.absent
    } else {
      held += 1
    }
    putInFront(number)
  }

  private mutating func putInFront(_ number: Int32) {
    nodes[Int(number)].newer = Self.none
    nodes[Int(number)].older = newest
    if newest >= 0 { nodes[Int(newest)].newer = number } else { oldest = number }
    newest = number
  }

  private mutating func grow() {
    slots = [Int32](repeating: Self.none, count: slots.count * 2)
    for (number, node) in nodes.enumerated() {
      var slot = Self.hash(node.line) & (slots.count - 1)
      while slots[slot] >= 0 { slot = (slot + 1) & (slots.count - 1) }
      slots[slot] = Int32(truncatingIfNeeded: number)
    }
  }

  /// Neighbouring lines land in neighbouring slots (they are touched together); far ones are spread by the high bits.
  @inline(__always)
  private static func hash(_ line: Int) -> Int {
    let bits = UInt(bitPattern: line)
    return Int(truncatingIfNeeded: bits &+ ((bits >> 10) &* 0x9E37_79B9_7F4A_7C15) >> 20)
  }
}
