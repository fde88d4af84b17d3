/// What became of one access.
public enum CacheOutcome: Hashable, Sendable {
  case hit
  /// The line was never fetched before.
  case compulsoryMiss
  /// A fully associative cache of the same size would have missed too: it has been thrown out for lack of room.
  case capacityMiss
  /// A fully associative cache of the same size would have hit: its set was full, not the cache.
  case conflictMiss

  public var isHit: Bool { self == .hit }
}

/// Accesses counted by what became of them: the three Cs of Hill and Smith (1989).
public struct CacheCounts: Hashable, Sendable {
  public var accesses: Int
  public var compulsory: Int
  public var capacity: Int
  public var conflict: Int

  public init(accesses: Int = 0, compulsory: Int = 0, capacity: Int = 0, conflict: Int = 0) {
    self.accesses = accesses
    self.compulsory = compulsory
    self.capacity = capacity
    self.conflict = conflict
  }

  public var misses: Int { compulsory + capacity + conflict }
  public var hits: Int { accesses - misses }
  /// Misses per access; 0 without accesses.
  public var missRate: Double { accesses > 0 ? Double(misses) / Double(accesses) : 0 }

  mutating func count(_ outcome: CacheOutcome) {
    accesses += 1
    count(missOf: outcome)
  }

  /// Counts a miss, but not the access that it was.
  mutating func count(missOf outcome: CacheOutcome) {
    switch outcome {
    case .hit: break
    case .compulsoryMiss: compulsory += 1
    case .capacityMiss: capacity += 1
    case .conflictMiss: conflict += 1
    }
  }

  public static func - (left: CacheCounts, right: CacheCounts) -> CacheCounts {
    CacheCounts(
      accesses: left.accesses - right.accesses, compulsory: left.compulsory - right.compulsory,
      capacity: left.capacity - right.capacity, conflict: left.conflict - right.conflict)
  }
}
