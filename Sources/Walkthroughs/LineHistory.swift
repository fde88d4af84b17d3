/// A fully associative LRU cache that also remembers every line it has ever held; lines come by their numbers.
///
/// Every use is written down in a list, and every line knows the place of its last use there. The line to be thrown out is
/// found at the list's start, past the uses that were not their line's last. So a use asks for one place of far memory,
/// where a chain of the lines in their order would ask for three.
struct LineHistory: Sendable {
  enum Outcome {
    case hit
    /// Seen before, thrown out since.
    case thrownOut
    case neverSeen
  }

  /// How many different lines were ever touched.
  var seen: Int { position.seen }

  private let capacity: Int
  /// What is known of each line: `neverSeen`, `thrownOut`, or `held` and the place of its last use.
  private var states: [UInt32] = []
  /// The numbers of the lines used, in the order of their use.
  private var uses: [UInt32]
  private var position = Position()
  private var lastRead: UInt32 = 0

  /// What changes with each use, in one piece.
  private struct Position {
    /// The uses that still count, from the oldest to the end.
    var oldest = 0
    var end = 0
    /// How many lines are held, and how many were ever touched.
    var held = 0
    var seen = 0
  }

  private static let neverSeen: UInt32 = 0
  private static let thrownOut: UInt32 = 1
  private static let held: UInt32 = 2

  init(capacity: Int) {
    self.capacity = capacity
    uses = [UInt32](repeating: 0, count: Self.fewestUses)
  }

  /// So many uses are little memory, and enough for a small cache to make room seldom.
  private static let fewestUses = 1 << 10

  /// Makes room for so many uses of lines whose numbers are below `numbers`.
  @inline(__always)
  mutating func prepare(uses count: Int, numbers: Int) {
    if numbers > states.count {
      states.append(contentsOf: repeatElement(Self.neverSeen, count: numbers - states.count))
    }
    if position.end &+ count > uses.count { makeRoom(count) }
  }

  /// Makes a line the newest, throwing out the oldest if it was not held and there is no room.
  ///
  /// `prepare` must have made room for it.
  mutating func touch(_ number: UInt32) -> Outcome {
    states.withUnsafeMutableBufferPointer { states in
      uses.withUnsafeMutableBufferPointer { uses in Self.use(number, states, uses, &position, capacity: capacity) }
    }
  }

  /// The same for lines one after another.
  ///
  /// - Parameters:
  ///   - numbers: the lines.
  ///   - outcomes: what became of each; of the same length.
  @inline(__always)
  mutating func touch(_ numbers: UnsafeBufferPointer<UInt32>, _ outcomes: UnsafeMutableBufferPointer<Outcome>) {
    // In registers, while the arrays are written.
    var position = position
    let capacity = capacity
    states.withUnsafeMutableBufferPointer { states in
      uses.withUnsafeMutableBufferPointer { uses in
        for k in numbers.indices { outcomes[k] = Self.use(numbers[k], states, uses, &position, capacity: capacity) }
      }
    }
    self.position = position
  }

  @inline(__always)
  private static func use(
    _ number: UInt32, _ states: UnsafeMutableBufferPointer<UInt32>, _ uses: UnsafeMutableBufferPointer<UInt32>,
    _ position: inout Position, capacity: Int
  ) -> Outcome {
    let former = states[Int(number)]
    states[Int(number)] = UInt32(truncatingIfNeeded: position.end) &+ held
    uses[position.end] = number
    position.end &+= 1
    if former >= held { return .hit }
    if position.held < capacity {
      position.held &+= 1
    } else {
      var oldest = position.oldest
      while states[Int(uses[oldest])] != UInt32(truncatingIfNeeded: oldest) &+ held { oldest &+= 1 }
      states[Int(uses[oldest])] = thrownOut
      position.oldest = oldest &+ 1
    }
    position.seen &+= former == neverSeen ? 1 : 0
    return former == neverSeen ? .neverSeen : .thrownOut
  }

  /// Whether a line is held, changing nothing.
  func holds(_ number: UInt32) -> Bool { states[Int(number)] >= Self.held }

  /// Reads what `touch` will need of some lines, changing nothing.
  ///
  /// In a long random trace each touch waits for far memory. Read here, without waiting for each other, its places are in
  /// this machine's caches when they are needed.
  @inline(__always)
  mutating func read(_ numbers: UnsafeBufferPointer<UInt32>) {
    let (oldest, end) = (position.oldest, position.end)
    let next = position.held == capacity ? oldest..<min(oldest &+ numbers.count, end) : 0..<0
    lastRead = states.withUnsafeBufferPointer { states in
      uses.withUnsafeBufferPointer { uses in
        // Kept, or nothing would be read.
        var read: UInt32 = 0
        for number in numbers { read ^= states[Int(number)] }
        for place in next { read ^= states[Int(uses[place])] }
        return read
      }
    }
  }

  /// Leaves only the last use of each line, and takes more memory if even so there is little room.
  private mutating func makeRoom(_ count: Int) {
    var kept = 0
    for place in position.oldest..<position.end {
      let number = uses[place]
      guard states[Int(number)] == UInt32(place) + Self.held else { continue }
      uses[kept] = number
      states[Int(number)] = UInt32(kept) + Self.held
      kept += 1
    }
    (position.oldest, position.end) = (0, kept)
    let wanted = 4 * (kept + count)
    if wanted > uses.count { uses += [UInt32](repeating: 0, count: max(wanted, uses.count * 2) - uses.count) }
  }
}
