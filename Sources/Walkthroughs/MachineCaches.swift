/// The first two data caches of a machine, for the cache model.
public struct MachineCaches: Hashable, Sendable {
  public var level1: CacheGeometry
  public var level2: CacheGeometry
  /// Whether these are of the machine that the program runs on; if not, they are typical ones.
  public var areMeasured: Bool

  public init(level1: CacheGeometry, level2: CacheGeometry, areMeasured: Bool) {
    self.level1 = level1
    self.level2 = level2
    self.areMeasured = areMeasured
  }

  /// 32 KiB in 8 ways and 1 MiB in 16, lines of 64 bytes: what stands in where a machine does not tell.
  public static let typical = MachineCaches(level1: .typicalLevel1, level2: .typicalLevel2, areMeasured: false)
}
