/// Writes frames as a terminal recording, asciicast version 2.
///
/// Source: https://docs.asciinema.org/manual/asciicast/v2/. The header comes first, then one line for each frame; a
/// frame costs what changed since the one before.
public struct CastWriter: Sendable {
  public let size: Size
  private var palette: Palette
  private var shown: Frame?

  public init(size: Size, _ appearance: Appearance) {
    self.size = size
    palette = Palette(appearance)
  }

  /// The first line of the file; `timestamp` in seconds since 1970.
  public func header(title: String? = nil, timestamp: Int? = nil) -> String {
    var text = "{\"version\": 2, \"width\": \(size.columns), \"height\": \(size.rows)"
    if let timestamp { text += ", \"timestamp\": \(timestamp)" }
    if let title { text += ", \"title\": \(Self.quoted(title))" }
    return text + ", \"env\": {\"TERM\": \"xterm-256color\"}}\n"
  }

  /// The line that shows a frame at a time in seconds after the start; empty if the screen shows it already.
  public mutating func line(_ frame: Frame, at seconds: Double) -> String {
    var data = shown == nil ? "\u{1B}[?25l\u{1B}[2J" : ""
    let before = shown ?? Frame(size: size)
    for row in 0..<max(size.rows, 0) {
      guard let span = changed(row: row, from: before, to: frame) else { continue }
      data += "\u{1B}[\(row + 1);\(span.lowerBound + 1)H" + frame.escaped(row: row, columns: span, &palette)
    }
    guard !data.isEmpty || shown == nil else { return "" }
    shown = frame
    return "[\(Self.fixed(seconds)), \"o\", \(Self.quoted(data))]\n"
  }

  /// The columns of a row that must be written again, whole glyphs only.
  private func changed(row: Int, from before: Frame, to frame: Frame) -> Range<Int>? {
    func differs(_ column: Int) -> Bool {
      let point = Point(column: column, row: row)
      return before[point] != frame[point]
    }
    guard var first = (0..<max(size.columns, 0)).first(where: differs),
      var last = (first..<size.columns).last(where: differs)
    else { return nil }
    func isContinuation(_ column: Int) -> Bool {
      let point = Point(column: column, row: row)
      return frame[point].glyph == Cell.continuation || before[point].glyph == Cell.continuation
    }
    while first > 0, isContinuation(first) { first -= 1 }
    while last + 1 < size.columns, isContinuation(last + 1) { last += 1 }
    return first..<last + 1
  }

  /// Seconds with six decimals, without an exponent.
  private static func fixed(_ seconds: Double) -> String {
    let micros = seconds.isFinite ? min(max(seconds, 0), 1e9) * 1e6 : 0
    let whole = Int64(micros.rounded())
    let digits = String(whole % 1_000_000)
    return "\(whole / 1_000_000)." + String(repeating: "0", count: 6 - digits.count) + digits
  }

  /// A JSON string.
  static func quoted(_ text: String) -> String {
    var result = "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"": result += "\\\""
      case "\\": result += "\\\\"
      case "\n": result += "\\n"
      case "\r": result += "\\r"
      case _ where scalar.value < 0x20 || scalar.value == 0x7F:
        let digits = String(scalar.value, radix: 16)
        result += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result + "\""
  }
}
