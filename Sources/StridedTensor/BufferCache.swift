import Synchronization

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// Freed buffers of some megabytes and more, kept for the next tensor of about that size.
///
/// Memory fresh from the system costs a page fault and zeros for every page, which can take longer than filling a patch
/// matrix; and the matrix of one call is as large as that of the next. What a program sees of it: after its tensors are gone
/// the process still holds up to `limit` bytes. The large ones among them are the system's to take back whenever it runs short
/// (Linux counts them as available), so that they are in nobody's way; elsewhere these are not kept.
final class BufferCache: Sendable {
  static let shared = BufferCache()

  struct Buffer: @unchecked Sendable {
    let memory: UnsafeMutableRawPointer
    let bytes: Int
  }

  /// Smaller buffers are the allocator's business.
  static let smallest = 1 << 20
  /// Larger ones are lent back to the system while they are kept.
  static let largestHeld = 64 << 20
  /// Most bytes and buffers that are kept; the oldest go first.
  static let limit = MachineMemory.canLendBack ? max(MachineMemory.bytes / 4, 128 << 20) : 128 << 20
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
    if buffer.bytes > Self.largestHeld { MachineMemory.lendBack(buffer.memory, buffer.bytes) }
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

  /// Frees all that is kept: for the one whose wish for memory was refused.
  func clear() {
    let dropped = kept.withLock { kept in
      defer { kept = [] }
      return kept
    }
    for buffer in dropped { free(buffer.memory) }
  }
}
