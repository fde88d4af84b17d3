/// What is asked over all tile sizes: a block transpose and a blocked product of one matrix, in one cache.
public struct TileSweep: Hashable, Sendable {
  public enum Operation: String, Hashable, Sendable, CaseIterable {
    case transpose, product
  }

  /// One point of a curve.
  public struct Point: Hashable, Sendable {
    public let operation: Operation
    public let tile: Int

    public init(_ operation: Operation, tile: Int) {
      self.operation = operation
      self.tile = tile
    }
  }

  /// Rows and columns of the matrices.
  public let edge: Int
  /// Elements between the end of a row and the start of the next.
  public let rowPadding: Int
  public let cache: CacheGeometry
  /// Bytes of an element: the kernels run in float32.
  public static let itemSize = 4

  /// The largest edge and row padding: three matrices then take 400 MB.
  public static let limit = 4096
  /// The largest edge whose product is timed.
  public static let timedProductLimit = 2048
  /// Accesses of all curves together that are simulated at once, without a wait that anyone would notice.
  public static let immediateAccesses = 1 << 20

  /// Accesses of one point up to which all are simulated; beyond, a sample of as many.
  public static let exactAccesses = 1 << 22

  /// - Throws: `WalkthroughError.matrix`.
  public init(edge: Int, rowPadding: Int, cache: CacheGeometry) throws(WalkthroughError) {
    guard (1...Self.limit).contains(edge), (0...Self.limit).contains(rowPadding) else {
      throw .matrix(size: edge, rowPadding: rowPadding, limit: Self.limit)
    }
    self.edge = edge
    self.rowPadding = rowPadding
    self.cache = cache
  }

  /// Powers of two up to the matrix, and the matrix itself, which is no tiling at all.
  public var tiles: [Int] {
    var tiles: [Int] = []
    var tile = 1
    while tile < edge {
      tiles.append(tile)
      tile *= 2
    }
    return tiles + [edge]
  }

  /// All points, the quick ones first.
  public var points: [Point] {
    Operation.allCases.flatMap { operation in tiles.reversed().map { Point(operation, tile: $0) } }
  }

  public func matrix(tile: Int) throws(WalkthroughError) -> TiledMatrix {
    try TiledMatrix(edge: edge, tile: tile, rowPadding: rowPadding, itemSize: Self.itemSize)
  }

  /// The accesses of one point.
  ///
  /// Rows of the product are read and written in pieces of a line, as the wide loads of its loops do.
  public func stream(_ point: Point) throws(WalkthroughError) -> any AddressStream {
    let matrix = try matrix(tile: point.tile)
    switch point.operation {
    case .transpose: return BlockTransposeStream(matrix: matrix)
    case .product: return BlockProductStream(matrix: matrix, pieceBytes: min(cache.line, 64))
    }
  }

  /// Whether all curves of misses together are few accesses.
  public var isImmediate: Bool {
    var left = Self.immediateAccesses
    for point in points {
      left -= (try? stream(point).count) ?? left
      guard left >= 0 else { return false }
    }
    return true
  }

  /// The misses of one point; nil if cancelled.
  public func misses(_ point: Point, isCancelled: () -> Bool = { false }) -> CacheReport? {
    guard let stream = try? stream(point) else { return nil }
    return CacheSimulation(cache, exactLimit: Self.exactAccesses).run(stream, isCancelled: isCancelled)
  }

  /// Whether a point is timed.
  public func isTimed(_ point: Point) -> Bool {
    point.operation == .transpose || edge <= Self.timedProductLimit
  }

  /// How many sets of the cache the elements of one column lie in.
  ///
  /// A column of a matrix whose rows are a multiple of sets × line apart lies in one set: it holds only `ways` of its
  /// lines, however large the cache is.
  ///
  /// - Complexity: O(edge).
  public var setsOfAColumn: Int { setsOfAColumn(rowPadding: rowPadding) }

  /// The next row padding by whole lines at which a column spreads over all sets, or as many as it has rows; nil if
  /// it does already, or none of the next few does.
  public var spreadingRowPadding: Int? {
    let most = min(cache.sets, edge)
    guard setsOfAColumn < most else { return nil }
    return (1...4).map { rowPadding + $0 * cache.line / Self.itemSize }
      .first { $0 <= Self.limit && setsOfAColumn(rowPadding: $0) >= most }
  }

  private func setsOfAColumn(rowPadding: Int) -> Int {
    let stride = (edge + rowPadding) * Self.itemSize
    var isTouched = [Bool](repeating: false, count: min(cache.sets, CacheGeometry.mostLines))
    var count = 0
    for row in 0..<edge {
      let set = cache.set(ofLine: cache.line(ofByte: row * stride))
      if !isTouched[set] {
        isTouched[set] = true
        count += 1
      }
    }
    return count
  }
}
