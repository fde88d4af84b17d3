#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// The buffer behind tensors: aligned to a cache line, shared by all views of it.
///
/// The only class and the only owner of memory in this module. Tensors are values: they write only into storage that they
/// alone hold (copy on write), so sharing it between threads is safe.
@usableFromInline final class Storage<Element: TensorElement>: @unchecked Sendable {
  /// Bytes of a cache line, and the alignment of every buffer.
  static var alignment: Int { 64 }

  @usableFromInline let elements: UnsafeMutableBufferPointer<Element>
  /// The memory under the elements, which may be somewhat larger.
  private let buffer: BufferCache.Buffer

  /// Memory for `count` elements, not yet initialised.
  ///
  /// - Throws: `notEnoughMemory` for more than the machine has, before it is asked for: a system that hands out
  ///   memory that it does not have ends the program later instead.
  init(uninitializedCount count: Int) throws(StridedTensorError) {
    let (bytes, overflow) = max(count, 1).multipliedReportingOverflow(by: MemoryLayout<Element>.stride)
    guard !overflow, bytes <= MachineMemory.bytes else {
      throw .notEnoughMemory(elements: count, itemSize: MemoryLayout<Element>.stride, limit: MachineMemory.bytes)
    }
    guard let buffer = Self.allocate(bytes) else {
      throw .notEnoughMemory(elements: count, itemSize: MemoryLayout<Element>.stride, limit: MachineMemory.bytes)
    }
    self.buffer = buffer
    elements = UnsafeMutableBufferPointer(
      start: buffer.memory.bindMemory(to: Element.self, capacity: count), count: count)
  }

  /// A copy of another buffer, for the one who is about to write.
  init(copying other: Storage) {
    let count = other.elements.count
    // As with the standard library's arrays, a copy that the system has no memory for ends the program.
    guard let buffer = Self.allocate(max(count, 1) * MemoryLayout<Element>.stride) else {
      fatalError("out of memory while copying a tensor of \(count) elements")
    }
    self.buffer = buffer
    elements = UnsafeMutableBufferPointer(
      start: buffer.memory.bindMemory(to: Element.self, capacity: count), count: count)
    _ = elements.initialize(fromContentsOf: other.elements)
  }

  deinit { BufferCache.shared.give(buffer) }

  private static func allocate(_ bytes: Int) -> BufferCache.Buffer? {
    if let kept = BufferCache.shared.take(bytes) { return kept }
    func fresh() -> UnsafeMutableRawPointer? {
      var memory: UnsafeMutableRawPointer?
      return posix_memalign(&memory, MachineMemory.alignment(bytes, least: alignment), bytes) == 0 ? memory : nil
    }
    var memory = fresh()
    if memory == nil {
      // A limit on this process counts what is kept.
      BufferCache.shared.clear()
      memory = fresh()
    }
    guard let memory else { return nil }
    MachineMemory.askForLargePages(memory, bytes)
    return BufferCache.Buffer(memory: memory, bytes: bytes)
  }
}

/// How much memory the machine has: the stated limit of every buffer.
public enum MachineMemory {
  /// Bytes of physical memory, as the system reports them.
  public static let bytes: Int = {
    let pages = sysconf(Int32(_SC_PHYS_PAGES))
    let (product, overflow) = pages.multipliedReportingOverflow(by: sysconf(Int32(_SC_PAGESIZE)))
    return pages > 0 && !overflow && product > 0 ? product : 1 << 32
  }()

  private static let page = 4096
  private static let largePage = 2 << 20

  /// Asks Linux for pages of 2 MiB under large buffers, as NumPy does: touching a new patch matrix costs a fault a page, and
  /// freeing gigabytes takes as many steps.
  package static func askForLargePages(_ memory: UnsafeMutableRawPointer, _ bytes: Int) {
    #if os(Linux)
      // Only a wish: where it is refused the buffer works as it is.
      if bytes >= 2 * largePage { advise(MADV_HUGEPAGE, memory, bytes) }
    #endif
  }

  /// Where a buffer should start: one with large pages on such a page, so that there are none but whole ones.
  package static func alignment(_ bytes: Int, least: Int) -> Int { bytes >= 2 * largePage ? largePage : least }

  /// Whether memory can be lent back to the system.
  static var canLendBack: Bool {
    #if os(Linux)
      true
    #else
      false
    #endif
  }

  /// Lets the system take the pages of a buffer whenever it runs short of memory; what the buffer holds is undefined from now
  /// on, and pages that are written again are the buffer's again.
  static func lendBack(_ memory: UnsafeMutableRawPointer, _ bytes: Int) {
    #if os(Linux)
      advise(MADV_FREE, memory, bytes)
    #endif
  }

  #if os(Linux)
    /// Tells the system about the whole pages of a buffer.
    private static func advise(_ advice: some BinaryInteger, _ memory: UnsafeMutableRawPointer, _ bytes: Int) {
      let skipped = (page - Int(bitPattern: memory) % page) % page
      guard bytes - skipped >= page else { return }
      _ = madvise(memory + skipped, (bytes - skipped) / page * page, Int32(advice))
    }
  #endif
}
