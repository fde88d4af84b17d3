/// Writes a frame as text with the escape sequences of a terminal.
public struct AnsiWriter: Sendable {
  public var appearance: Appearance

  public init(_ appearance: Appearance) { self.appearance = appearance }

  /// The frame's lines, each followed by a newline.
  ///
  /// One sequence for each run of one style, a reset before a newline where a style is left on, and no blanks at the end
  /// of a line unless they can be seen.
  public func write(_ frame: Frame) -> String {
    var palette = Palette(appearance)
    var output = ""
    for row in 0..<max(frame.size.rows, 0) {
      let end = frame.visibleEnd(row: row, &palette)
      output += frame.escaped(row: row, columns: 0..<end, &palette)
      output += "\n"
    }
    return output
  }
}

extension Frame {
  /// The column after the last cell of a row that differs from an empty one.
  func visibleEnd(row: Int, _ palette: inout Palette) -> Int {
    var end = max(size.columns, 0)
    while end > 0 {
      let cell = self[Point(column: end - 1, row: row)]
      guard cell.glyph == " ", palette.resolve(cell.style).isInvisibleOnBlank else { break }
      end -= 1
    }
    return end
  }

  /// Part of a row with its escape sequences, starting and ending in plain style.
  func escaped(row: Int, columns: Range<Int>, _ palette: inout Palette) -> String {
    var output = ""
    var current = ResolvedStyle.plain
    for (column, glyph, _) in glyphs(row: row) where columns.contains(column) {
      var style = palette.resolve(self[Point(column: column, row: row)].style)
      if glyph == " ", style.isInvisibleOnBlank {
        style = current.isInvisibleOnBlank ? current : .plain
      }
      if style != current {
        output += SGR.sequence(style)
        current = style
      }
      output.unicodeScalars.append(glyph)
    }
    return current == .plain ? output : output + SGR.reset
  }
}

extension ResolvedStyle {
  /// Whether a blank in this style looks like an empty cell.
  var isInvisibleOnBlank: Bool {
    background == .terminal && !attributes.contains(.reverse) && !attributes.contains(.underline)
  }
}
