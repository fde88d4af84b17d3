/// The content of an SVG picture while a frame's rows are added to it.
struct SvgDrawing {
  private var palette: Palette
  private let page: (text: RGB, paper: RGB)
  /// What lies under the glyphs, the glyphs that are blocks, and those that are lines; the later cover the earlier.
  private var grounds = SvgShapes()
  private var blocks = SvgShapes()
  private var lines = SvgShapes()
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

  /// Odd, so that centred strokes fall on whole units.
  private static let lineWidths = [0, 1.0, 3]

  init(palette: Palette, page: (text: RGB, paper: RGB)) {
    self.palette = palette
    self.page = page
  }

  func svg() -> String { grounds.svg(crisp: true) + blocks.svg(crisp: true) + lines.svg(crisp: false) + texts }

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
      lines.add(
        SvgShapes.Box(
          x: x, y: y + SvgWriter.cellHeight - 2, width: Double(width) * SvgWriter.cellWidth, height: 1), look.foreground
      )
    }
    if "▀▄█░▒▓".unicodeScalars.contains(glyph) { return flush() }
    let pieces = BlockShape.pieces(of: glyph)
    if !pieces.isEmpty {
      flush()
      for piece in pieces {
        blocks.add(
          SvgShapes.Box(
            x: x + Double(piece.x) * SvgWriter.cellWidth / 8, y: y + Double(piece.y) * SvgWriter.cellHeight / 8,
            width: Double(piece.width) * SvgWriter.cellWidth / 8,
            height: Double(piece.height) * SvgWriter.cellHeight / 8), look.foreground)
      }
    } else if let strokes = BoxLines(glyph) {
      flush()
      addLines(strokes, x: x, y: y, look.foreground)
    } else if "╱╲╳".unicodeScalars.contains(glyph) {
      flush()
      let (right, bottom) = (coordinate(x + SvgWriter.cellWidth), coordinate(y + SvgWriter.cellHeight))
      if glyph != "╲" {
        lines.stroke("M\(coordinate(x)) \(bottom)L\(right) \(coordinate(y))", width: 1, look.foreground)
      }
      if glyph != "╱" {
        lines.stroke("M\(coordinate(x)) \(coordinate(y))L\(right) \(bottom)", width: 1, look.foreground)
      }
    } else {
      addText(glyph, column: column, row: row, width: width, look)
    }
  }

  private mutating func addLines(_ glyph: BoxLines, x: Double, y: Double, _ color: RGB) {
    let (centreX, centreY) = (x + SvgWriter.cellWidth / 2, y + SvgWriter.cellHeight / 2 - 0.5)
    let (right, bottom) = (x + SvgWriter.cellWidth, y + SvgWriter.cellHeight)
    if glyph.rounded {
      let radius = SvgWriter.cellWidth / 2
      let vertical = glyph.up > 0 ? (edge: y, start: centreY - radius) : (edge: bottom, start: centreY + radius)
      let side = glyph.right > 0 ? right : x
      lines.stroke(
        "M\(coordinate(centreX)) \(coordinate(vertical.edge))V\(coordinate(vertical.start))Q\(coordinate(centreX)) \(coordinate(centreY)) \(coordinate(side)) \(coordinate(centreY))",
        width: Self.lineWidths[1], color)
      return
    }
    // Straight strokes are rectangles, which join with their neighbours; at a corner each reaches over the other.
    let thickness = { (weight: Int) in Self.lineWidths[weight] }
    let acrossX = thickness(max(glyph.up, glyph.down)) / 2
    let acrossY = thickness(max(glyph.left, glyph.right)) / 2
    func horizontal(from start: Double, to end: Double, _ weight: Int) {
      let height = thickness(weight)
      lines.add(SvgShapes.Box(x: start, y: centreY - height / 2, width: end - start, height: height), color)
    }
    func vertical(from start: Double, to end: Double, _ weight: Int) {
      let width = thickness(weight)
      lines.add(SvgShapes.Box(x: centreX - width / 2, y: start, width: width, height: end - start), color)
    }
    if glyph.left == glyph.right, glyph.left > 0 {
      horizontal(from: x, to: right, glyph.left)
    } else {
      if glyph.left > 0 { horizontal(from: x, to: centreX + acrossX, glyph.left) }
      if glyph.right > 0 { horizontal(from: centreX - acrossX, to: right, glyph.right) }
    }
    if glyph.up == glyph.down, glyph.up > 0 {
      vertical(from: y, to: bottom, glyph.up)
    } else {
      if glyph.up > 0 { vertical(from: y, to: centreY + acrossY, glyph.up) }
      if glyph.down > 0 { vertical(from: centreY - acrossY, to: bottom, glyph.down) }
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
    let x = coordinate(Double(run.column) * SvgWriter.cellWidth)
    let y = coordinate(Double(run.row) * SvgWriter.cellHeight + 13.5)
    texts += "<text x=\"\(x)\" y=\"\(y)\""
    if run.width > 1 { texts += " textLength=\"\(coordinate(Double(run.width) * SvgWriter.cellWidth))\"" }
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
