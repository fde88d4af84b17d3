/// A part of the screen with a border, its title in the border above and a caption in the border below.
public struct Panel: Hashable, Sendable {
  public var title: String
  /// A short result at the right of the lower border, such as a sum.
  public var caption: String?
  /// Whether keys go to this panel.
  public var focused: Bool

  public init(_ title: String = "", caption: String? = nil, focused: Bool = false) {
    self.title = title
    self.caption = caption
    self.focused = focused
  }

  /// Draws the border in a part of a canvas, blanks what is inside, and returns that, less a margin at left and right.
  ///
  /// A part without room for a border stays as it is.
  @discardableResult
  public func draw(on canvas: Canvas, _ rect: Rect, _ glyphs: GlyphSet = .unicode, margin: Int = 0) -> Canvas {
    let part = canvas.part(rect)
    let inside = part.part(Rect(size: rect.size).inset(columns: 1 + max(margin, 0), rows: 1))
    guard rect.columns >= 2, rect.rows >= 2 else { return inside }
    let style = Style(focused ? .focusedBorder : .border)
    let border = glyphs.border
    let (right, bottom) = (rect.columns - 1, rect.rows - 1)
    part.fill(Rect(size: rect.size), Cell())
    for row in [0, bottom] {
      part.fill(Rect(column: 1, row: row, columns: right - 1, rows: 1), Cell(border.horizontal, style))
    }
    for column in [0, right] {
      part.fill(Rect(column: column, row: 1, columns: 1, rows: bottom - 1), Cell(border.vertical, style))
    }
    part.put(Cell(border.topLeft, style), column: 0, row: 0)
    part.put(Cell(border.topRight, style), column: right, row: 0)
    part.put(Cell(border.bottomLeft, style), column: 0, row: bottom)
    part.put(Cell(border.bottomRight, style), column: right, row: bottom)

    // Corner, blank, title, blank, corner.
    let room = rect.columns - 4
    if !title.isEmpty, room >= 1 {
      let shown = truncated(title, room, ellipsis: glyphs.ellipsis)
      part.put(" \(shown) ", column: 1, row: 0, focused ? Style(.title, .bold) : Style(.title))
    }
    // One piece of border stands between the caption and its corner where there is room.
    if let caption, !caption.isEmpty, room >= 1 {
      let shown = truncated(caption, max(room - 1, 1), ellipsis: glyphs.ellipsis)
      let column = max(right - 3 - shown.cellWidth, 1)
      part.put(" \(shown) ", column: column, row: bottom, Style(.explanation))
    }
    return inside
  }
}
