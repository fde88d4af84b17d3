/// The lines of a fully associative cache that throws out the one used least recently.
///
/// A doubly linked list from the newest to the oldest, and a hash table whose buckets are chained through its nodes.
struct RecentLines: Sendable {
  private struct Node {
    var line = 0
    /// Neighbours in the list, which goes round through node 0.
    var newer: Int32 = 0
    var older: Int32 = 0
    /// The next of the same bucket; 0 ends it.
    var next: Int32 = 0
  }

  /// So many are little memory: up to here there are twice as many buckets as nodes, so that most hold one or none.
  private static let manyBuckets = 1 << 12

  private let capacity: Int
  /// Node 0 is no line: its `older` is the newest of all, its `newer` the oldest.
  private var nodes = [Node()]
  /// The first node of each bucket, 0 for none; a power of two long, at least as many as there are nodes.
  private var buckets = [Int32](repeating: 0, count: 1 << 7)
  /// Hashes are shifted by so much to be the number of a bucket.
  private var shift = UInt64(64 - 7)

  init(capacity: Int) { self.capacity = capacity }

  /// Makes a line the newest; false if it was not held, and the oldest made room where there was none.
  mutating func touch(_ line: Int) -> Bool {
    if nodes.count <= capacity, !holds(line) {
      add(line)
      return false
    }
    let shift = shift
    return nodes.withUnsafeMutableBufferPointer { nodes in
      buckets.withUnsafeMutableBufferPointer { buckets in
        let bucket = Self.bucket(of: line, shift)
        var number = buckets[bucket]
        while number != 0, nodes[Int(number)].line != line { number = nodes[Int(number)].next }
        let isHeld = number != 0
        if !isHeld {
          number = nodes[0].newer
          Self.leaveBucket(number, nodes, buckets, shift)
          nodes[Int(number)].line = line
          nodes[Int(number)].next = buckets[bucket]
          buckets[bucket] = number
        }
        Self.moveToFront(number, nodes)
        return isHeld
      }
    }
  }

  /// Whether a line is held, changing nothing.
  func holds(_ line: Int) -> Bool { node(of: line) != 0 }

  /// The first node that a line is looked for at, for having it read before it is needed; nil while there are few.
  @inline(__always)
  func firstNode(for line: Int) -> Int32? {
    nodes.count < Self.outgrowsCaches ? nil : buckets[Self.bucket(of: line, shift)]
  }

  /// What making a node the newest needs to know of its neighbours, read for the same reason.
  @inline(__always)
  func neighbours(of number: Int32) -> Int32 {
    let node = nodes[Int(number)]
    return nodes[Int(node.newer)].older ^ nodes[Int(node.older)].newer
  }

  /// Lines from which on the tables are larger than a core's own caches.
  private static let outgrowsCaches = 1 << 13

  private func node(of line: Int) -> Int32 {
    var number = buckets[Self.bucket(of: line, shift)]
    while number != 0, nodes[Int(number)].line != line { number = nodes[Int(number)].next }
    return number
  }

  @inline(__always)
  private static func moveToFront(_ number: Int32, _ nodes: UnsafeMutableBufferPointer<Node>) {
    let (newer, older) = (nodes[Int(number)].newer, nodes[Int(number)].older)
    nodes[Int(newer)].older = older
    nodes[Int(older)].newer = newer
    let front = nodes[0].older
    nodes[Int(number)].newer = 0
    nodes[Int(number)].older = front
    nodes[Int(front)].newer = number
    nodes[0].older = number
  }

  @inline(__always)
  private static func leaveBucket(
    _ number: Int32, _ nodes: UnsafeMutableBufferPointer<Node>, _ buckets: UnsafeMutableBufferPointer<Int32>,
    _ shift: UInt64
  ) {
    let (bucket, next) = (bucket(of: nodes[Int(number)].line, shift), nodes[Int(number)].next)
    var before = buckets[bucket]
    guard before != number else {
      buckets[bucket] = next
      return
    }
    while nodes[Int(before)].next != number { before = nodes[Int(before)].next }
    nodes[Int(before)].next = next
  }

  @inline(__always)
  private static func bucket(of line: Int, _ shift: UInt64) -> Int {
    Int(truncatingIfNeeded: (UInt64(bitPattern: Int64(line)) &* 0x9E37_79B9_7F4A_7C15) &>> shift)
  }

  /// One line more, as long as there is room.
  private mutating func add(_ line: Int) {
    let (number, front) = (Int32(truncatingIfNeeded: nodes.count), nodes[0].older)
    nodes.append(Node(line: line, older: front))
    nodes[Int(front)].newer = number
    nodes[0].older = number
    if nodes.count > (buckets.count < Self.manyBuckets ? buckets.count / 2 : buckets.count) {
      buckets = [Int32](repeating: 0, count: buckets.count * 2)
      shift -= 1
      for number in nodes.indices.dropFirst() { chain(number) }
    } else {
      chain(Int(number))
    }
  }

  private mutating func chain(_ number: Int) {
    let bucket = Self.bucket(of: nodes[number].line, shift)
    nodes[number].next = buckets[bucket]
    buckets[bucket] = Int32(truncatingIfNeeded: number)
  }
}
