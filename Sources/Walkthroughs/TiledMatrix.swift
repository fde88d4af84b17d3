import StridedTensor

/// A square row-major matrix, its rows perhaps padded apart in memory, and square tiles over it.
///
/// Tiles that do not divide the matrix are ragged at the right and bottom: the kernels and walks here take what is there.
public struct TiledMatrix: Hashable, Sendable {
  /// Rows and columns.
  public let edge: Int
  /// Rows and columns of a tile.
  public let tile: Int
  /// Elements between the end of a row and the start of the next.
  public let rowPadding: Int
  /// Bytes of an element.
  public let itemSize: Int

  /// The largest edge and row padding.
  public static let limit = 1 << 15

  /// A checked matrix.
  ///
  /// - Throws: `WalkthroughError.matrix` or `.tile`.
  public init(edge: Int, tile: Int, rowPadding: Int = 0, itemSize: Int = 4) throws(WalkthroughError) {
    guard edge >= 1, edge <= Self.limit, rowPadding >= 0, rowPadding <= Self.limit else {
      throw .matrix(size: edge, rowPadding: rowPadding, limit: Self.limit)
    }
    guard tile >= 1, tile <= edge else { throw .tile(tile, matrix: edge) }
    self.edge = edge
    self.tile = tile
    self.rowPadding = rowPadding
    self.itemSize = min(max(itemSize, 1), 16)
  }

  /// Elements from one row to the next, the matrix's leading dimension.
  public var rowStride: Int { edge + rowPadding }
  /// Elements of the buffer, padding after each row included.
  public var bufferCount: Int { edge * rowStride }
  /// Tiles along one side, ragged ones included.
  public var tilesPerSide: Int { (edge + tile - 1) / tile }
  public var tileDivides: Bool { edge % tile == 0 }
  /// Rows of the last tile: the tile, or what is left over.
  public var lastTile: Int { edge - (tilesPerSide - 1) * tile }

  /// The matrix itself.
  public func layout() throws(StridedTensorError) -> Layout {
    try Layout(shape: [edge, edge], strides: [rowStride, 1])
  }

  /// The tiles as one strided view (tile row, tile column, row, column); nil if T does not divide n, as then there is none.
  public var tiles: Layout? { try? layout().tiled(tile) }

  /// The strides (n·T, T, n, 1), with the row stride for n.
  ///
  /// They hold for ragged tiles too; it is the shape that does not.
  public var tileStrides: [Int] { [rowStride * tile, tile, rowStride, 1] }

  /// The matrix with edges raised to a multiple of the tile: the view of it exists, and the border is padding.
  public var paddedEdge: Int { tilesPerSide * tile }

  /// The padded alternative in full; this matrix if the tile divides.
  public func padded() throws(WalkthroughError) -> TiledMatrix {
    try TiledMatrix(edge: paddedEdge, tile: tile, rowPadding: rowPadding, itemSize: itemSize)
  }

  /// Cells that the padded alternative adds.
  public var paddingCells: Int { paddedEdge * paddedEdge - edge * edge }

  /// The offset of an element.
  public func offset(row: Int, column: Int) -> Int { row * rowStride + column }
}

/// The sentences that derive the strides, or say why there are none.
extension TiledMatrix {
  /// One for each stride of the view, outermost first.
  public var strideSentences: [String] {
    let (n, t) = (rowStride, tile)
    let name = rowPadding == 0 ? "n" : "(n+padding)"
    return [
      "+1 in the tile row moves T rows: \(name)·T = \(n)·\(t) = \(n * t) elements",
      "+1 in the tile column moves T columns: T = \(t) \(t == 1 ? "element" : "elements")",
      "+1 in the row moves one row: \(name) = \(n) \(n == 1 ? "element" : "elements")",
      "+1 in the column moves 1 element",
    ]
  }

  /// Why the tiles are not one strided view; nil if they are.
  public var raggedSentence: String? {
    guard !tileDivides else { return nil }
    let left = edge % tile
    return
      "\(tile) does not divide \(edge): the last tile has \(left) of \(tile) rows, and a strided view has one length "
      + "for an axis; as \(tilesPerSide)×\(tilesPerSide) tiles it would need \(paddedEdge) rows and columns"
  }

  /// What padding to a multiple of T costs; nil if the tile divides.
  public var paddingSentence: String? {
    guard !tileDivides else { return nil }
    return "padded to \(paddedEdge)×\(paddedEdge): \(paddingCells) cells more, "
      + "\(paddedEdge * paddedEdge * itemSize) bytes instead of \(edge * edge * itemSize)"
  }
}
