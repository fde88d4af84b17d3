/// The strokes of a box-drawing glyph, from a cell's centre to its four sides.
struct BoxLines: Hashable {
  /// 0 none, 1 light, 2 heavy.
  var up = 0
  var right = 0
  var down = 0
  var left = 0
  /// Whether the two strokes meet in an arc.
  var rounded = false

  init(_ up: Int, _ right: Int, _ down: Int, _ left: Int, rounded: Bool = false) {
    (self.up, self.right, self.down, self.left, self.rounded) = (up, right, down, left, rounded)
  }

  /// The strokes of a glyph, or nil if it is no box-drawing glyph of lines.
  init?(_ glyph: Unicode.Scalar) {
    guard let lines = Self.table[glyph] else { return nil }
    self = lines
  }

  private static let table: [Unicode.Scalar: BoxLines] = [
    "─": BoxLines(0, 1, 0, 1), "│": BoxLines(1, 0, 1, 0), "━": BoxLines(0, 2, 0, 2), "┃": BoxLines(2, 0, 2, 0),
    "┌": BoxLines(0, 1, 1, 0), "┐": BoxLines(0, 0, 1, 1), "└": BoxLines(1, 1, 0, 0), "┘": BoxLines(1, 0, 0, 1),
    "├": BoxLines(1, 1, 1, 0), "┤": BoxLines(1, 0, 1, 1), "┬": BoxLines(0, 1, 1, 1), "┴": BoxLines(1, 1, 0, 1),
    "┼": BoxLines(1, 1, 1, 1),
    "┏": BoxLines(0, 2, 2, 0), "┓": BoxLines(0, 0, 2, 2), "┗": BoxLines(2, 2, 0, 0), "┛": BoxLines(2, 0, 0, 2),
    "┣": BoxLines(2, 2, 2, 0), "┫": BoxLines(2, 0, 2, 2), "┳": BoxLines(0, 2, 2, 2), "┻": BoxLines(2, 2, 0, 2),
    "╋": BoxLines(2, 2, 2, 2),
    "╭": BoxLines(0, 1, 1, 0, rounded: true), "╮": BoxLines(0, 0, 1, 1, rounded: true),
    "╰": BoxLines(1, 1, 0, 0, rounded: true), "╯": BoxLines(1, 0, 0, 1, rounded: true),
    "╴": BoxLines(0, 0, 0, 1), "╵": BoxLines(1, 0, 0, 0), "╶": BoxLines(0, 1, 0, 0), "╷": BoxLines(0, 0, 1, 0),
    "╸": BoxLines(0, 0, 0, 2), "╹": BoxLines(2, 0, 0, 0), "╺": BoxLines(0, 2, 0, 0), "╻": BoxLines(0, 0, 2, 0),
    "╼": BoxLines(0, 2, 0, 1), "╾": BoxLines(0, 1, 0, 2), "╽": BoxLines(1, 0, 2, 0), "╿": BoxLines(2, 0, 1, 0),
    "┠": BoxLines(2, 1, 2, 0), "┨": BoxLines(2, 0, 2, 1), "┯": BoxLines(0, 2, 1, 2), "┷": BoxLines(1, 2, 0, 2),
    "┿": BoxLines(1, 2, 1, 2), "╂": BoxLines(2, 1, 2, 1),
  ]
}
