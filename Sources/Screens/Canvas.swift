/// A clipped part of a frame that is being drawn, with its own origin.
///
/// Canvases of one frame share it while it is drawn; `Frame.drawn` gives the finished value.
public struct Canvas {
  final class Target {
    var frame: Frame
    init(frame: Frame) { self.frame = frame }
  }

  let target: Target
  /// The part of the frame that this canvas covers, in the frame's coordinates.
  public let bounds: Rect
  private let clip: Rect

  init(target: Target, bounds: Rect, clip: Rect) {
    self.target = target
    self.bounds = bounds
    self.clip = clip.intersection(bounds)
  }

  public var size: Size { bounds.size }
  public var columns: Int { bounds.columns }
  public var rows: Int { bounds.rows }

  /// A part of this canvas, in this canvas's coordinates.
  public func part(_ rect: Rect) -> Canvas {
    let absolute = Rect(
      column: bounds.column + rect.column, row: bounds.row + rect.row, columns: rect.columns, rows: rect.rows)
    return Canvas(target: target, bounds: absolute, clip: clip)
  }

  /// One cell; nothing outside the canvas.
  public func put(_ cell: Cell, column: Int, row: Int) {
    let point = Point(column: bounds.column + column, row: bounds.row + row)
    guard clip.contains(point) else { return }
    target.frame[point] = cell
  }

  /// Text from a place to the right, cut at the canvas's edge. Returns the column after it.
  @discardableResult
  public func put(_ text: String, column: Int, row: Int, _ style: Style = .plain) -> Int {
    var at = column
    for glyph in text.unicodeScalars {
      let width = glyph.cellWidth
      guard width > 0 else { continue }
      put(Cell(glyph, style), column: at, row: row)
      if width == 2 { put(Cell(Cell.continuation, style), column: at + 1, row: row) }
      at += width
    }
    return at
  }

  /// Changes the style of a cell that is already drawn, keeping its glyph.
  public func restyle(column: Int, row: Int, _ change: (inout Style) -> Void) {
    let point = Point(column: bounds.column + column, row: bounds.row + row)
    guard clip.contains(point) else { return }
    change(&target.frame[point].style)
  }

  /// Fills a part with one cell.
  public func fill(_ rect: Rect, _ cell: Cell) {
    for row in rect.row..<rect.endRow {
      for column in rect.column..<rect.endColumn { put(cell, column: column, row: row) }
    }
  }

  /// Where the terminal's cursor is to stand.
  public func placeCursor(column: Int, row: Int) {
    target.frame.cursor = Point(column: bounds.column + column, row: bounds.row + row)
  }
}

extension Frame {
  /// A frame drawn by a closure that gets a canvas of the whole of it.
  public static func drawn(size: Size, _ draw: (Canvas) -> Void) -> Frame {
    let target = Canvas.Target(frame: Frame(size: size))
    let whole = Rect(size: size)
    draw(Canvas(target: target, bounds: whole, clip: whole))
    return target.frame
  }
}
