#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// Lends memory for the time of a call; what it holds at first is undefined.
///
/// The thread keeps it for the next call: memory fresh from the system costs a page fault and zeros for every page, which
/// takes longer than many a convolution, and what was used last is in the core's cache.
///
/// - Parameters:
///   - count: elements, which begin on a line of the cache.
///   - element: their type.
///   - body: uses the memory, and must not keep it.
/// - Returns: what `body` returns.
public func withScratch<Element, Result>(
  _ count: Int, of element: Element.Type, _ body: (UnsafeMutablePointer<Element>) -> Result
) -> Result {
  let scratch = ThreadScratch.ofThisThread
  let buffer = scratch.take(max(count, 1) * MemoryLayout<Element>.stride)
  defer { scratch.give(buffer) }
  return body(buffer.memory.bindMemory(to: Element.self, capacity: count))
}

/// The buffers that a thread has ready, given back to the system when it ends.
///
/// Unlike the kept buffers of tensors, which any thread takes, these need no lock, and may be small.
private final class ThreadScratch {
  /// Most bytes that are kept; the oldest buffers go first.
  private static let limit = 8 << 20
  #if EXACT_SCRATCH
    /// A sanitizer sees an overrun only of a buffer that is exactly as large as was asked for.
    private static let grain = 1
    private static let mostBuffers = 0
  #else
    /// Sizes are rounded up to it, so that calls of nearly the same size share a buffer.
    private static let grain = 1 << 14
    private static let mostBuffers = 4
  #endif

  struct Buffer {
    let memory: UnsafeMutableRawPointer
    let bytes: Int
  }

  private var kept: [Buffer] = []

  deinit { for buffer in kept { buffer.memory.deallocate() } }

  /// The smallest kept buffer of at least so many bytes, or a new one.
  func take(_ bytes: Int) -> Buffer {
    let fitting = kept.indices.filter { kept[$0].bytes >= bytes }
    if let best = fitting.min(by: { kept[$0].bytes < kept[$1].bytes }) { return kept.remove(at: best) }
    let rounded = (bytes + Self.grain - 1) / Self.grain * Self.grain
    let memory: UnsafeMutablePointer<UInt8> = allocateAligned(rounded)
    return Buffer(memory: memory, bytes: rounded)
  }

  func give(_ buffer: Buffer) {
    guard buffer.bytes <= Self.limit else { return buffer.memory.deallocate() }
    kept.append(buffer)
    while kept.count > Self.mostBuffers || kept.reduce(0, { $0 + $1.bytes }) > Self.limit {
      kept.removeFirst().memory.deallocate()
    }
  }

  private static let key: pthread_key_t = {
    var key = pthread_key_t()
    pthread_key_create(&key) { scratch in
      #if canImport(Darwin)
        Unmanaged<ThreadScratch>.fromOpaque(scratch).release()
      #else
        if let scratch { Unmanaged<ThreadScratch>.fromOpaque(scratch).release() }
      #endif
    }
    return key
  }()

  static var ofThisThread: ThreadScratch {
    if let scratch = pthread_getspecific(key) {
      return Unmanaged<ThreadScratch>.fromOpaque(scratch).takeUnretainedValue()
    }
    let scratch = ThreadScratch()
    pthread_setspecific(key, Unmanaged.passRetained(scratch).toOpaque())
    return scratch
  }
}
