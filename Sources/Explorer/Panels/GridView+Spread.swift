import Screens

/// Larger cells where there is room for them, and signs where there is none for all.
extension GridView {
  /// The slot and the lines of a row that make the cells of a grid as large as its room allows.
  ///
  /// - Parameters:
  ///   - grid: what is shown; it stays as it is unless all of it fits.
  ///   - slot: the columns of a number as they would be.
  ///   - rows: lines for its numbers.
  ///   - columns: columns for its numbers.
  static func spread(_ grid: Grid, slot: Int, rows: Int, columns: Int) -> (slot: Int, lines: Int) {
    let count = (rows: grid.rows.count, columns: grid.columns.count)
    guard count.rows > 0, count.columns > 0, count.columns * slot <= columns else { return (slot, 1) }
    for lines in stride(from: grid.mostSpread, to: 1, by: -1) where count.rows * lines <= rows {
      // A cell is no higher than it is wide, a line being as high as two columns.
      let wider = min(grid.format.columns + 2 * lines, columns / count.columns)
      if wider >= max(slot, 2 * lines) { return (wider, lines) }
    }
    return (slot, count.rows * 2 <= rows ? 2 : 1)
  }

  var showsNumbers: Bool {
    if case .numbers = display { true } else { false }
  }

  /// The columns of a slot before its number's own two.
  func inset(slot: Int) -> Int { max(slot - grid.format.columns - 2, 0) / 2 }

  /// Arrows in a panel's border, towards the numbers that there is no room for.
  ///
  /// - Parameters:
  ///   - panel: the panel, its border included.
  ///   - appearance: which glyphs there are.
  func drawArrows(on panel: Canvas, appearance: Appearance) {
    guard showsNumbers, panel.rows > 4 else { return }
    let (glyphs, style) = (appearance.glyphs, Style(.title))
    let (right, bottom) = (panel.columns - 1, panel.rows - 2)
    func put(_ glyph: Unicode.Scalar, _ column: Int, _ row: Int, if isCut: Bool) {
      if isCut { panel.put(Cell(glyph, style), column: column, row: row) }
    }
    put(glyphs.leftArrow, 0, 1, if: columns.lowerBound > grid.columns.lowerBound)
    put(glyphs.rightArrow, right, 1, if: columns.upperBound < grid.columns.upperBound)
    put(glyphs.upArrow, right, 2, if: rows.lowerBound > grid.rows.lowerBound)
    put(glyphs.downArrow, right, bottom, if: rows.upperBound < grid.rows.upperBound)
  }
}
