import Convolution
import Screens
import Walkthroughs

/// A square of the input in tiles: the path through memory, the copy that makes tiles contiguous, and what tiles save.
struct TilesScene: SceneDefinition {
  let title = "Tiles"
  let panes: [Pane] = [
    .tileRows, .tileView, .tileCopy, .code, .cell, .tileStrides, .transpose, .blockProduct, .tileSettings,
  ]
  let firstFocus = Pane.tileView
  let leftPane = Pane.tileRows
  let middlePanes: [Pane] = [.tileView, .tileStrides, .transpose, .blockProduct, .tileSettings, .code, .cell]
  let rightPane = Pane.tileCopy
  let settingsPane = Pane.tileSettings
  let footerFirst = ["geometry", "edit", "preset"]
  // Each cell stands once in the copy.
  let footerWithout = ["copies"]
  let geometryKeys = (keys: "w W", meaning: "tile")

  func stepCount(_ state: State) -> Int { state.tileMatrix.map { $0.edge * $0.edge } ?? 1 }

  /// The field that begins at the cell visited, as far as there is one.
  func reached(_ state: State) -> OutputIndex {
    let g = state.geometry
    let step = state.tileStep(.tileByTile)
    func output(_ cell: Int, _ before: Int, _ stride: Int, _ count: Int) -> Int {
      min(max((cell + before) / stride, 0), count - 1)
    }
    return OutputIndex(
      n: min(state.shownPicture, g.batch - 1),
      y: output(step?.row ?? 0, g.padding.top, g.stride.vertical, g.outputHeight),
      x: output(step?.column ?? 0, g.padding.left, g.stride.horizontal, g.outputWidth), o: state.shownOutputChannel)
  }

  /// The step that visits the first cell of a field.
  func step(reaching output: OutputIndex, _ state: State) -> Int {
    guard let matrix = state.tileMatrix else { return 0 }
    let g = state.geometry
    let row = min(max(output.y * g.stride.vertical - g.padding.top, 0), matrix.edge - 1)
    let column = min(max(output.x * g.stride.horizontal - g.padding.left, 0), matrix.edge - 1)
    return TileWalkthrough(matrix: matrix, order: .tileByTile).stepIndex(row: row, column: column)
  }

  /// The cell that the walk through the tiles visits.
  func followed(_ state: State) -> InputIndex? {
    guard let step = state.tileStep(.tileByTile) else { return nil }
    let g = state.geometry
    return InputIndex(
      n: state.shownPicture, y: min(step.row, g.inputHeight - 1), x: min(step.column, g.inputWidth - 1),
      c: state.view.channel ?? 0)
  }

  func hop(_ direction: Int, _ state: inout State) -> Bool {
    state.notice = Notice(text: "tiles do not overlap: each cell stands once in the copy")
    return true
  }

  func toggleValues(_ state: inout State) {
    state.notice = Notice(text: "each cell stands once in the copy: there is nothing to count")
  }

  /// The presets are those of the cache.
  func cyclePreset(_ direction: Int, _ state: inout State) {
    state.remember()
    let next = state.tileCacheWord.next(direction)
    state.view.cache = next == .level1 ? nil : next
    state.notice = Notice(
      text: "misses are counted in \(next.name(on: state.machine)): \(state.tileCache.description)")
  }

  /// The tile and what the curves depend on, but for the cell's own panel.
  func editing(_ state: State) -> Editing? { state.focus == .cell ? nil : state.tileEditing() }

  func code(_ state: State) -> (lines: [String], running: Int) {
    guard let matrix = state.tileMatrix else { return (["# there is no matrix"], 0) }
    let code = TileWalkthrough(matrix: matrix, order: .tileByTile).code
    let border = matrix.edge - min(state.geometry.inputHeight, state.geometry.inputWidth)
    guard border > 0 else { return (code.listing.lines, code.line) }
    // The loops are over the padded copy.
    let lines = code.listing.lines.map { line in
      line.hasSuffix("(A[row,column])") ? line.dropLast(14) + "P[row,column])" : line
    }
    return (["P = np.pad(A, ((0,\(border)), (0,\(border))))"] + lines, code.line + 1)
  }

  func sweep(_ state: State) -> TileSweep? { state.tileSweep }

  /// w and W, the window's size elsewhere, are the tile's here.
  func change(_ parameter: GeometryParameter, by delta: Int, _ state: inout State) -> Bool {
    guard parameter == .kernelSize else { return false }
    state.setTile(state.tile + delta)
    return true
  }

  func arrange(_ area: Rect, _ painter: PanePainter) -> [(pane: Pane, rect: Rect)] {
    let lowerRows = min(max(painter.curveRows + 2, 13), area.rows / 2 + 1)
    let upper = Rect(column: area.column, row: area.row, columns: area.columns, rows: area.rows - lowerRows)
    let lower = Rect(column: area.column, row: upper.endRow, columns: area.columns, rows: lowerRows)
    let grids: [Pane] = [.tileRows, .tileView, .tileCopy]
    // The grids come first; code and cell stand one above the other in what they leave.
    let wanted = grids.map { painter.room(for: $0).wanted }.reduce(0, +)
    let right = min(max(upper.columns - wanted, 28), 44)
    let left = Rect(column: upper.column, row: upper.row, columns: upper.columns - right, rows: upper.rows)
    let codeRows = min(max(upper.rows / 2, code(painter.state).lines.count + 2), max(upper.rows - 5, 1))
    let code = Rect(column: left.endColumn, row: upper.row, columns: right, rows: codeRows)
    let cell = Rect(column: left.endColumn, row: code.endRow, columns: right, rows: upper.rows - codeRows)
    return SceneLayout.row(grids, in: left, painter) + [(.code, code), (.cell, cell)]
      + SceneLayout.row([.tileStrides, .transpose, .blockProduct, .tileSettings], in: lower, painter)
  }

  /// Three panels, and where a small matrix leaves room, the strides under them.
  func arrangeSmall(_ area: Rect, _ painter: PanePainter) -> [(pane: Pane, rect: Rect)] {
    let panes = [leftPane, painter.state.side, rightPane]
    let tiles = painter.state.tileMatrix.map { $0.tilesPerSide } ?? 0
    let needed = max(painter.state.tileMatrix.map { $0.edge + tiles } ?? 0, tiles * tiles + 1) + 2
    let strideRows = min(area.rows - needed, 8)
    guard painter.state.side == .tileView, strideRows >= 6 else {
      return SceneLayout.row(panes, in: area, painter)
    }
    let upper = Rect(column: area.column, row: area.row, columns: area.columns, rows: area.rows - strideRows)
    let lower = Rect(column: area.column, row: upper.endRow, columns: area.columns, rows: strideRows)
    return SceneLayout.row(panes, in: upper, painter) + [(.tileStrides, lower)]
  }
}
