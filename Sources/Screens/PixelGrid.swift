/// Where the pixels of a picture stand on a canvas, and how they are drawn.
///
/// Pixels are `Point`s and `Rect`s of their own, counted from the picture's top left; cells are the canvas's.
public struct PixelGrid: Hashable, Sendable {
  /// How pixels fill cells.
  public enum Mode: Hashable, Sendable {
    /// Two pixels a cell, one above the other: half blocks in colour, one glyph or colour for both where there are none.
    case stacked
    /// One pixel in two cells beside each other.
    case wide
  }

  /// The picture's size in pixels.
  public let columns: Int
  public let rows: Int
  /// The cell of the first pixel.
  public let origin: Point
  public let mode: Mode
  public let appearance: Appearance

  public init(columns: Int, rows: Int, at origin: Point, _ appearance: Appearance, mode: Mode = .stacked) {
    self.columns = max(columns, 0)
    self.rows = max(rows, 0)
    self.origin = origin
    self.mode = mode
    self.appearance = appearance
  }

  /// The pixels that so many cells can show.
  public static func pixels(in size: Size, mode: Mode = .stacked) -> Size {
    switch mode {
    case .stacked: Size(columns: max(size.columns, 0), rows: 2 * max(size.rows, 0))
    case .wide: Size(columns: max(size.columns, 0) / 2, rows: max(size.rows, 0))
    }
  }

  /// Whether two pixels of a cell are told apart.
  public var showsHalves: Bool { mode == .stacked && appearance.hasColor && !appearance.ascii }

  /// The cells that the picture fills.
  public var cells: Rect {
    Rect(
      column: origin.column, row: origin.row, columns: columns * cellsAcross,
      rows: (rows + pixelsDown - 1) / pixelsDown)
  }

  /// The pixels that a cell shows: one, or two above each other; nil outside the picture.
  public func pixels(at cell: Point) -> Rect? {
    guard cells.contains(cell) else { return nil }
    let column = (cell.column - origin.column) / cellsAcross
    let row = (cell.row - origin.row) * pixelsDown
    return Rect(column: column, row: row, columns: 1, rows: min(pixelsDown, rows - row))
  }

  /// The cells that show a pixel; nil outside the picture.
  public func cells(of pixel: Point) -> Rect? {
    guard Rect(column: 0, row: 0, columns: columns, rows: rows).contains(pixel) else { return nil }
    return Rect(
      column: origin.column + pixel.column * cellsAcross, row: origin.row + pixel.row / pixelsDown,
      columns: cellsAcross, rows: 1)
  }

  /// The cells that show any pixel of a rectangle, which is cut at the picture's edges; nil if none is left.
  public func cells(of pixels: Rect) -> Rect? {
    let seen = pixels.intersection(Rect(column: 0, row: 0, columns: columns, rows: rows))
    guard !seen.isEmpty else { return nil }
    let top = seen.row / pixelsDown
    return Rect(
      column: origin.column + seen.column * cellsAcross, row: origin.row + top,
      columns: seen.columns * cellsAcross, rows: (seen.endRow - 1) / pixelsDown - top + 1)
  }

  var cellsAcross: Int { mode == .wide ? 2 : 1 }
  var pixelsDown: Int { mode == .stacked ? 2 : 1 }
}
