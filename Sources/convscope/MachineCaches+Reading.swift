import Measuring
import Walkthroughs

extension MachineCaches {
  /// The caches of the first processor as the system tells them; typical ones where it does not.
  static func ofThisMachine() -> MachineCaches {
    let caches = CacheDescription.ofThisMachine()
    guard let level1 = geometry(level: 1, of: caches), let level2 = geometry(level: 2, of: caches) else {
      return .typical
    }
    return MachineCaches(level1: level1, level2: level2, areMeasured: true)
  }

  private static func geometry(level: Int, of caches: [CacheDescription]) -> CacheGeometry? {
    guard let cache = caches.first(where: { $0.level == level }) else { return nil }
    // A machine that says 0 ways means fully associative; one that says nonsense is not modelled.
    let (line, ways) = (cache.lineBytes, cache.ways)
    return try? CacheGeometry(size: cache.bytes, line: line, ways: ways > 0 || line <= 0 ? ways : cache.bytes / line)
  }
}
