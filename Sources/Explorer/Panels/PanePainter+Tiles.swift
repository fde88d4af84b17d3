import Screens
import Walkthroughs

extension PanePainter {
  /// Tiles are about places: with few decimals, A, B and C stand as numbers side by side.
  var tileFormat: NumberFormat { NumberFormat(for: state.summary.input, decimals: state.size.columns >= 200 ? 2 : 1) }

  /// The square in the order of its memory, with the path row by row.
  var tileRowsGrid: Grid? {
    guard let crop = state.tiledCrop else { return nil }
    let walk = crop.walk(.rowByRow)
    let now = walk.step(at: state.view.step)
    let cells = 0..<crop.matrix.edge
    var grid = Grid(
      rows: cells, columns: cells, format: tileFormat, center: (now.row, now.column),
      labelWidth: String(crop.matrix.edge - 1).count + 1
    ) { [self] row, column in
      tileCell(crop, row: row, column: column, reachedAt: row * crop.matrix.edge + column)
    } pixel: { _, _, _ in
      nil
    }
    grid.sampler = { [self] span in tileColors(crop, span: span) { ($0, $1) } }
    remember(&grid, crop, .rowByRow) { $0 * crop.matrix.edge + $1 }
    grid.isReadInPart = areTilesReadInPart
    grid.link = { row, column in self.pathLink(walk, from: row * crop.matrix.edge + column) }
    grid.frame = (now.row..<now.row + 1, cells)
    averageLargePictures(&grid)
    grid.written = (now.row, now.column)
    grid.selected = selectedPlace(crop)
    return grid
  }

  /// The view (tile row, tile column, row, column) as nested grids: blank lines stand between tiles.
  var tileViewGrid: Grid? {
    guard let crop = state.tiledCrop else { return nil }
    let walk = crop.walk(.tileByTile)
    let now = walk.step(at: state.view.step)
    let spread = TileSpread(crop)
    let cells = 0..<spread.count
    var grid = Grid(
      rows: cells, columns: cells, format: tileFormat,
      center: (spread.place(of: now.row), spread.place(of: now.column)),
      rowLabel: { spread.cell(at: $0).map { String($0) } ?? "" },
      columnLabel: { spread.cell(at: $0).map { String($0) } ?? "" },
      labelWidth: String(crop.matrix.edge - 1).count + 1
    ) { [self] row, column in
      guard let y = spread.cell(at: row), let x = spread.cell(at: column) else {
        return GridCell(content: .glyph(" "))
      }
      return tileCell(crop, row: y, column: x, reachedAt: walk.stepIndex(row: y, column: x))
    } pixel: { _, _, _ in
      nil
    }
    grid.sampler = { [self] span in
      tileColors(crop, span: span) { row, column in
        // Pixels that span several cells would show some gaps and miss others.
        let isFine = span <= 1
        guard let y = spread.cell(at: row) ?? (isFine ? nil : spread.cell(at: row - 1)),
          let x = spread.cell(at: column) ?? (isFine ? nil : spread.cell(at: column - 1))
        else { return nil }
        return (y, x)
      }
    }
    remember(&grid, crop, .tileByTile) { row, column in
      // A gap has no colour to change; where a pixel spans several cells, it belongs to the one before.
      walk.stepIndex(
        row: spread.cell(at: row) ?? spread.cell(at: row - 1) ?? 0,
        column: spread.cell(at: column) ?? spread.cell(at: column - 1) ?? 0)
    }
    grid.isReadInPart = areTilesReadInPart
    grid.link = { [self] row, column in
      guard let y = spread.cell(at: row), let x = spread.cell(at: column) else { return nil }
      return pathLink(walk, from: walk.stepIndex(row: y, column: x))
    }
    averageLargePictures(&grid)
    let (top, left) = (spread.place(of: now.tileRow * crop.tile), spread.place(of: now.tileColumn * crop.tile))
    grid.frame = (top..<top + crop.tile, left..<left + crop.tile)
    grid.written = (spread.place(of: now.row), spread.place(of: now.column))
    grid.selected = selectedPlace(crop).map { (spread.place(of: $0.row), spread.place(of: $0.column)) }
    return grid
  }

  /// The contiguous copy, a tile a row: what lies side by side here lies side by side in memory.
  var tileCopyGrid: Grid? {
    guard let crop = state.tiledCrop else { return nil }
    let walk = crop.walk(.tileByTile)
    let area = crop.tile * crop.tile
    let tiles = crop.matrix.tilesPerSide
    let now = state.view.step
    func label(_ tile: Int) -> String { "\(tile / tiles),\(tile % tiles)" }
    var grid = Grid(
      rows: 0..<tiles * tiles, columns: 0..<area, format: tileFormat, center: (now / area, now % area),
      rowLabel: label, columnLabel: { "\($0 / crop.tile)\(crop.tile > 10 ? "," : "")\($0 % crop.tile)" },
      labelWidth: label(tiles * tiles - 1).count + 1
    ) { [self] tile, place in
      let t = tile * area + place
      guard t <= now else { return GridCell(content: .glyph(glyphSet.notYet), style: Style(.faint)) }
      let step = walk.step(at: t)
      var cell = tileCell(crop, row: step.row, column: step.column, reachedAt: t)
      cell.hasCursor = false
      if t == now, cell.mark == .none || state.view.selection == nil { cell.mark = .written }
      return cell
    } pixel: { _, _, _ in
      nil
    }
    grid.written = (now / area, now % area)
    return grid
  }

  /// Whether a square is so small that it is read as numbers, if need be half of it: the square and its tiles alike.
  private var areTilesReadInPart: Bool {
    guard let crop = state.tiledCrop else { return false }
    let columns = TileSpread(crop).count
    return columns <= 16 && tileViewColumns - columns / 2 * (tileFormat.columns + 1) + 2 <= state.size.columns * 2 / 5
  }

  /// The columns that the square and its tiles need as numbers, borders included.
  private var tileNumbersColumns: Int {
    guard let crop = state.tiledCrop else { return 0 }
    let gaps = TileSpread(crop).count - crop.matrix.edge
    return tileViewColumns * 2 - gaps * (tileFormat.columns + 1) + 4
  }

  /// The columns that the tiles need as numbers in tight slots.
  private var tileViewColumns: Int {
    guard let crop = state.tiledCrop else { return 0 }
    return String(crop.matrix.edge - 1).count + 3 + TileSpread(crop).count * (tileFormat.columns + 1)
  }

  private func averageLargePictures(_ grid: inout Grid) {
    guard let first = state.summary.inputPyramid?.levels.first else { return }
    grid.averages = { $0 >= Double(first.factor) }
  }

  /// The input cell that a place of a pane of Tiles shows.
  func tileInput(of pane: Pane, row: Int, column: Int) -> InputIndex? {
    guard let crop = state.tiledCrop else { return nil }
    var place: (row: Int, column: Int)?
    switch pane {
    case .tileRows: place = (row, column)
    case .tileView:
      let spread = TileSpread(crop)
      if let y = spread.cell(at: row), let x = spread.cell(at: column) { place = (y, x) }
    case .tileCopy:
      let step = crop.walk(.tileByTile).step(at: row * crop.tile * crop.tile + column)
      place = (step.row, step.column)
    default: break
    }
    guard let place, crop.contains(row: place.row, column: place.column) else { return nil }
    return inputIndex(row: place.row, column: place.column)
  }

  private func inputIndex(row: Int, column: Int) -> InputIndex {
    InputIndex(n: state.shownPicture, y: row, x: column, c: shownChannel)
  }

  /// Where the square cannot stand as numbers, its pictures leave the copy more room.
  func tileRoom(for pane: Pane, _ grid: Grid) -> Room {
    let quarter = state.size.columns / 4
    let wanted = GridView.columnsWanted(by: grid) + 2
    let tight = GridView.columnsNeeded(by: grid) + 2
    guard pane != .tileCopy else {
      // All columns of a small tile are seen; a large one leaves the pictures their room, or numbers that do not all fit.
      let isViewCut = areTilesReadInPart && tileNumbersColumns + tight > state.size.columns - (state.isRoomy ? 28 : 0)
      let whole = tight <= state.size.columns * 2 / 5 && (state.tile <= 2 || !isViewCut) ? tight : 0
      let least = max(min(max(wanted, 20), 28), whole)
      return Room(least: least, wanted: min(wanted, max(quarter, least)), takesMore: true, floor: 16)
    }
    let isPicture = !areTilesReadInPart && wanted > quarter * 3 / 2
    let half = tight - grid.columns.count / 2 * (grid.format.columns + 1)
    // As many as numbers in tight slots need; pictures make room for the copy of a small tile, which is then whole.
    let least =
      tight <= 34 ? max(tight, 24) : areTilesReadInPart ? half : state.tile <= 2 ? 23 : pane == .tileView ? 28 : 26
    return Room(least: least, wanted: isPicture ? max(quarter, least) : wanted, takesMore: !isPicture)
  }

  private func selectedPlace(_ crop: TiledCrop) -> (row: Int, column: Int)? {
    let cell = selected
    let isShown = cell.n == state.shownPicture && cell.c == shownChannel
    return isShown && crop.contains(row: cell.y, column: cell.x) ? (cell.y, cell.x) : nil
  }

  /// A cell of the crop or of its padding: the one being read under the cursor, those not yet read faint.
  private func tileCell(_ crop: TiledCrop, row: Int, column: Int, reachedAt t: Int) -> GridCell {
    var cell: GridCell
    if crop.contains(row: row, column: column) {
      let index = inputIndex(row: row, column: column)
      cell = GridCell(content: .number(values.input(at: index)))
      if values.addressing.address(of: index) == selectedAddress { cell.mark = .selected }
      if t > state.view.step { cell.style = Style(.faint) }
    } else {
      cell = GridCell(content: .glyph(glyphSet.padding), style: Style(.padding))
    }
    cell.hasCursor = t == state.view.step
    return cell
  }

  /// The pixels of the crop.
  private func tileColors(
    _ crop: TiledCrop, span: Double, _ place: @escaping (_ row: Int, _ column: Int) -> (row: Int, column: Int)?
  ) -> (_ row: Int, _ column: Int) -> RGB? {
    let padding = RGB(hex: state.appearance.theme.isLight ? 0xC8C8C8 : 0x262626)
    let colors = inputColors(n: state.shownPicture, span: span, inColors: false)
    return { row, column in
      guard let (y, x) = place(row, column) else { return nil }
      return crop.contains(row: y, column: x) ? colors(y, x) : padding
    }
  }

  /// Lets a picture of the crop be remembered; its pixels are darker until the walk has reached them.
  private func remember(
    _ grid: inout Grid, _ crop: TiledCrop, _ order: TileWalkthrough.Order, reachedAt step: @escaping (Int, Int) -> Int
  ) {
    let paper = RGB(hex: state.appearance.theme.isLight ? 0xFFFFFF : 0x101018)
    grid.remembered = (
      state.rasters,
      RasterMemory.Picture(
        experiment: state.summary.identity,
        content: .tiles(
          order, tile: crop.tile, n: state.shownPicture, channel: shownChannel,
          isAveraged: state.summary.inputPyramid != nil), appearance: state.appearance)
    )
    grid.arrival = Arrival(now: state.view.step, step: step) { $0.mixed(with: paper, share: 0.65) }
  }

  /// The glyph behind a cell that leads to the next cell of a path.
  private func pathLink(_ walk: TileWalkthrough, from t: Int) -> (Unicode.Scalar, Style)? {
    guard t + 1 < walk.count else { return nil }
    let (here, next) = (walk.step(at: t), walk.step(at: t + 1))
    let glyphs = state.appearance.glyphs
    let glyph: Unicode.Scalar
    if next.row == here.row {
      glyph = glyphs.rightArrow
    } else if next.row > here.row {
      // Down and back to the left.
      glyph = state.appearance.ascii ? glyphs.downArrow : next.column == here.column ? glyphs.downArrow : "↙"
    } else {
      glyph = state.appearance.ascii ? glyphs.upArrow : "↗"
    }
    return (glyph, t < state.view.step ? Style(.written) : Style(.faint))
  }
}

/// Rows or columns with a blank one between tiles.
struct TileSpread {
  private let edge: Int
  private let tile: Int

  init(_ crop: TiledCrop) {
    edge = crop.matrix.edge
    tile = crop.tile
  }

  /// Rows, blanks included.
  var count: Int { edge + edge / tile - 1 }

  func place(of cell: Int) -> Int { cell + cell / tile }

  /// The row of the matrix; nil for a blank.
  func cell(at place: Int) -> Int? {
    let (tiles, within) = place.quotientAndRemainder(dividingBy: tile + 1)
    return within < tile && place >= 0 ? tiles * tile + within : nil
  }
}
