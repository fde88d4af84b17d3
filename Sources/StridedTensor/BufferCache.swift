import Synchronization

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// Freed buffers of some megabytes, kept for the next tensor of about that size.
///
/// Memory fresh from the system costs a page fault and zeros for every page, which can take longer than filling a patch
/// matrix; and the matrix of one call is as large as that of the next.
final class BufferCache: Sendable {
  static let shared = BufferCache()

  struct Buffer: @unchecked Sendable {
    let memory: UnsafeMutableRawPointer
    let bytes: Int
  }

  /// Smaller buffers are the allocator's business.
  static let smallest = 1 << 20
  /// Most bytes and buffers that are kept; the oldest go first.
  static let limit = 128 << 20
  static let mostBuffers = 8

  private let kept = Mutex<[Buffer]>([])

  /// A kept buffer of at least `bytes` and not much more, nil if there is none; it is the caller's from then on.
  func take(_ bytes: Int) -> Buffer? {
    guard bytes >= Self.smallest, bytes <= Self.limit else { return nil }
    return kept.withLock { kept in
      guard let index = kept.lastIndex(where: { $0.bytes >= bytes && $0.bytes <= bytes + bytes / 4 }) else {
        return nil
      }
      return kept.remove(at: index)
    }
  }

  /// Keeps a buffer, or frees it where it is too small or too large to keep.
  func give(_ buffer: Buffer) {
    guard buffer.bytes >= Self.smallest, buffer.bytes <= Self.limit else { return free(buffer.memory) }
    let dropped = kept.withLock { kept in
      kept.append(buffer)
      var dropped: [Buffer] = []
      while kept.count > Self.mostBuffers || kept.reduce(0, { $0 + $1.bytes }) > Self.limit {
        dropped.append(kept.removeFirst())
      }
      return dropped
    }
    for buffer in dropped { free(buffer.memory) }
  }
}
