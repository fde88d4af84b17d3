/// What this machine can do at most on a number of threads, measured in the same run.
public struct Ceilings: Hashable, Sendable {
  public let threads: Int
  /// 10⁹ multiplications and additions a second, in registers.
  public let peakGigaflops: Double
  /// The nearest memory first: L2, L3, DRAM.
  public let levels: [MemoryCeiling]
  /// Why the peak is not to be trusted, and may be higher; empty if nothing disturbed it.
  public let peakTaints: [Taint]

  public init(threads: Int, peakGigaflops: Double, levels: [MemoryCeiling], peakTaints: [Taint] = []) {
    self.threads = threads
    self.peakGigaflops = peakGigaflops
    self.levels = levels
    self.peakTaints = peakTaints
  }

  /// Whether any of them may be higher.
  public var isDoubtful: Bool { !peakTaints.isEmpty || levels.contains(where: \.isDoubtful) }

  /// The most that a contender of this intensity can do with its data in a level, in 10⁹ operations a second.
  public func roof(intensity: Double, level: MemoryLevel) -> Double? {
    levels.first { $0.level == level }.map { min(peakGigaflops, intensity * $0.gigabytes) }
  }
}

public enum MemoryLevel: String, CaseIterable, Sendable {
  case l2 = "L2"
  case l3 = "L3"
  case dram = "DRAM"
}

/// How fast one level of memory is, in 10⁹ bytes a second.
public struct MemoryCeiling: Hashable, Sendable {
  public let level: MemoryLevel
  /// Bytes of the block walked on each thread.
  public let blockBytes: Int
  /// Bytes read, by sums.
  public let read: Double
  /// Bytes read and bytes written, by `memcpy`.
  public let copy: Double
  /// Why the faster of both is not to be trusted, and may be higher; empty if nothing disturbed it.
  public let taints: [Taint]
  /// The ceiling: the faster of both.
  public var gigabytes: Double { max(read, copy) }
  public var isDoubtful: Bool { !taints.isEmpty }

  public init(level: MemoryLevel, blockBytes: Int, read: Double, copy: Double, taints: [Taint] = []) {
    self.level = level
    self.blockBytes = blockBytes
    self.read = read
    self.copy = copy
    self.taints = taints
  }
}
