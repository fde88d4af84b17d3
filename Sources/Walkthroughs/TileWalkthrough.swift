/// The path through a matrix, element by element: row by row, or tile by tile.
public struct TileWalkthrough: Hashable, Sendable {
  public enum Order: String, Hashable, Sendable, CaseIterable {
    case rowByRow = "row by row"
    case tileByTile = "tile by tile"
  }

  public let matrix: TiledMatrix
  public let order: Order

  public init(matrix: TiledMatrix, order: Order) {
    self.matrix = matrix
    self.order = order
  }

  public var count: Int { matrix.edge * matrix.edge }

  /// What step `t` visits; `t` is brought into range.
  ///
  /// - Complexity: O(1), also with ragged tiles.
  public func step(at t: Int) -> TileStep {
    let t = min(max(t, 0), count - 1)
    let (row, column) = place(at: t)
    let offset = matrix.offset(row: row, column: column)
    var jump: Int?
    if t > 0 {
      let before = place(at: t - 1)
      jump = (offset - matrix.offset(row: before.row, column: before.column)) * matrix.itemSize
    }
    return TileStep(
      t: t, row: row, column: column, tileRow: row / matrix.tile, tileColumn: column / matrix.tile, offset: offset,
      jump: jump)
  }

  /// The step that visits an element.
  ///
  /// - Complexity: O(1).
  public func stepIndex(row: Int, column: Int) -> Int {
    let (n, edge) = (matrix.edge, matrix.tile)
    switch order {
    case .rowByRow: return row * n + column
    case .tileByTile:
      let (top, left) = (row / edge * edge, column / edge * edge)
      let (height, width) = (min(edge, n - top), min(edge, n - left))
      return top * n + left * height + (row - top) * width + (column - left)
    }
  }

  func place(at t: Int) -> (row: Int, column: Int) {
    let (n, edge) = (matrix.edge, matrix.tile)
    switch order {
    case .rowByRow: return (t / n, t % n)
    case .tileByTile:
      // A band of tiles is `edge` whole rows, the last one fewer; in a band of h rows a tile is h·edge elements.
      let top = t / (edge * n) * edge
      let height = min(edge, n - top)
      let left = (t - top * n) / (height * edge) * edge
      let width = min(edge, n - left)
      let inTile = t - top * n - left * height
      return (top + inTile / width, left + inTile % width)
    }
  }

  /// The loops in NumPy's terms, and the line that each step runs.
  public var code: (listing: CodeListing, line: Int) {
    let (n, edge) = (matrix.edge, matrix.tile)
    switch order {
    case .rowByRow:
      let lines = ["for row in range(\(n)):", " for column in range(\(n)):", "  visit(A[row,column])"]
      return (CodeListing(lines), 2)
    case .tileByTile:
      let end = { (start: String) in matrix.tileDivides ? "\(start)+\(edge)" : "min(\(start)+\(edge), \(n))" }
      let lines = [
        "for top in range(0, \(n), \(edge)):", " for left in range(0, \(n), \(edge)):",
        "  for row in range(top, \(end("top"))):", "   for column in range(left, \(end("left"))):",
        "    visit(A[row,column])",
      ]
      return (CodeListing(lines), 4)
    }
  }
}

/// One step of a path through a matrix.
public struct TileStep: Hashable, Sendable {
  public let t: Int
  public let row: Int
  public let column: Int
  public let tileRow: Int
  public let tileColumn: Int
  /// The element in the matrix's memory.
  public let offset: Int
  /// Bytes from the element of the step before; nil at the first.
  public let jump: Int?
}
