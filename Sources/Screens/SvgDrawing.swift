/// The content of an SVG picture while a frame's rows are added to it.
struct SvgDrawing {
  private var palette: Palette
  private let page: (text: RGB, paper: RGB)
  /// What lies under the glyphs, and the glyphs that are shapes; the latter cover the former.
  private var grounds = SvgShapes()
  private var shapes = SvgShapes()
  private var texts = ""
  private var run: Run?

  /// Neighbouring glyphs of one look.
  private struct Run {
    var text: String
    var column: Int
    var row: Int
    var width: Int
    var color: RGB
    var isBold: Bool
  }

  private static let lineWidths = [0, 1.0, 2.5]

  init(palette: Palette, page: (text: RGB, paper: RGB)) {
    self.palette = palette
    self.page = page
  }

  func svg() -> String { grounds.svg() + shapes.svg() + texts }

  mutating func add(_ frame: Frame, row: Int) {
    let glyphs = frame.glyphs(row: row).map { column, glyph, width in
      (column, glyph, width, look(frame[Point(column: column, row: row)].style))
    }
    // Upper and lower halves are added one after the other, so that each joins with its own neighbours.
    for (column, glyph, width, look) in glyphs {
      let halves = halves(of: glyph, look)
      addHalf(column, row, 0, width, halves.upper)
    }
    for (column, glyph, width, look) in glyphs {
      let halves = halves(of: glyph, look)
      addHalf(column, row, 1, width, halves.lower)
    }
    for (column, glyph, width, look) in glyphs {
      addForeground(glyph, column: column, row: row, width: width, look)
    }
    flush()
  }

  private typealias Look = (foreground: RGB, background: RGB, attributes: Style.Attributes)

  private mutating func look(_ style: Style) -> Look {
    let resolved = palette.resolve(style)
    var foreground = resolved.foreground.rgb ?? page.text
    var background = resolved.background.rgb ?? page.paper
    if resolved.attributes.contains(.reverse) { swap(&foreground, &background) }
    if resolved.attributes.contains(.dim) { foreground = foreground.mixed(with: background, share: 0.35) }
    return (foreground, background, resolved.attributes)
  }

  /// What fills the halves of a cell behind its glyph; whole-cell blocks count as background.
  private func halves(of glyph: Unicode.Scalar, _ look: Look) -> (upper: RGB, lower: RGB) {
    switch glyph {
    case "▀": (look.foreground, look.background)
    case "▄": (look.background, look.foreground)
    case "█": (look.foreground, look.foreground)
    case "░", "▒", "▓": shade(look, share: Double(glyph.value - 0x2590) / 4)
    default: (look.background, look.background)
    }
  }

  private func shade(_ look: Look, share: Double) -> (upper: RGB, lower: RGB) {
    let mixture = look.background.mixed(with: look.foreground, share: share)
    return (mixture, mixture)
  }

  private mutating func addHalf(_ column: Int, _ row: Int, _ half: Int, _ width: Int, _ color: RGB) {
    guard color != page.paper else { return }
    let height = SvgWriter.cellHeight / 2
    grounds.add(
      SvgShapes.Box(
        x: Double(column) * SvgWriter.cellWidth, y: Double(row) * SvgWriter.cellHeight + Double(half) * height,
        width: Double(width) * SvgWriter.cellWidth, height: height), color)
  }

  private mutating func addForeground(_ glyph: Unicode.Scalar, column: Int, row: Int, width: Int, _ look: Look) {
    let x = Double(column) * SvgWriter.cellWidth
    let y = Double(row) * SvgWriter.cellHeight
    if look.attributes.contains(.underline) {
      shapes.add(
        SvgShapes.Box(
          x: x, y: y + SvgWriter.cellHeight - 2, width: Double(width) * SvgWriter.cellWidth, height: 1), look.foreground
      )
    }
    if "▀▄█░▒▓".unicodeScalars.contains(glyph) { return flush() }
    let pieces = BlockShape.pieces(of: glyph)
    if !pieces.isEmpty {
      flush()
      for piece in pieces {
        shapes.add(
          SvgShapes.Box(
            x: x + Double(piece.x) * SvgWriter.cellWidth / 8, y: y + Double(piece.y) * SvgWriter.cellHeight / 8,
            width: Double(piece.width) * SvgWriter.cellWidth / 8,
            height: Double(piece.height) * SvgWriter.cellHeight / 8), look.foreground)
      }
    } else if let lines = BoxLines(glyph) {
      flush()
      addLines(lines, x: x, y: y, look.foreground)
    } else if "╱╲╳".unicodeScalars.contains(glyph) {
      flush()
      let (right, bottom) = (number(x + SvgWriter.cellWidth), number(y + SvgWriter.cellHeight))
      if glyph != "╲" { shapes.stroke("M\(number(x)) \(bottom)L\(right) \(number(y))", width: 1, look.foreground) }
      if glyph != "╱" { shapes.stroke("M\(number(x)) \(number(y))L\(right) \(bottom)", width: 1, look.foreground) }
    } else {
      addText(glyph, column: column, row: row, width: width, look)
    }
  }

  private mutating func addLines(_ lines: BoxLines, x: Double, y: Double, _ color: RGB) {
    let (centreX, centreY) = (x + SvgWriter.cellWidth / 2, y + SvgWriter.cellHeight / 2 - 0.5)
    let (right, bottom) = (x + SvgWriter.cellWidth, y + SvgWriter.cellHeight)
    if lines.rounded {
      let radius = SvgWriter.cellWidth / 2
      let vertical = lines.up > 0 ? (edge: y, start: centreY - radius) : (edge: bottom, start: centreY + radius)
      let side = lines.right > 0 ? right : x
      shapes.stroke(
        "M\(number(centreX)) \(number(vertical.edge))V\(number(vertical.start))Q\(number(centreX)) \(number(centreY)) \(number(side)) \(number(centreY))",
        width: Self.lineWidths[1], color)
      return
    }
    if lines.left == lines.right, lines.left > 0 {
      shapes.stroke("M\(number(x)) \(number(centreY))H\(number(right))", width: Self.lineWidths[lines.left], color)
    } else {
      if lines.left > 0 {
        shapes.stroke(
          "M\(number(x)) \(number(centreY))H\(number(centreX + 0.5))", width: Self.lineWidths[lines.left], color)
      }
      if lines.right > 0 {
        shapes.stroke(
          "M\(number(centreX - 0.5)) \(number(centreY))H\(number(right))", width: Self.lineWidths[lines.right], color)
      }
    }
    if lines.up == lines.down, lines.up > 0 {
      shapes.stroke("M\(number(centreX)) \(number(y))V\(number(bottom))", width: Self.lineWidths[lines.up], color)
    } else {
      if lines.up > 0 {
        shapes.stroke(
          "M\(number(centreX)) \(number(y))V\(number(centreY + 0.5))", width: Self.lineWidths[lines.up], color)
      }
      if lines.down > 0 {
        shapes.stroke(
          "M\(number(centreX)) \(number(centreY - 0.5))V\(number(bottom))", width: Self.lineWidths[lines.down], color)
      }
    }
  }

  private mutating func addText(_ glyph: Unicode.Scalar, column: Int, row: Int, width: Int, _ look: Look) {
    let isBold = look.attributes.contains(.bold)
    if glyph == " " {
      // A single blank may stay inside a run; more end it, so that fonts of other widths cannot drift.
      if run?.text.hasSuffix(" ") == true { return flush() }
      run?.text += " "
      run?.width += 1
      return
    }
    if let run, run.color != look.foreground || run.isBold != isBold { flush() }
    if run == nil {
      run = Run(text: "", column: column, row: row, width: 0, color: look.foreground, isBold: isBold)
    }
    run?.text.unicodeScalars.append(glyph)
    run?.width += width
  }

  private mutating func flush() {
    guard var run else { return }
    self.run = nil
    while run.text.hasSuffix(" ") {
      run.text.removeLast()
      run.width -= 1
    }
    guard run.width > 0 else { return }
    let x = number(Double(run.column) * SvgWriter.cellWidth)
    let y = number(Double(run.row) * SvgWriter.cellHeight + 13.5)
    texts += "<text x=\"\(x)\" y=\"\(y)\""
    if run.width > 1 { texts += " textLength=\"\(number(Double(run.width) * SvgWriter.cellWidth))\"" }
    if run.color != page.text { texts += " fill=\"\(run.color.hexText)\"" }
    if run.isBold { texts += " font-weight=\"bold\"" }
    texts += ">\(Self.escaped(run.text))</text>\n"
  }

  /// Text as XML content; characters that XML forbids are left out.
  static func escaped(_ text: String) -> String {
    var result = ""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "&": result += "&amp;"
      case "<": result += "&lt;"
      case ">": result += "&gt;"
      case "\"": result += "&quot;"
      case _ where scalar.value < 0x20 || scalar.value == 0xFFFE || scalar.value == 0xFFFF: break
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result
  }
}
