import Screens

/// A cell as an emulator shows it; dim text is not told apart.
public struct ShownCell: Hashable, Sendable {
  public var glyph: Unicode.Scalar
  public var style: ResolvedStyle

  public init(glyph: Unicode.Scalar, style: ResolvedStyle) {
    self.glyph = glyph
    self.style = style
  }
}

/// What is on an emulated screen at one moment.
public struct Snapshot: Hashable, Sendable {
  public let size: Size
  /// Row by row.
  public let cells: [ShownCell]
  public let cursor: Point
  public let cursorIsVisible: Bool
  public let isAlternate: Bool

  /// The rows as text, without blanks at their ends.
  public var lines: [String] {
    (0..<size.rows).map { row in
      var line = ""
      for cell in cells[row * size.columns..<(row + 1) * size.columns] where cell.glyph != Cell.continuation {
        line.unicodeScalars.append(cell.glyph)
      }
      while line.last == " " { line.removeLast() }
      return line
    }
  }

  public var text: String { lines.joined(separator: "\n") }

  public func contains(_ text: String) -> Bool { lines.contains { $0.contains(text) } }

  /// The cell at a place on the screen.
  public subscript(column column: Int, row row: Int) -> ShownCell { cells[row * size.columns + column] }
}
