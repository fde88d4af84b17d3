/// The size of a set-associative cache: how many bytes, in lines of how many, each set holding how many lines.
public struct CacheGeometry: Hashable, Sendable {
  /// Bytes in all.
  public let size: Int
  /// Bytes of one line: what is fetched at once.
  public let line: Int
  /// Lines that one set holds; as many as the cache has lines makes it fully associative, 1 direct-mapped.
  public let ways: Int

  /// The longest cache that is modelled, in lines (256 MiB of 64-byte lines).
  public static let mostLines = 1 << 22

  /// A checked geometry.
  ///
  /// - Throws: `WalkthroughError.cache` unless the line is a power of two of 8 bytes or more (so that no aligned element
  ///   straddles two), and size = sets × ways × line with at least one set.
  public init(size: Int, line: Int, ways: Int) throws(WalkthroughError) {
    guard line >= 8, line <= 1 << 20, line & (line - 1) == 0 else {
      throw .cache("expected a cache line of a power of two of 8 bytes or more, got \(line)")
    }
    guard size >= line, size % line == 0 else {
      throw .cache("expected a cache size that is a multiple of its line of \(line) bytes, got \(size)")
    }
    let lines = size / line
    guard lines <= Self.mostLines else {
      throw .cache("expected at most \(Self.mostLines) cache lines, got \(lines)")
    }
    guard ways >= 1, ways <= lines, lines % ways == 0 else {
      throw .cache("expected ways that divide the cache's \(lines) lines, got \(ways)")
    }
    self.init(uncheckedSize: size, line: line, ways: ways)
  }

  private init(uncheckedSize size: Int, line: Int, ways: Int) {
    self.size = size
    self.line = line
    self.ways = ways
  }

  /// The toy on which the lecture's 144 bytes show a difference: two lines of 16 bytes, fully associative.
  public static let toy = CacheGeometry(uncheckedSize: 32, line: 16, ways: 2)

  static let typicalLevel1 = CacheGeometry(uncheckedSize: 32 << 10, line: 64, ways: 8)
  static let typicalLevel2 = CacheGeometry(uncheckedSize: 1 << 20, line: 64, ways: 16)

  public var lines: Int { size / line }
  public var sets: Int { lines / ways }
  public var isFullyAssociative: Bool { ways == lines }

  /// The number of the line that a byte lies in; rounds down below 0.
  public func line(ofByte address: Int) -> Int { address >> line.trailingZeroBitCount }

  /// The set that a line must go to.
  public func set(ofLine line: Int) -> Int {
    let remainder = line % sets
    return remainder < 0 ? remainder + sets : remainder
  }
}

extension CacheGeometry: CustomStringConvertible {
  /// `32768 bytes, lines of 64, 8 ways, 64 sets`.
  public var description: String {
    "\(size) bytes, lines of \(line), "
      + (isFullyAssociative ? "fully associative" : "\(ways) \(ways == 1 ? "way" : "ways"), \(sets) sets")
  }
}
