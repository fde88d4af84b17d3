import Screens

extension GridView {
  /// Draws the visible cells as numbers under their column labels.
  func drawNumbers(slot: Int, on canvas: Canvas, appearance: Appearance, flashes: Bool) {
    let left = grid.labelWidth + 1
    let inset = inset(slot: slot)
    for column in columns {
      let label = grid.columnLabel(column)
      let shown = [label, grid.shortColumnLabel(column)].first { $0.cellWidth < slot } ?? ""
      let end = left + (column - columns.lowerBound) * slot + inset + 1 + grid.format.columns
      canvas.put(shown, column: end - shown.cellWidth, row: 0, Style(.faint))
    }
    for row in rows {
      // The numbers stand in the middle of a row's lines.
      let lines = 1 + (row - rows.lowerBound) * spread..<1 + (row - rows.lowerBound + 1) * spread
      let line = lines.lowerBound + (spread - 1) / 2
      let label = grid.rowLabel(row)
      canvas.put(label, column: grid.labelWidth - label.cellWidth, row: line, Style(.faint))
      // Brackets reach into the neighbour's slot where slots are tight, so they are drawn after all numbers of the row.
      let cells = columns.map { grid.cell(row, $0) }
      for (place, cell) in cells.enumerated() {
        drawGround(cell, column: left + place * slot, rows: lines, slot: slot, on: canvas)
        drawNumber(cell, column: left + place * slot + inset, row: line, on: canvas, appearance: appearance)
      }
      for line in lines { drawBreaks(row: row, line: line, left: left, slot: slot, on: canvas, appearance: appearance) }
      if let link = grid.link {
        for column in columns {
          guard let (glyph, style) = link(row, column) else { continue }
          let end = left + (column - columns.lowerBound) * slot + inset + 1 + grid.format.columns
          canvas.put(Cell(glyph, style), column: end, row: line)
        }
      }
      for line in lines {
        drawFieldBars(row: row, line: line, left: left, slot: slot, on: canvas, appearance: appearance)
        for (place, cell) in cells.enumerated() {
          drawRunEnds(cell, column: left + place * slot, row: line, slot: slot, on: canvas, appearance: appearance)
        }
      }
      for (place, cell) in cells.enumerated() {
        let start = left + place * slot + inset
        drawMark(cell, column: start, row: line, on: canvas, appearance: appearance)
        // With the half blocks of its mark it makes one lit block.
        if flashes, cell.isWritten { reverse(cell, column: start, row: line, on: canvas) }
      }
    }
  }

  private func drawGround(_ cell: GridCell, column: Int, rows: Range<Int>, slot: Int, on canvas: Canvas) {
    guard cell.background != .terminal else { return }
    var style = cell.style.on(cell.background)
    if cell.hasCursor, cell.mark == .none { style.attributes.insert(.reverse) }
    canvas.fill(Rect(column: column, row: rows.lowerBound, columns: slot, rows: rows.count), Cell(" ", style))
  }

  private func drawNumber(_ cell: GridCell, column: Int, row: Int, on canvas: Canvas, appearance: Appearance) {
    var style = cell.style
    if cell.background != .terminal { style = style.on(cell.background) }
    switch cell.mark {
    case .selected, .written: style = Self.markStyle(cell, appearance)
    case .none: if cell.hasCursor { style.attributes.insert(.reverse) }
    }
    let text: String
    switch cell.content {
    case .number(let value): text = grid.format.text(value)
    case .hatch(let glyph): text = String(repeating: Character(glyph), count: grid.format.columns)
    case .glyph(let glyph): text = String(repeating: " ", count: max(grid.format.columns - 1, 0)) + String(glyph)
    }
    canvas.put(text, column: column + 1, row: row, style)
    // Between the brackets of a mark the cursor is the number alone.
    if cell.hasCursor, cell.mark != .none { reverse(cell, column: column, row: row, on: canvas) }
  }

  private func drawBreaks(row: Int, line: Int, left: Int, slot: Int, on canvas: Canvas, appearance: Appearance) {
    guard let breaksBefore = grid.breaksBefore else { return }
    for column in columns where breaksBefore(row, column) {
      canvas.put(
        Cell(appearance.glyphs.border.vertical, Style(.faint)), column: left + (column - columns.lowerBound) * slot,
        row: line)
    }
  }

  private func drawFieldBars(
    row: Int, line: Int, left: Int, slot: Int, on canvas: Canvas, appearance: Appearance
  ) {
    guard let frame = grid.frame, frame.rows.contains(row) else { return }
    let (before, after) = appearance.glyphs.field
    let style = Style(.title, [.bold])
    // A whole row is marked at what is seen of it.
    let marked = frame.columns == grid.columns ? columns : frame.columns
    guard !marked.isEmpty else { return }
    if columns.contains(marked.lowerBound) {
      canvas.put(Cell(before, style), column: left + (marked.lowerBound - columns.lowerBound) * slot, row: line)
    }
    if columns.contains(marked.upperBound - 1) {
      let last = left + (marked.upperBound - 1 - columns.lowerBound) * slot
      canvas.put(Cell(after, style), column: last + barAfter(slot), row: line)
    }
  }

  /// Where the bar after a cell stands: behind its number, at the end of a larger cell.
  private func barAfter(_ slot: Int) -> Int { max(slot - 1, 1 + grid.format.columns) }

  private func drawRunEnds(
    _ cell: GridCell, column: Int, row: Int, slot: Int, on canvas: Canvas, appearance: Appearance
  ) {
    guard cell.beginsRun || cell.endsRun else { return }
    let (before, after) = appearance.glyphs.field
    let style = Style(.title, [.bold])
    if cell.beginsRun { canvas.put(Cell(before, style), column: column, row: row) }
    if cell.endsRun { canvas.put(Cell(after, style), column: column + barAfter(slot), row: row) }
  }

  private func drawMark(_ cell: GridCell, column: Int, row: Int, on canvas: Canvas, appearance: Appearance) {
    guard cell.mark != .none else { return }
    let glyphs = appearance.glyphs
    let (before, after) = cell.mark == .selected ? glyphs.selected : glyphs.written
    let style = Self.markStyle(cell, appearance)
    // Next to the number itself: narrow numbers keep their brackets close.
    canvas.put(Cell(before, style), column: column + grid.format.columns - width(of: cell), row: row)
    canvas.put(Cell(after, style), column: column + 1 + grid.format.columns, row: row)
  }

  private func width(of cell: GridCell) -> Int {
    guard case .number(let value) = cell.content else { return 1 }
    return grid.format.bare(value).count
  }

  /// The number itself reversed, without the blanks at its left.
  private func reverse(_ cell: GridCell, column: Int, row: Int, on canvas: Canvas) {
    for place in 0..<width(of: cell) {
      canvas.restyle(column: column + grid.format.columns - place, row: row) {
        $0.attributes.formSymmetricDifference(.reverse)
      }
    }
  }

  /// A mark in its role's colour; on a ground where that could not be read, in black or white.
  private static func markStyle(_ cell: GridCell, _ appearance: Appearance) -> Style {
    let role: Role = cell.mark == .selected ? .selected : .written
    // Half blocks are seen in a colour that brackets and digits could not be read in.
    let least = role == .selected ? 4.5 : 3
    if case .rgb(let red, let green, let blue) = cell.background, appearance.hasColor,
      RGB(red, green, blue).contrast(with: appearance.theme.color(of: role)) < least
    {
      return Style(.terminal, on: cell.background, [.bold, .underline])
    }
    return Style(.role(role), on: cell.background, [.bold])
  }
}
