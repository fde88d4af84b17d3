/// Writes a frame as a picture in SVG: a window with rounded corners on the theme's paper.
///
/// Blocks and lines are drawn as shapes that join without gaps; text is real text, set in the reader's own monospace
/// font and held to the cells' widths.
public struct SvgWriter: Sendable {
  public var appearance: Appearance
  /// Printed above the frame and given to screen readers; nil leaves the window without a head.
  public var title: String?

  /// A cell is twice as high as it is wide, so that half blocks are squares.
  static let cellWidth = 9.0
  static let cellHeight = 18.0
  private static let fontSize = 15.0
  private static let margin = 14.0
  private static let headHeight = 24.0

  public init(_ appearance: Appearance = Appearance(depth: .truecolor), title: String? = nil) {
    self.appearance = appearance
    self.title = title
  }

  /// The whole SVG document.
  public func write(_ frame: Frame) -> String {
    let page = appearance.theme.page
    let head = title == nil ? 0 : Self.headHeight
    let (columns, rows) = (Double(max(frame.size.columns, 0)), Double(max(frame.size.rows, 0)))
    let width = columns * Self.cellWidth + 2 * Self.margin
    let height = rows * Self.cellHeight + 2 * Self.margin + head
    var drawing = SvgDrawing(palette: Palette(appearance), page: page)
    for row in 0..<max(frame.size.rows, 0) { drawing.add(frame, row: row) }

    var svg = "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 \(coordinate(width)) \(coordinate(height))\""
    svg += " width=\"\(coordinate(width))\" height=\"\(coordinate(height))\">\n"
    if let title { svg += "<title>\(SvgDrawing.escaped(title))</title>\n" }
    let edge = page.paper.mixed(with: page.text, share: 0.2).hexText
    svg += "<rect x=\"0.5\" y=\"0.5\" width=\"\(coordinate(width - 1))\" height=\"\(coordinate(height - 1))\" rx=\"9\""
    svg += " fill=\"\(page.paper.hexText)\" stroke=\"\(edge)\"/>\n"
    svg +=
      "<g font-family=\"ui-monospace, 'SF Mono', Menlo, Consolas, 'DejaVu Sans Mono', 'Liberation Mono', monospace\""
    svg += " font-size=\"\(coordinate(Self.fontSize))\" fill=\"\(page.text.hexText)\">\n"
    if let title {
      let faint = page.paper.mixed(with: page.text, share: 0.65).hexText
      svg += "<text x=\"\(coordinate(width / 2))\" y=\"\(coordinate(Self.margin + 8))\" text-anchor=\"middle\""
      svg += " font-size=\"13\" fill=\"\(faint)\">\(SvgDrawing.escaped(title))</text>\n"
    }
    svg += "<g transform=\"translate(\(coordinate(Self.margin)) \(coordinate(Self.margin + head)))\">\n"
    svg += drawing.svg()
    return svg + "</g>\n</g>\n</svg>\n"
  }
}
