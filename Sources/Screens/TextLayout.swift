/// A text broken at blanks into lines of at most the given columns; newlines are kept, longer words are cut.
///
/// No columns, no lines.
public func wrapped(_ text: String, _ columns: Int) -> [String] {
  guard columns > 0 else { return [] }
  var lines: [String] = []
  for paragraph in text.utf8.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false) {
    let linesBefore = lines.count
    var line = ""
    var width = 0
    for word in paragraph.split(separator: UInt8(ascii: " ")) {
      var rest = String(Substring(word))
      var restWidth = rest.cellWidth
      if !line.isEmpty, width + 1 + restWidth <= columns {
        line += " "
        line += rest
        width += 1 + restWidth
        continue
      }
      if !line.isEmpty { lines.append(line) }
      while restWidth > columns {
        let (head, tail) = cut(rest, columns)
        lines.append(head)
        rest = tail
        restWidth = rest.cellWidth
      }
      (line, width) = (rest, restWidth)
    }
    if !line.isEmpty || lines.count == linesBefore { lines.append(line) }
  }
  return lines
}

/// A text of at most the given columns, its end replaced by an ellipsis where it is longer.
public func truncated(_ text: String, _ columns: Int, ellipsis: Unicode.Scalar = "…") -> String {
  guard text.cellWidth > columns else { return text }
  guard columns > 1 else { return columns == 1 ? String(Character(ellipsis)) : "" }
  var kept = String.UnicodeScalarView()
  var width = 0
  for glyph in text.unicodeScalars {
    width += glyph.cellWidth
    if width > columns - 1 { break }
    kept.append(glyph)
  }
  return String(kept) + String(Character(ellipsis))
}

/// How a text stands in a wider field.
public enum Alignment: Hashable, Sendable { case left, centre, right }

/// A text filled with blanks to exactly the given columns, cut if it is longer.
public func aligned(
  _ text: String, _ alignment: Alignment, _ columns: Int, ellipsis: Unicode.Scalar = "…"
) -> String {
  let shown = truncated(text, columns, ellipsis: ellipsis)
  let free = max(columns - shown.cellWidth, 0)
  let before =
    switch alignment {
    case .left: 0
    case .centre: free / 2
    case .right: free
    }
  return String(repeating: " ", count: before) + shown + String(repeating: " ", count: free - before)
}

/// The first columns of a text and the rest; at least one glyph is taken.
private func cut(_ text: String, _ columns: Int) -> (String, String) {
  var head = String.UnicodeScalarView()
  var width = 0
  var index = text.unicodeScalars.startIndex
  while index < text.unicodeScalars.endIndex {
    let glyph = text.unicodeScalars[index]
    if width + glyph.cellWidth > columns, !head.isEmpty { break }
    width += glyph.cellWidth
    head.append(glyph)
    index = text.unicodeScalars.index(after: index)
  }
  return (String(head), String(text.unicodeScalars[index...]))
}
