/// A set-associative cache that throws out the line used least recently, fed with byte addresses one after another.
///
/// Every element is aligned, so an access touches one line; reading and writing count the same (a write fetches its
/// line). Beside it runs a fully associative cache of the same size, by which each miss is told apart. Real caches
/// throw out by cheaper rules and prefetch: this is a model.
public struct CacheModel: Sendable {
  public let geometry: CacheGeometry
  /// What became of all accesses so far.
  public private(set) var counts = CacheCounts()

  private var numbers = LineNumbers()
  private var history: LineHistory
  private var sets: LineSets
  private var lastLine = Int.min
  private let shift: Int
  private let isFullyAssociative: Bool

  public init(_ geometry: CacheGeometry) {
    self.geometry = geometry
    shift = geometry.line.trailingZeroBitCount
    isFullyAssociative = geometry.isFullyAssociative
    sets = LineSets(geometry)
    history = LineHistory(capacity: geometry.lines)
  }

  /// How many different lines were ever touched.
  public var linesTouched: Int { history.seen }

  /// One access to the element at a byte address.
  ///
  /// - Complexity: O(1) for the line accessed last, else O(ways); O(1) for a fully associative cache.
  @discardableResult
  public mutating func access(_ address: Int) -> CacheOutcome {
    let line = address >> shift
    var outcome = CacheOutcome.hit
    // The line of the access before is the newest everywhere: nothing changes.
    if line != lastLine {
      lastLine = line
      let number = numbers.number(of: line)
      history.prepare(uses: 1, numbers: numbers.end)
      let before = history.touch(number)
      if isFullyAssociative {
        outcome = before.inFullyAssociative
      } else if !sets.touch(line, number: number) {
        outcome = before.inSets
      }
    }
    counts.count(outcome)
    return outcome
  }

  /// Many accesses in their order.
  ///
  /// - Complexity: O(ways) each, about 8 to 40 ns; more where so many lines are touched, or the cache is so large, that what
  ///   is remembered of them outgrows this machine's own caches.
  public mutating func access(_ addresses: [Int]) {
    withUnsafeTemporaryAllocation(of: Int.self, capacity: Self.lookAhead) { lines in
      var place = 0
      while place < addresses.count {
        let end = min(place + Self.lookAhead, addresses.count)
        let count = changes(addresses[place..<end], lines)
        touch(UnsafeBufferPointer(rebasing: lines[..<count]))
        place = end
      }
    }
    counts.accesses += addresses.count
  }

  /// The lines of some addresses, without those that repeat the one before: the newest everywhere, and so a hit that
  /// changes nothing.
  @inline(__always)
  private mutating func changes(_ addresses: ArraySlice<Int>, _ lines: UnsafeMutableBufferPointer<Int>) -> Int {
    var (count, last) = (0, lastLine)
    for address in addresses {
      let line = address >> shift
      lines[count] = line
      count &+= line == last ? 0 : 1
      last = line
    }
    lastLine = last
    return count
  }

  /// Touches a few lines and counts their misses; what is remembered of them is fetched for all at once.
  private mutating func touch(_ lines: UnsafeBufferPointer<Int>) {
    withUnsafeTemporaryAllocation(of: UInt32.self, capacity: lines.count) { numbers in
      withUnsafeTemporaryAllocation(of: LineHistory.Outcome.self, capacity: lines.count) { outcomes in
        self.numbers.read(lines)
        for k in lines.indices { numbers[k] = self.numbers.number(of: lines[k]) }
        let numbers = UnsafeBufferPointer(numbers)
        history.prepare(uses: lines.count, numbers: self.numbers.end)
        history.read(numbers)
        if !isFullyAssociative { sets.read(lines) }
        history.touch(numbers, outcomes)
        guard !isFullyAssociative else {
          for outcome in outcomes { counts.count(missOf: outcome.inFullyAssociative) }
          return
        }
        var counts = counts
        sets.touch(lines, numbers: numbers) { if !$1 { counts.count(missOf: outcomes[$0].inSets) } }
        self.counts = counts
      }
    }
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

  /// Accesses whose memory is fetched together.
  private static let lookAhead = 64

  /// Accesses between two questions whether to go on.
  public static let batchSize = 1 << 16

  /// Whether the line of a byte is held now.
  public func holds(_ address: Int) -> Bool {
    let line = address >> shift
    guard let number = numbers.find(line) else { return false }
    return isFullyAssociative ? history.holds(number) : sets.holds(line, number: number)
  }
}

extension LineHistory.Outcome {
  /// What an access is to a cache of one set, which the history itself is.
  fileprivate var inFullyAssociative: CacheOutcome { self == .hit ? .hit : inSets }

  /// What an access is that missed in its set.
  fileprivate var inSets: CacheOutcome {
    switch self {
    case .hit: .conflictMiss
    case .thrownOut: .capacityMiss
    case .neverSeen: .compulsoryMiss
    }
  }
}
