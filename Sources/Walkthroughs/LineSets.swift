/// The sets of a set-associative cache, each with its lines from the newest to the oldest; lines are kept by their numbers.
struct LineSets: Sendable {
  /// The numbers held by one set after another; `none` where there is no line.
  private var held: [UInt32]
  private let geometry: CacheGeometry
  private let ways: Int
  /// sets − 1 if that is a mask, else 0.
  private let mask: Int

  private var lastRead: UInt32 = 0

  private static let none = UInt32.max

  init(_ geometry: CacheGeometry) {
    self.geometry = geometry
    ways = geometry.ways
    mask = geometry.sets & (geometry.sets - 1) == 0 ? geometry.sets - 1 : 0
    held = geometry.isFullyAssociative ? [] : [UInt32](repeating: Self.none, count: geometry.lines)
  }

  /// Whether they are larger than a core's own fast cache.
  private var isLarge: Bool { held.count > 1 << 13 }

  /// Where the set of a line begins.
  @inline(__always)
  private func start(_ line: Int) -> Int { Self.set(of: line, geometry, mask: mask) &* ways }

  @inline(__always)
  private static func set(of line: Int, _ geometry: CacheGeometry, mask: Int) -> Int {
    mask > 0 ? line & mask : geometry.set(ofLine: line)
  }

  /// Reads what `touch` will need of some lines, changing nothing: a set has two lines of this machine's cache at most.
  @inline(__always)
  mutating func read(_ lines: UnsafeBufferPointer<Int>) {
    guard isLarge else { return }
    lastRead = held.withUnsafeBufferPointer { held in
      // Kept, or nothing would be read.
      lines.reduce(0) { $0 ^ held[start($1)] ^ held[start($1) &+ ways &- 1] }
    }
  }

  /// Whether a line is held, changing nothing.
  func holds(_ line: Int, number: UInt32) -> Bool {
    held[start(line)..<start(line) + ways].contains(number)
  }

  /// Makes a line the newest of its set; false if it was not there, and the oldest made room.
  mutating func touch(_ line: Int, number: UInt32) -> Bool {
    let places = start(line)..<start(line) &+ ways
    return held.withUnsafeMutableBufferPointer { Self.moveToFront(number, of: places, $0) }
  }

  /// The same for lines one after another.
  ///
  /// - Parameters:
  ///   - lines: the lines.
  ///   - numbers: their numbers.
  ///   - record: called with each line's place in `lines`, and whether it was there.
  @inline(__always)
  mutating func touch(
    _ lines: UnsafeBufferPointer<Int>, numbers: UnsafeBufferPointer<UInt32>,
    _ record: (_ place: Int, _ isHit: Bool) -> Void
  ) {
    let (ways, geometry, mask) = (ways, geometry, mask)
    held.withUnsafeMutableBufferPointer { held in
      for k in lines.indices {
        let first = Self.set(of: lines[k], geometry, mask: mask) &* ways
        record(k, Self.moveToFront(numbers[k], of: first..<first &+ ways, held))
      }
    }
  }

  @inline(__always)
  private static func moveToFront(
    _ number: UInt32, of places: Range<Int>, _ held: UnsafeMutableBufferPointer<UInt32>
  ) -> Bool {
    var carried = number
    for place in places {
      let present = held[place]
      held[place] = carried
      if present == number { return true }
      // Behind an empty place there are only empty ones.
      if present == none { return false }
      carried = present
    }
    return false
  }
}
