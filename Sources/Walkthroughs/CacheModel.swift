/// A set-associative cache that throws out the line used least recently, fed with byte addresses one after another.
///
/// Every element is aligned, so an access touches one line; reading and writing count the same (a write fetches its
/// line). Beside it runs a fully associative cache of the same size, by which each miss is told apart. Real caches
/// throw out by cheaper rules and prefetch: this is a model.
public struct CacheModel: Sendable {
  public let geometry: CacheGeometry
  /// What became of all accesses so far.
  public private(set) var counts = CacheCounts()

  /// The lines of each set, newest first; `Int.min` where there is none.
  private var held: [Int]
  private var history: LineHistory
  private var lastLine = Int.min
  private let shift: Int
  private let ways: Int
  /// sets − 1 if that is a mask, else 0.
  private let setMask: Int

  public init(_ geometry: CacheGeometry) {
    self.geometry = geometry
    shift = geometry.line.trailingZeroBitCount
    ways = geometry.ways
    setMask = geometry.sets & (geometry.sets - 1) == 0 ? geometry.sets - 1 : 0
    held = geometry.isFullyAssociative ? [] : [Int](repeating: .min, count: geometry.lines)
    history = LineHistory(capacity: geometry.lines)
  }

  /// How many different lines were ever touched.
  public var linesTouched: Int { history.seen }

  /// One access to the element at a byte address.
  ///
  /// - Complexity: O(1) for the line accessed last, else O(ways); O(1) for a fully associative cache.
  @discardableResult
  public mutating func access(_ address: Int) -> CacheOutcome {
    let outcome = touch(line: address >> shift)
    counts.count(outcome)
    return outcome
  }

  /// Many accesses in their order.
  ///
  /// - Complexity: O(ways) each, about 5 to 50 ns; more where the lines touched outgrow this machine's own caches.
  public mutating func access(_ addresses: [Int]) {
    var ahead = 0
    for (place, address) in addresses.enumerated() {
      // What is remembered of the next lines is fetched for several of them at once.
      if place == ahead {
        ahead = min(place + Self.lookAhead, addresses.count)
        history.prepare(for: addresses[place..<ahead], shift: shift)
      }
      let line = address >> shift
      // Hits need no more than the total.
      if line != lastLine { counts.count(missOf: touch(line: line)) }
    }
    counts.accesses += addresses.count
  }

  /// `count` accesses from an address on, each `byteStride` after the one before: line by line, not element by element.
  ///
  /// - Complexity: O(lines touched · ways), also for a stride of 0 or below 0. The same counts as one access after
  ///   another; an address beyond `Int` ends the run.
  public mutating func access(from address: Int, byteStride: Int, count: Int) {
    guard byteStride.magnitude < UInt(geometry.line) else {
      var address = address
      for _ in 0..<max(count, 0) {
        access(address)
        let (next, overflow) = address.addingReportingOverflow(byteStride)
        guard !overflow else { return }
        address = next
      }
      return
    }
    var address = address
    var left = count
    while left > 0 {
      // How many of these stay in the line of the first.
      let within = address & (geometry.line - 1)
      let room = byteStride > 0 ? geometry.line - 1 - within : within
      let inLine = byteStride == 0 ? left : min(left, room / abs(byteStride) + 1)
      access(address)
      counts.accesses += inLine - 1
      left -= inLine
      let (next, overflow) = address.addingReportingOverflow(inLine &* byteStride)
      guard !overflow else { return }
      address = next
    }
  }

  /// Many accesses, generated as they are needed.
  ///
  /// - Parameters:
  ///   - addresses: in bytes.
  ///   - isCancelled: asked every 65536 accesses.
  /// - Returns: false if it was cancelled; the counts then are those of the accesses made.
  @inlinable
  public mutating func run(
    _ addresses: some Sequence<Int>, isCancelled: () -> Bool = { Task.isCancelled }
  ) -> Bool {
    var batch: [Int] = []
    batch.reserveCapacity(Self.batchSize)
    for address in addresses {
      batch.append(address)
      guard batch.count == Self.batchSize else { continue }
      guard !isCancelled() else { return false }
      access(batch)
      batch.removeAll(keepingCapacity: true)
    }
    guard !isCancelled() else { return false }
    access(batch)
    return true
  }

  private static let lookAhead = 32

  /// Accesses between two questions whether to go on.
  public static let batchSize = 1 << 16

  /// Whether the line of a byte is held now.
  public func holds(_ address: Int) -> Bool {
    let line = address >> shift
    guard !held.isEmpty else { return history.holds(line) }
    let start = set(of: line) * geometry.ways
    return held[start..<start + geometry.ways].contains(line)
  }

  @inline(__always)
  private func set(of line: Int) -> Int {
    setMask > 0 ? line & setMask : geometry.set(ofLine: line)
  }

  @inline(__always)
  private mutating func touch(line: Int) -> CacheOutcome {
    // The line of the access before is the newest everywhere: nothing changes.
    if line == lastLine { return .hit }
    lastLine = line
    let before = history.touch(line)
    guard !held.isEmpty else {
      switch before {
      case .hit: return .hit
      case .thrownOut: return .capacityMiss
      case .neverSeen: return .compulsoryMiss
      }
    }
    if moveToFront(line) { return .hit }
    switch before {
    case .hit: return .conflictMiss
    case .thrownOut: return .capacityMiss
    case .neverSeen: return .compulsoryMiss
    }
  }

  /// Makes a line the newest of its set; false if it was not there, and the oldest made room.
  @inline(__always)
  private mutating func moveToFront(_ line: Int) -> Bool {
    let start = set(of: line) * ways
    let ways = ways
    return held.withUnsafeMutableBufferPointer { held in
      var carried = line
      for place in start..<start &+ ways {
        let present = held[place]
        held[place] = carried
        if present == line { return true }
        carried = present
      }
      return false
    }
  }
}
