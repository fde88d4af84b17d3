import Screens

/// What a cell is, beside its number; one mark for each role, everywhere.
enum Mark: Hashable {
  case none
  /// The selected memory and its copies: `[x]`.
  case selected
  /// Being written: `▐x▌`.
  case written
}

enum Marks {
  /// The marks and what they mean, for the help page.
  static func legend(_ appearance: Appearance) -> [(String, String)] {
    let glyphs = appearance.glyphs
    return [
      (glyphs.marked("x", glyphs.written), "being written"),
      (glyphs.marked("x", glyphs.selected), "the selected memory, and every copy of it"),
      (glyphs.marked("x x", glyphs.field), "the receptive field, on a tinted ground"),
      (String(glyphs.notYet), "not yet computed"),
      (String(glyphs.outOfBounds), "outside the buffer: nothing is read"),
      (
        String(glyphs.padding),
        "padding: a zero that no memory of the input holds"
          + (appearance.hasColor ? "" : "; \(glyphs.zero) in pictures")
      ),
      (
        "\(glyphs.leftArrow) \(glyphs.upArrow) \(glyphs.downArrow) \(glyphs.rightArrow)",
        "in a border: more numbers that way; H J K L pan"
      ),
      ("x underlined", "an input cell that no receptive field reads"),
      ("1e38", "1 with 38 zeros: a number too long for its column, as a power of ten"),
      ("~x", "from a sample or a part of the walk, not the whole"),
    ] + (appearance.hasColor ? [] : [("+ - 0", "under a large kernel: the sign of each product")])
  }
}

extension Appearance {
  /// A text with the glyphs that this screen can show.
  func plainGlyphs(_ text: String) -> String {
    guard ascii else { return text }
    var result = ""
    let text = text.split(separator: " · ", omittingEmptySubsequences: false).joined(separator: " | ")
    for scalar in text.unicodeScalars {
      if scalar.isASCII { result.unicodeScalars.append(scalar) } else { result += Self.asciiFor[scalar] ?? "?" }
    }
    return result
  }

  private static let asciiFor: [Unicode.Scalar: String] = [
    "×": "x", "·": "*", "≠": "!=", "≤": "<=", "≥": ">", "→": "->", "←": "<-", "−": "-", "–": "-", "⌊": "floor(",
    "⌋": ")",
    "°": " deg", "↑": "Up", "↓": "Down", "…": "...", "▶": ">", "▸": ">", "●": "o", "Σ": "sum", "²": "^2", "±": "+-",
    "é": "e", "≈": "~", "µ": "u", "│": "|",
    "├": "|", "┤": "|", "◇": "b", "█": "#", "⁹": "^9", "»": ">",
  ]
}
