/// A fully associative LRU cache that also remembers every line it has ever held.
struct LineHistory: Sendable {
  enum Outcome {
    case hit
    /// Seen before, thrown out since.
    case thrownOut
    case neverSeen
  }

  private var recent: RecentLines
  private var everSeen = LineSet()
  private var lastRead = 0

  init(capacity: Int) { recent = RecentLines(capacity: capacity) }

  /// How many different lines were ever touched.
  var seen: Int { everSeen.count }

  /// Makes a line the newest, throwing out the oldest for it if it was not held and there is no room.
  mutating func touch(_ line: Int) -> Outcome {
    if recent.touch(line) { return .hit }
    return everSeen.insert(line) ? .neverSeen : .thrownOut
  }

  /// Whether a line is held, changing nothing.
  func holds(_ line: Int) -> Bool { recent.holds(line) }

  /// Reads what `touch` will need of some lines, changing nothing.
  ///
  /// In a long random trace each touch waits for several places of memory, one after the other. Read here, without
  /// waiting for each other, they are in this machine's caches when they are needed.
  mutating func prepare(for addresses: ArraySlice<Int>, shift: Int) {
    var read = 0
    for address in addresses {
      guard let word = everSeen.firstWord(for: address >> shift) else { break }
      read ^= Int(truncatingIfNeeded: word)
    }
    for address in addresses {
      guard let number = recent.firstNode(for: address >> shift) else { break }
      read ^= Int(number)
    }
    for address in addresses {
      guard let number = recent.firstNode(for: address >> shift) else { break }
      read ^= Int(recent.neighbours(of: number))
    }
    // Kept, or nothing would be read.
    lastRead = read
  }
}
