/// The glyphs that drawing uses, in Unicode or in ASCII: one mark per role, everywhere.
public struct GlyphSet: Hashable, Sendable {
  /// The corners and sides of a panel.
  public struct Border: Hashable, Sendable {
    public var topLeft, topRight, bottomLeft, bottomRight: Unicode.Scalar
    public var horizontal, vertical: Unicode.Scalar
  }

  /// Zeros around the input.
  public var padding: Unicode.Scalar
  /// The same in a picture without colours, whose shades have its glyph among them.
  public let zero: Unicode.Scalar = "0"
  /// Cells outside the buffer.
  public var outOfBounds: Unicode.Scalar
  /// A result that is not computed yet.
  public var notYet: Unicode.Scalar
  /// Around the cell that is being written.
  public var written: (left: Unicode.Scalar, right: Unicode.Scalar) { (writtenLeft, writtenRight) }
  /// Around the selected memory and its copies.
  public var selected: (left: Unicode.Scalar, right: Unicode.Scalar) { ("[", "]") }
  /// At the left and right of a receptive field.
  public var field: (left: Unicode.Scalar, right: Unicode.Scalar) { (fieldLeft, fieldRight) }
  public var border: Border
  public var ellipsis: Unicode.Scalar
  public var play, pause: Unicode.Scalar
  /// Multiplication between numbers, and between sizes.
  public var dot, times: Unicode.Scalar
  public var leftArrow, rightArrow, upArrow, downArrow: Unicode.Scalar
  /// A progress line: behind the knob, the knob, before it.
  public var passed, knob, ahead: Unicode.Scalar
  /// From nothing to a full cell, by height (sparklines) and by width (ends of bars).
  public var heights, widths: [Unicode.Scalar]
  /// From dark to bright, for pixels without colours.
  public var shades: [Unicode.Scalar]
  /// Whether only ASCII is used.
  public let isASCII: Bool

  private var writtenLeft, writtenRight, fieldLeft, fieldRight: Unicode.Scalar

  public static let unicode = GlyphSet(
    padding: "░", outOfBounds: "╱", notYet: "·",
    border: Border(
      topLeft: "╭", topRight: "╮", bottomLeft: "╰", bottomRight: "╯", horizontal: "─", vertical: "│"),
    ellipsis: "…", play: "▶", pause: "‖", dot: "·", times: "×",
    leftArrow: "←", rightArrow: "→", upArrow: "↑", downArrow: "↓", passed: "━", knob: "●", ahead: "─",
    heights: Array(" ▁▂▃▄▅▆▇█".unicodeScalars), widths: Array(" ▏▎▍▌▋▊▉█".unicodeScalars),
    shades: Array(" ░▒▓█".unicodeScalars), isASCII: false,
    writtenLeft: "▐", writtenRight: "▌", fieldLeft: "▌", fieldRight: "▐")

  public static let ascii = GlyphSet(
    padding: "#", outOfBounds: "/", notYet: ".",
    border: Border(topLeft: "+", topRight: "+", bottomLeft: "+", bottomRight: "+", horizontal: "-", vertical: "|"),
    ellipsis: "~", play: ">", pause: "=", dot: "*", times: "x",
    leftArrow: "<", rightArrow: ">", upArrow: "^", downArrow: "v", passed: "=", knob: "o", ahead: "-",
    heights: Array(" .:-=+*#".unicodeScalars), widths: Array(" #".unicodeScalars),
    shades: Array(" .:-=+*#%@".unicodeScalars), isASCII: true,
    writtenLeft: ">", writtenRight: "<", fieldLeft: "|", fieldRight: "|")

  /// A text between two marks.
  public func marked(_ text: String, _ marks: (left: Unicode.Scalar, right: Unicode.Scalar)) -> String {
    "\(marks.left)\(text)\(marks.right)"
  }
}

extension Appearance {
  /// The glyphs that may be used.
  public var glyphs: GlyphSet { ascii ? .ascii : .unicode }
}
