/// A clipped part of a frame that is being drawn, with its own origin.
///
/// Canvases of one frame share it while it is drawn; `Frame.drawn` gives the finished value.
public struct Canvas {
  final class Target {
    // Only the one drawing thread has it, and a check at every cell would cost more than the cell.
    @exclusivity(unchecked) var frame: Frame
    /// Whether a glyph of two columns stands in the frame, or has stood there.
    @exclusivity(unchecked) var hasWide = false
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
      column: bounds.column.saturatingAdd(rect.column), row: bounds.row.saturatingAdd(rect.row), columns: rect.columns,
      rows: rect.rows)
    return Canvas(target: target, bounds: absolute, clip: clip)
  }

  /// One cell; nothing outside the canvas.
  ///
  /// A wide glyph also takes the next cell, or becomes a blank if that lies outside; a wide glyph that loses one of its
  /// cells loses both.
  public func put(_ cell: Cell, column: Int, row: Int) {
    put(cell, at: Point(column: bounds.column.saturatingAdd(column), row: bounds.row.saturatingAdd(row)))
  }

  /// One cell at a place in the frame's coordinates.
  private func put(_ cell: Cell, at point: Point) {
    guard clip.contains(point) else { return }
    if !target.hasWide, cell.glyph.cellWidth == 1 { return target.frame.replace(cell, at: point) }
    let next = Point(column: point.column.saturatingAdd(1), row: point.row)
    switch cell.glyph.cellWidth {
    case 2 where clip.contains(next):
      target.hasWide = true
      clearHalves(at: next)
      target.frame[next] = Cell(Cell.continuation, cell.style)
      set(cell, at: point)
    case 1: set(cell, at: point)
    default: set(Cell(" ", cell.style), at: point)
    }
  }

  private func set(_ cell: Cell, at point: Point) {
    let wasWide = target.frame[point].glyph.cellWidth != 1 && cell.glyph.cellWidth == 1
    if wasWide || target.frame[point].glyph == Cell.continuation { clearHalves(at: point) }
    target.frame[point] = cell
  }

  /// Blanks the other cell of a wide glyph that is about to lose this one.
  private func clearHalves(at point: Point) {
    let (before, after) = (
      Point(column: point.column - 1, row: point.row), Point(column: point.column + 1, row: point.row)
    )
    if target.frame[point].glyph == Cell.continuation {
      target.frame[before].glyph = " "
    } else if target.frame[after].glyph == Cell.continuation {
      target.frame[after].glyph = " "
    }
  }

  /// Text from a place to the right, cut at the canvas's edge.
  ///
  /// Returns the column after it. Combining and control characters are left out.
  @discardableResult
  public func put(_ text: String, column: Int, row: Int, _ style: Style = .plain) -> Int {
    let line = bounds.row.saturatingAdd(row)
    if !target.hasWide, !clip.isEmpty, clip.row <= line, line < clip.endRow {
      let (first, visible) = (bounds.column.saturatingAdd(column), clip.column..<clip.endColumn)
      if target.frame.replaceASCII(text, style, column: first, row: line, visible: visible) {
        return column.saturatingAdd(text.utf8.count)
      }
    }
    var at = column
    for glyph in text.unicodeScalars {
      let width = glyph.cellWidth
      guard width > 0 else { continue }
      put(Cell(glyph, style), column: at, row: row)
      at = at.saturatingAdd(width)
    }
    return at
  }

  /// What is drawn at a place; nil outside the canvas.
  public func cell(column: Int, row: Int) -> Cell? {
    let point = Point(column: bounds.column.saturatingAdd(column), row: bounds.row.saturatingAdd(row))
    return clip.contains(point) ? target.frame[point] : nil
  }

  /// Changes the style of a cell that is already drawn, keeping its glyph.
  public func restyle(column: Int, row: Int, _ change: (inout Style) -> Void) {
    let point = Point(column: bounds.column.saturatingAdd(column), row: bounds.row.saturatingAdd(row))
    guard clip.contains(point) else { return }
    change(&target.frame[point].style)
  }

  /// Fills a part with one cell.
  public func fill(_ rect: Rect, _ cell: Cell) {
    let visible = Rect(
      column: bounds.column.saturatingAdd(rect.column), row: bounds.row.saturatingAdd(rect.row), columns: rect.columns,
      rows: rect.rows
    ).intersection(clip)
    guard !visible.isEmpty else { return }
    for row in visible.row..<visible.endRow {
      let columns = visible.column..<visible.endColumn
      if !target.hasWide, cell.glyph.cellWidth == 1 {
        target.frame.fill(cell, columns: columns, row: row)
      } else {
        for column in columns { put(cell, at: Point(column: column, row: row)) }
      }
    }
  }

  /// Cells of a row from a place to the right, cut at the canvas's edge; the glyphs are of one column each.
  public func putNarrow(_ line: ArraySlice<Cell>, column: Int, row: Int) {
    let first = Point(column: bounds.column.saturatingAdd(column), row: bounds.row.saturatingAdd(row))
    let visible = Rect(column: first.column, row: first.row, columns: line.count, rows: 1).intersection(clip)
    guard !visible.isEmpty else { return }
    let shown = line.dropFirst(visible.column - first.column).prefix(visible.columns)
    guard target.hasWide else { return target.frame.replace(by: shown, column: visible.column, row: visible.row) }
    for (place, cell) in shown.enumerated() {
      put(cell, at: Point(column: visible.column + place, row: visible.row))
    }
  }

  /// Where the terminal's cursor is to stand; nowhere new if that lies outside the canvas.
  public func placeCursor(column: Int, row: Int) {
    let point = Point(column: bounds.column.saturatingAdd(column), row: bounds.row.saturatingAdd(row))
    if clip.contains(point) { target.frame.cursor = point }
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
