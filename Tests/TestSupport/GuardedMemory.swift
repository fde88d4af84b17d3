#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// Memory whose last element is followed by a page that must not be touched, and whose first page is preceded by one.
///
/// A read or write beyond an end stops the test run: proof that kernels stay within their arrays.
public final class GuardedMemory<Element: BitwiseCopyable> {
  private let mapping: UnsafeMutableRawPointer
  private let mappedBytes: Int
  /// The first element; the last one ends at the guard page, or with `atStart` the first one begins after it.
  public let start: UnsafeMutablePointer<Element>
  public let count: Int

  public init?(_ elements: [Element], atStart: Bool = false) {
    let page = Int(sysconf(Int32(_SC_PAGESIZE)))
    let bytes = elements.count * MemoryLayout<Element>.stride
    let pages = max((bytes + page - 1) / page, 1)
    mappedBytes = (pages + 2) * page
    #if canImport(Darwin)
      let flags = MAP_PRIVATE | MAP_ANON
    #else
      let flags = MAP_PRIVATE | MAP_ANONYMOUS
    #endif
    guard let memory = mmap(nil, mappedBytes, PROT_READ | PROT_WRITE, flags, -1, 0), memory != MAP_FAILED else {
      return nil
    }
    mapping = memory
    mprotect(mapping, page, PROT_NONE)
    mprotect(mapping + (pages + 1) * page, page, PROT_NONE)
    let offset = atStart ? page : (pages + 1) * page - bytes
    count = elements.count
    start = (mapping + offset).bindMemory(to: Element.self, capacity: max(count, 1))
    start.initialize(from: elements, count: elements.count)
  }

  deinit { munmap(mapping, mappedBytes) }

  public var elements: [Element] { Array(UnsafeBufferPointer(start: start, count: count)) }
}
