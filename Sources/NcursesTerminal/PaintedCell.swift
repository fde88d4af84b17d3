import CNcurses
import Screens

/// A cell as the terminal is to show it: quantised, and only with a glyph that it can show.
struct PaintedCell: Equatable {
  var glyph: Unicode.Scalar
  /// Columns; 0 for the right half of a wide glyph.
  var width: UInt8
  var style: ResolvedStyle

  static let blank = PaintedCell(glyph: " ", width: 1, style: .plain)
}

extension NcursesTerminal {
  /// The cells of a row of the frame, `columns` wide, as this terminal can show them.
  ///
  /// - Parameter last: the frame on the screen, of the same size; what it has in the same place is passed over.
  func paintRow(
    _ row: Int, of frame: Frame, columns: Int, last: Frame?, _ paint: (_ column: Int, _ cell: PaintedCell) -> Void
  ) {
    let shown = row < frame.size.rows ? min(columns, frame.size.columns) : 0
    let start = row * frame.size.columns
    var (at, end) = (0, shown)
    if let last, shown > 0 {
      guard let different = frame.columns(ofRow: row, differentFrom: last) else { return }
      // The cell before the first one looks different where that is, or was, its other half.
      at = max(different.lowerBound - 1, 0)
      if at > 0, frame.cells[start + at].glyph == Cell.continuation { at -= 1 }
      end = min(shown, different.upperBound)
    }
    while at < end {
      let cell = frame.cells[start + at]
      let isPair = at + 1 < shown && frame.cells[start + at + 1].glyph == Cell.continuation
      // What a cell looks like depends on itself and on whether the next one is its other half.
      if let last, cell.glyph != Cell.continuation, last.cells[start + at] == cell,
        at + 1 == shown || last.cells[start + at + 1] == frame.cells[start + at + 1]
      {
        at += isPair ? 2 : 1
        continue
      }
      let style = palette.resolve(cell.style)
      let isWide = isPair && (hasFullCorner || row < size.rows - 1 || at + 3 < columns)
      if isWide, isShown(cell.glyph, width: 2) {
        paint(at, PaintedCell(glyph: cell.glyph, width: 2, style: style))
        paint(at + 1, PaintedCell(glyph: " ", width: 0, style: style))
        at += 2
      } else {
        let glyph: Unicode.Scalar =
          cell.glyph == Cell.continuation ? " " : isShown(cell.glyph, width: 1) ? cell.glyph : "?"
        paint(at, PaintedCell(glyph: glyph, width: 1, style: style))
        at += 1
      }
    }
    if last == nil { for column in shown..<columns { paint(column, .blank) } }
  }

  /// Whether the terminal shows the glyph, in as many columns as the frame has for it.
  private func isShown(_ glyph: Unicode.Scalar, width: Int32) -> Bool {
    if (0x20...0x7E).contains(glyph.value) { return width == 1 }
    if glyph != lastGlyph.glyph { lastGlyph = (glyph, terminal_glyph_width(glyph.value)) }
    return isUTF8 && lastGlyph.width == width
  }
}
