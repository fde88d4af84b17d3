import Screens

extension GridView {
  /// Draws the visible cells as pixels, with the field's ground and the marks over them.
  func drawPixels(scale: Double, on canvas: Canvas, appearance: Appearance, flashes: Bool) {
    // However thin a picture is, it is seen.
    let pixelColumns = max(Int((Double(columns.count) * scale).rounded()), 1)
    let pixelRows = max(Int((Double(rows.count) * scale).rounded()), 1)
    let picture = PixelGrid(
      columns: min(pixelColumns, size.columns), rows: min(pixelRows, 2 * size.rows), at: Point(column: 0, row: 0),
      appearance)
    let empty = Cell(grid.emptyGlyph, Style(.faint))
    let color = sampler(span: 1 / scale)
    if let raster = raster(of: picture, scale: scale, empty: empty, color) {
      raster.draw(picture, now: grid.arrival?.now ?? 0, on: canvas)
    } else {
      picture.draw(on: canvas, empty: empty) { color(Double($0) / scale, Double($1) / scale) }
    }
    if let frame = grid.frame, let covered = pixels(rows: frame.rows, columns: frame.columns, scale: scale) {
      let ground = appearance.theme.isLight ? RGB(hex: 0xD75F00) : RGB(hex: 0xFFAF00)
      picture.tint(covered, on: canvas, ground, share: covered.columns > 2 ? 0.4 : 0.85)
      if !appearance.hasColor || covered.columns > 2 {
        picture.outline(covered, on: canvas, appearance.hasColor ? ground.ink : .terminal)
      }
    }
    if flashes, let written = grid.written, let covered = pixels(of: written, scale: scale) {
      picture.flash(covered, on: canvas)
    }
    mark(grid.written, ink: .role(.written), picture, scale: scale, on: canvas)
    mark(grid.selected, ink: .role(.selected), picture, scale: scale, on: canvas)
  }

  /// The picture, remembered where it can be.
  private func raster(
    of picture: PixelGrid, scale: Double, empty: Cell, _ color: (_ column: Double, _ row: Double) -> RGB?
  ) -> RasterMemory.Raster? {
    guard let (memory, content) = grid.remembered else { return nil }
    let size = Size(columns: picture.columns, rows: picture.rows)
    let key = RasterMemory.Key(picture: content, rows: rows, columns: columns, scale: scale, size: size)
    return memory.raster(key) {
      RasterMemory.Raster(
        of: picture, empty: empty, walk: grid.arrival.map { ($0.before, arrivals(at: picture, $0, scale: scale)) }
      ) { color(Double($0) / scale, Double($1) / scale) }
    }
  }

  /// The step at which a walk comes to each pixel, row by row.
  private func arrivals(at picture: PixelGrid, _ arrival: Arrival, scale: Double) -> [Int] {
    (0..<picture.rows * picture.columns).map { place in
      let (row, column) = (place / picture.columns, place % picture.columns)
      return arrival.step(cellRow((Double(row) + 0.5) / scale), cellColumn((Double(column) + 0.5) / scale))
    }
  }

  /// The cell of the grid at a place, in cells from the first one shown.
  private func cellRow(_ place: Double) -> Int { min(rows.lowerBound + Int(place), rows.upperBound - 1) }
  private func cellColumn(_ place: Double) -> Int { min(columns.lowerBound + Int(place), columns.upperBound - 1) }

  private func mark(
    _ cell: (row: Int, column: Int)?, ink: Ink, _ picture: PixelGrid, scale: Double, on canvas: Canvas
  ) {
    guard let cell, let covered = pixels(of: cell, scale: scale) else { return }
    picture.outline(covered, on: canvas, ink)
  }

  private func pixels(of cell: (row: Int, column: Int), scale: Double) -> Rect? {
    // The one pixel with its middle in it, where several cells share a pixel.
    if scale < 1, rows.contains(cell.row), columns.contains(cell.column) {
      let row = Int((Double(cell.row - rows.lowerBound) + 0.5) * scale)
      let column = Int((Double(cell.column - columns.lowerBound) + 0.5) * scale)
      return Rect(column: column, row: row, columns: 1, rows: 1)
    }
    return pixels(rows: cell.row..<cell.row + 1, columns: cell.column..<cell.column + 1, scale: scale)
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

  /// The colours of screen pixels: each the mean of up to 2×2 samples of the cells under it, however many those are.
  private func sampler(span: Double) -> (_ column: Double, _ row: Double) -> RGB? {
    let pixel = grid.pixel
    let sample: (Int, Int) -> RGB?
    if let sampler = grid.sampler { sample = sampler(span) } else { sample = { pixel($0, $1, span) } }
    func cell(_ across: Double, _ down: Double) -> RGB? { sample(cellRow(down), cellColumn(across)) }
    guard span > 1 else { return cell }
    if grid.averages(span) { return { cell($0 + span / 2, $1 + span / 2) } }
    if let pool = grid.poolingSampler?(span) {
      // A hair less, so that a pixel of whole cells does not touch the next one.
      let reach = span - 1e-6
      return { across, down in
        pool(cellRow(down)..<cellRow(down + reach) + 1, cellColumn(across)..<cellColumn(across + reach) + 1)
      }
    }
    return { column, row in
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
  }

  /// Draws the grid as it is displayed.
  ///
  /// - Parameter flashes: whether the cells being written are lit for a moment.
  func draw(on canvas: Canvas, appearance: Appearance, flashes: Bool = false) {
    switch display {
    case .numbers(let slot): drawNumbers(slot: slot, on: canvas, appearance: appearance, flashes: flashes)
    case .pixels(let scale): drawPixels(scale: scale, on: canvas, appearance: appearance, flashes: flashes)
    }
  }
}
