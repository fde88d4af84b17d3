extension Frame {
  /// The glyphs of one row, one for each cell that starts one: wide glyphs once, broken halves of them as blanks.
  ///
  /// Every writer reads frames through this, so that no cell can shift its neighbours.
  func glyphs(row: Int) -> [(column: Int, glyph: Unicode.Scalar, width: Int)] {
    var result: [(column: Int, glyph: Unicode.Scalar, width: Int)] = []
    result.reserveCapacity(size.columns)
    var column = 0
    while column < size.columns {
      let glyph = self[Point(column: column, row: row)].glyph
      switch glyph.cellWidth {
      case 1:
        result.append((column, glyph, 1))
        column += 1
      case 2
      where column + 1 < size.columns && self[Point(column: column + 1, row: row)].glyph == Cell.continuation:
        result.append((column, glyph, 2))
        column += 2
      default:
        result.append((column, " ", 1))
        column += 1
      }
    }
    return result
  }

  /// The rows as text, without the blanks at their ends.
  public var lines: [String] {
    (0..<max(size.rows, 0)).map { row in
      var line = String.UnicodeScalarView()
      var kept = line.endIndex
      for (_, glyph, _) in glyphs(row: row) {
        line.append(glyph)
        if glyph != " " { kept = line.endIndex }
      }
      return String(line[..<kept])
    }
  }

  /// The whole frame as text: its lines with newlines between them.
  public var text: String { lines.joined(separator: "\n") }
}
