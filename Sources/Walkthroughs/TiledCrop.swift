import StridedTensor

/// A square crop of one channel of a picture, in square tiles over the picture's own memory.
///
/// Where T does not divide n there is no one strided view of the tiles: the crop is first copied into a matrix padded with
/// zeros to a multiple of T, and the view is over that copy. Either way the walk is over whole tiles.
public struct TiledCrop: Hashable, Sendable {
  /// The crop: n×n, in elements of the picture's buffer.
  public let layout: Layout
  /// The walk's matrix: n×n, or padded to whole tiles; its own buffer has no row padding.
  public let matrix: TiledMatrix

  /// The upper left square of one channel.
  ///
  /// - Parameters:
  ///   - input: the N×H×W×C view.
  ///   - picture: which of the batch.
  ///   - channel: which of its channels.
  ///   - tile: brought into 1...n.
  ///   - itemSize: bytes of an element.
  /// - Throws: `WalkthroughError.matrix` if the picture has no cells or is larger than is walked.
  public init(
    of input: Layout, picture: Int, channel: Int, tile: Int, itemSize: Int
  ) throws(WalkthroughError) {
    let n = input.rank == 4 ? min(input.shape[1], input.shape[2]) : 0
    matrix = try TiledCrop.walked(edge: n, tile: tile, itemSize: itemSize)
    let (s, start) = (input.strides, input.offset + picture * input.strides[0] + channel * input.strides[3])
    do {
      layout = try Layout(shape: [n, n], strides: [s[1], s[2]], offset: start)
    } catch {
      throw .matrix(size: n, rowPadding: 0, limit: TiledMatrix.limit)
    }
  }

  /// The matrix of whole tiles that is walked over an n×n one.
  public static func walked(edge: Int, tile: Int, itemSize: Int) throws(WalkthroughError) -> TiledMatrix {
    try TiledMatrix(edge: edge, tile: min(max(tile, 1), max(edge, 1)), itemSize: itemSize).padded()
  }

  /// Rows and columns of the crop.
  public var edge: Int { layout.shape[0] }
  public var tile: Int { matrix.tile }
  public var itemSize: Int { matrix.itemSize }
  public var tileDivides: Bool { edge % tile == 0 }

  /// The path through the matrix in an order.
  public func walk(_ order: TileWalkthrough.Order) -> TileWalkthrough { TileWalkthrough(matrix: matrix, order: order) }

  /// Whether an element of the walk is one of the crop; if not, it is padding.
  public func contains(row: Int, column: Int) -> Bool {
    (0..<edge).contains(row) && (0..<edge).contains(column)
  }

  /// Strides of one row and one column in the memory that the view lies over: the picture's, or the padded copy's.
  public var strides: (row: Int, column: Int) {
    tileDivides ? (layout.strides[0], layout.strides[1]) : (matrix.rowStride, 1)
  }

  /// The tiles as one strided view, over the picture's memory or over the padded copy.
  public func view() throws(StridedTensorError) -> Layout {
    let (tiles, edge) = (matrix.tilesPerSide, tile)
    return try Layout(
      shape: [tiles, tiles, edge, edge],
      strides: [strides.row * edge, strides.column * edge, strides.row, strides.column],
      offset: tileDivides ? layout.offset : 0)
  }

  /// The offset of an element in the memory that the view lies over.
  public func offset(row: Int, column: Int) -> Int {
    (tileDivides ? layout.offset : 0) + row * strides.row + column * strides.column
  }

  /// Bytes from the element of the step before to that of step `t`; nil at the first.
  public func jump(at t: Int, _ order: TileWalkthrough.Order) -> Int? {
    guard t > 0 else { return nil }
    let walk = walk(order)
    let (now, before) = (walk.step(at: t), walk.step(at: t - 1))
    return (offset(row: now.row, column: now.column) - offset(row: before.row, column: before.column)) * itemSize
  }

  /// The misses of one walk through the view's memory in a cold cache.
  ///
  /// - Complexity: O(cells of the crop).
  public func misses(_ order: TileWalkthrough.Order, in cache: CacheGeometry) -> CacheCounts {
    let walk = walk(order)
    var model = CacheModel(cache)
    for t in 0..<walk.count {
      let (row, column) = walk.place(at: t)
      model.access(offset(row: row, column: column) * itemSize)
    }
    return model.counts
  }

  /// The misses of one walk through the contiguous copy.
  public func copyMisses(in cache: CacheGeometry) -> CacheCounts {
    var model = CacheModel(cache)
    model.access(from: 0, byteStride: itemSize, count: matrix.edge * matrix.edge)
    return model.counts
  }
}

/// The sentences that derive the strides.
extension TiledCrop {
  /// How the stride of one row comes about: `n` where the crop is the whole picture, else in the picture's own terms.
  ///
  /// - Parameters:
  ///   - width: columns of the picture.
  ///   - channels: of the picture.
  public func rowStrideName(width: Int, channels: Int) -> String {
    let row = strides.row
    if !tileDivides { return "n" }
    if row == edge, strides.column == 1 { return "n" }
    if row == width, strides.column == 1 { return "W" }
    if row == width * channels, strides.column == channels { return "W·C" }
    return "row stride"
  }

  /// One for each stride of the view, outermost first; of each, longer wordings first.
  public func strideSentences(rowName name: String) -> [[String]] {
    let (row, column, edge) = (strides.row, strides.column, tile)
    func elements(_ count: Int) -> String { count == 1 ? "1 element" : "\(count) elements" }
    let across = column == 1 ? "T = \(edge)" : "C·T = \(column)·\(edge) = \(column * edge)"
    return [
      [
        "+1 in the tile row moves T rows: \(name)·T = \(row)·\(edge) = \(elements(row * edge))",
        "+1 tile row = T rows: \(name)·T = \(row)·\(edge) = \(row * edge)", "tile row: \(name)·T = \(row * edge)",
      ],
      [
        "+1 in the tile column moves T columns: \(across)\(column * edge == 1 ? " element" : " elements")",
        "+1 tile column = T columns: \(across)", "tile column: \(across)",
      ],
      ["+1 in the row moves one row: \(name) = \(elements(row))", "+1 row: \(name) = \(row)"],
      ["+1 in the column moves one column: \(elements(column))", "+1 column: \(column)"],
    ]
  }
}
