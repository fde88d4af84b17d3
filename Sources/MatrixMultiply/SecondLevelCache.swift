#if canImport(Glibc)
  import Glibc
#endif

/// The second-level cache of a core, by which blocks are sized.
public enum SecondLevelCache {
  /// Whether it has two megabytes, as the system tells; not where it does not tell.
  public static let isLarge: Bool = {
    #if canImport(Glibc)
      sysconf(Int32(_SC_LEVEL2_CACHE_SIZE)) >= 2 << 20
    #else
      false
    #endif
  }()
}
