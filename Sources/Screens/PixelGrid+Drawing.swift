extension PixelGrid {
  /// Draws the picture, asking for the colour of each visible pixel by column and row; nil leaves the paper.
  ///
  /// Only cells inside the canvas cost anything.
  ///
  /// - Parameter empty: what stands where no pixel of a cell has a colour, if there are no colours; a blank is the
  ///   darkest shade there.
  public func draw(on canvas: Canvas, empty: Cell = Cell(), _ color: (Int, Int) -> RGB?) {
    forEachCell(in: cells.intersection(Rect(size: canvas.size)), empty, color) { cell, place in
      canvas.put(cell, column: place.column, row: place.row)
    }
  }

  /// All cells of the picture row by row, as `draw` would put them: to be kept, and put where the picture is seen again.
  public func drawn(empty: Cell = Cell(), _ color: (Int, Int) -> RGB?) -> [Cell] {
    var drawn: [Cell] = []
    drawn.reserveCapacity(cells.columns * cells.rows)
    forEachCell(in: cells, empty, color) { cell, _ in drawn.append(cell) }
    return drawn
  }

  private func forEachCell(
    in part: Rect, _ empty: Cell, _ color: (Int, Int) -> RGB?, _ take: (Cell, Point) -> Void
  ) {
    for row in part.row..<part.endRow {
      let pixelRow = (row - origin.row) * pixelsDown
      let hasLower = pixelsDown == 2 && pixelRow + 1 < rows
      for column in part.column..<part.endColumn {
        let pixelColumn = mode == .wide ? (column - origin.column) / 2 : column - origin.column
        let upper = color(pixelColumn, pixelRow)
        let lower = hasLower ? color(pixelColumn, pixelRow + 1) : nil
        let place = Point(column: column, row: row)
        if !appearance.hasColor, upper == nil, lower == nil {
          take(empty, place)
        } else {
          take(mode == .wide ? cell(of: upper) : cell(upper: upper, lower: lower), place)
        }
      }
    }
  }

  /// Two pixels in one cell.
  private func cell(upper: RGB?, lower: RGB?) -> Cell {
    guard showsHalves else {
      guard let upper, let lower else { return cell(of: upper ?? lower) }
      return cell(of: upper.mixed(with: lower, share: 0.5))
    }
    // The glyph keeps both colours even where they are equal, so that a tint can change one of them later.
    switch (upper, lower) {
    case (let upper?, let lower?): return Cell("▀", Style(upper.ink, on: lower.ink))
    case (let upper?, nil): return Cell("▀", Style(upper.ink))
    case (nil, let lower?): return Cell("▄", Style(lower.ink))
    case (nil, nil): return Cell()
    }
  }

  /// One colour in a whole cell.
  private func cell(of color: RGB?) -> Cell {
    guard let color else { return Cell() }
    if appearance.hasColor { return Cell(" ", Style(.terminal, on: color.ink)) }
    return Cell(shade(of: color))
  }

  /// The glyph for a colour's lightness: the denser, the farther from the paper.
  private func shade(of color: RGB) -> Unicode.Scalar {
    let shades = appearance.glyphs.shades
    let lightness = min(max(Oklab(color).lightness, 0), 1)
    let share = appearance.theme.isLight ? 1 - lightness : lightness
    return shades[min(Int(share * Double(shades.count)), shades.count - 1)]
  }

  /// Marks a rectangle of pixels by bars at its left and right, in the cells beside it, so that none of its own pixels
  /// is hidden.
  ///
  /// The pixels beside it show through in half their width. A picture that begins at the canvas's edge wants a blank
  /// column there for the bar.
  public func outline(_ pixels: Rect, on canvas: Canvas, _ ink: Ink) {
    guard let covered = cells(of: pixels) else { return }
    for row in covered.row..<covered.endRow {
      let firstPixel = (row - origin.row) * pixelsDown
      let upper = !showsHalves || firstPixel >= pixels.row
      let lower = !showsHalves || firstPixel + 1 < pixels.endRow
      putBar(barGlyph(atLeft: true, upper: upper, lower: lower), canvas, covered.column - 1, row, ink)
      putBar(barGlyph(atLeft: false, upper: upper, lower: lower), canvas, covered.endColumn, row, ink)
    }
  }

  /// Marks one pixel as `outline` does.
  public func mark(_ pixel: Point, on canvas: Canvas, _ ink: Ink) {
    outline(Rect(column: pixel.column, row: pixel.row, columns: 1, rows: 1), on: canvas, ink)
  }

  /// Mixes a colour into a rectangle of pixels that are drawn already; the picture stays visible below.
  ///
  /// Where there are no colours, use `outline`.
  public func tint(_ pixels: Rect, on canvas: Canvas, _ color: RGB, share: Double = 0.35) {
    guard appearance.hasColor, let covered = cells(of: pixels) else { return }
    let visible = covered.intersection(Rect(size: canvas.size))
    for row in visible.row..<visible.endRow {
      let firstPixel = (row - origin.row) * pixelsDown
      let rowsCovered = pixels.row..<pixels.endRow
      for column in visible.column..<visible.endColumn {
        let glyph = canvas.cell(column: column, row: row)?.glyph
        canvas.restyle(column: column, row: row) { style in
          let upper = rowsCovered.contains(firstPixel)
          let lower = rowsCovered.contains(firstPixel + 1)
          switch glyph {
          case "▀":
            if upper { style.foreground = style.foreground.mixed(with: color, share) }
            if lower { style.background = style.background.mixed(with: color, share) }
          case "▄":
            if lower { style.foreground = style.foreground.mixed(with: color, share) }
            if upper { style.background = style.background.mixed(with: color, share) }
          default:
            style.background = style.background.mixed(with: color, share)
          }
        }
      }
    }
  }

  /// Lights a rectangle of pixels up: in the colour farthest from the paper, or reversed where there are no colours.
  public func flash(_ pixels: Rect, on canvas: Canvas) {
    guard !appearance.hasColor else {
      return tint(pixels, on: canvas, appearance.theme.isLight ? RGB(0, 0, 0) : RGB(255, 255, 255), share: 1)
    }
    guard let covered = cells(of: pixels) else { return }
    for row in covered.row..<covered.endRow {
      for column in covered.column..<covered.endColumn {
        canvas.restyle(column: column, row: row) { $0.attributes.insert(.reverse) }
      }
    }
  }

  private func barGlyph(atLeft: Bool, upper: Bool, lower: Bool) -> Unicode.Scalar {
    if appearance.ascii { return "|" }
    switch (upper, lower) {
    case (true, false): return atLeft ? "▝" : "▘"
    case (false, true): return atLeft ? "▗" : "▖"
    default: return atLeft ? "▐" : "▌"
    }
  }

  private func putBar(_ glyph: Unicode.Scalar, _ canvas: Canvas, _ column: Int, _ row: Int, _ ink: Ink) {
    guard let under = canvas.cell(column: column, row: row) else { return }
    let ground = ground(under)
    canvas.put(Cell(glyph, Style(readable(ink, on: ground), on: ground, .bold)), column: column, row: row)
  }

  /// A bar's colour; on pixels of about the same lightness black or white, so that no mark drowns in a picture.
  private func readable(_ ink: Ink, on ground: Ink) -> Ink {
    guard appearance.hasColor, case .role(let role) = ink, case .rgb(let red, let green, let blue) = ground else {
      return ink
    }
    let pixel = RGB(red, green, blue)
    return pixel.contrast(with: appearance.theme.color(of: role)) < 2 ? pixel.readableText.ink : ink
  }

  /// One colour for what a cell showed before.
  private func ground(_ cell: Cell) -> Ink {
    guard cell.glyph == "▀" || cell.glyph == "▄" else { return cell.style.background }
    guard case .rgb(let red, let green, let blue) = cell.style.foreground else { return cell.style.background }
    return cell.style.background.mixed(with: RGB(red, green, blue), 0.5)
  }
}

extension Ink {
  /// Data colours are mixed; the terminal's own and roles, whose colours are not known here, stay.
  fileprivate func mixed(with color: RGB, _ share: Double) -> Ink {
    guard case .rgb(let red, let green, let blue) = self else { return self }
    return RGB(red, green, blue).mixed(with: color, share: share).ink
  }
}
