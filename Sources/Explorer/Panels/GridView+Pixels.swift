import Screens

extension GridView {
  /// Draws the visible cells as pixels, with the field's ground and the marks over them.
  func drawPixels(scale: Double, on canvas: Canvas, appearance: Appearance) {
    let pixelColumns = Int((Double(columns.count) * scale).rounded())
    let pixelRows = Int((Double(rows.count) * scale).rounded())
    let picture = PixelGrid(
      columns: min(pixelColumns, size.columns), rows: min(pixelRows, 2 * size.rows), at: Point(column: 0, row: 0),
      appearance)
    picture.draw(on: canvas) { column, row in
      color(column: Double(column) / scale, row: Double(row) / scale, span: 1 / scale)
    }
    if let frame = grid.frame, let covered = pixels(rows: frame.rows, columns: frame.columns, scale: scale) {
      let ground = appearance.theme.isLight ? RGB(hex: 0xD75F00) : RGB(hex: 0xFFAF00)
      picture.tint(covered, on: canvas, ground, share: covered.columns > 2 ? 0.4 : 0.85)
      if !appearance.hasColor || covered.columns > 2 {
        picture.outline(covered, on: canvas, appearance.hasColor ? ground.ink : .terminal)
      }
    }
    mark(grid.written, ink: .role(.written), picture, scale: scale, on: canvas)
    mark(grid.selected, ink: .role(.selected), picture, scale: scale, on: canvas)
  }

  private func mark(
    _ cell: (row: Int, column: Int)?, ink: Ink, _ picture: PixelGrid, scale: Double, on canvas: Canvas
  ) {
    guard let cell,
      let covered = pixels(rows: cell.row..<cell.row + 1, columns: cell.column..<cell.column + 1, scale: scale)
    else { return }
    picture.outline(covered, on: canvas, ink)
  }

  /// The screen pixels that show some cells; at least one, nil where none of them is visible.
  private func pixels(rows: Range<Int>, columns: Range<Int>, scale: Double) -> Rect? {
    let rows = rows.clamped(to: self.rows)
    let columns = columns.clamped(to: self.columns)
    guard !rows.isEmpty, !columns.isEmpty else { return nil }
    func span(_ range: Range<Int>, from start: Int) -> Range<Int> {
      let low = Int((Double(range.lowerBound - start) * scale).rounded(.down))
      let high = Int((Double(range.upperBound - start) * scale).rounded(.up))
      return low..<max(high, low + 1)
    }
    let (down, across) = (span(rows, from: self.rows.lowerBound), span(columns, from: self.columns.lowerBound))
    return Rect(column: across.lowerBound, row: down.lowerBound, columns: across.count, rows: down.count)
  }

  /// The colour of a screen pixel: the mean of up to 2×2 samples of the cells under it, however many those are.
  private func color(column: Double, row: Double, span: Double) -> RGB? {
    func cell(_ column: Double, _ row: Double) -> RGB? {
      grid.pixel(
        min(rows.lowerBound + Int(row), rows.upperBound - 1),
        min(columns.lowerBound + Int(column), columns.upperBound - 1), span)
    }
    guard span > 1 else { return cell(column, row) }
    if grid.averages(span) { return cell(column + span / 2, row + span / 2) }
    var (red, green, blue, count) = (0, 0, 0, 0)
    for (down, across) in [(0.25, 0.25), (0.25, 0.75), (0.75, 0.25), (0.75, 0.75)] {
      guard let sample = cell(column + across * span, row + down * span) else { continue }
      red += Int(sample.red)
      green += Int(sample.green)
      blue += Int(sample.blue)
      count += 1
    }
    guard count > 0 else { return nil }
    return RGB(UInt8(red / count), UInt8(green / count), UInt8(blue / count))
  }

  /// Draws the grid as it is displayed.
  func draw(on canvas: Canvas, appearance: Appearance) {
    switch display {
    case .numbers(let slot): drawNumbers(slot: slot, on: canvas, appearance: appearance)
    case .pixels(let scale): drawPixels(scale: scale, on: canvas, appearance: appearance)
    }
  }
}
