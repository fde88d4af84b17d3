import Walkthroughs

extension State {
  /// Another tile; the cell that the walk has reached stays.
  mutating func setTile(_ edge: Int) {
    let most = min(geometry.inputHeight, geometry.inputWidth)
    guard (1...max(most, 1)).contains(edge) else {
      notice = Notice(text: "a tile has 1 to \(most) rows here", kind: .warning)
      return
    }
    remember()
    let here = tileStep(.tileByTile)
    view.tile = edge
    if let here, let matrix = tileMatrix {
      view.step = TileWalkthrough(matrix: matrix, order: .tileByTile).stepIndex(
        row: min(here.row, matrix.edge - 1), column: min(here.column, matrix.edge - 1))
    }
    clampView()
    notice = Notice(text: "tile \(edge)×\(edge): w and W, the window's size elsewhere, are the tile's here")
  }

  /// Opens the tile and what the curves depend on for editing.
  func tileEditing() -> Editing {
    let texts: [(String, String)] = [
      ("tile", String(tile)), ("matrix-size", String(view.matrixSize)), ("row-padding", String(view.rowPadding)),
      ("cache", tileCacheWord.word),
    ]
    return Editing(fields: texts.map { .init(target: .viewOption($0.0), label: $0.0, text: $0.1, original: $0.1) })
  }

  /// Makes the curves those of the view, with the misses that are counted at once.
  mutating func prepareTileCosts() {
    guard let sweep = scene.sweep(self), tileCosts?.sweep != sweep else { return }
    tileCosts = TileCosts(sweep, generation: (tileCosts?.generation ?? 0) + 1)
  }

  /// Starts, restarts or ends the work on the curves, as what is seen demands.
  mutating func reconcileTileCosts() -> [Effect] {
    guard scene.sweep(self) != nil else {
      guard tileCosts?.progress == .running else { return [] }
      tileCosts?.progress = .waiting
      return [.cancelTiles]
    }
    prepareTileCosts()
    guard var costs = tileCosts, costs.progress == .waiting else { return [] }
    let task = costs.missing
    guard !task.isEmpty else { return [] }
    costs.generation += 1
    costs.progress = .running
    tileCosts = costs
    return [.measureTiles(task, generation: costs.generation)]
  }

  /// Esc while the curves are measured.
  mutating func stopTiles() -> [Effect]? {
    guard scene.sweep(self) != nil, tileCosts?.progress == .running else { return nil }
    tileCosts?.progress = .stopped
    notice = Notice(text: "stopped; Enter on the curves goes on")
    return [.cancelTiles]
  }

  /// Enter on stopped curves.
  mutating func resumeTiles() {
    if tileCosts?.progress == .stopped { tileCosts?.progress = .waiting }
  }

  /// A point of the curves came in; those of another run are dropped.
  mutating func add(_ finding: TileFinding, generation: Int) {
    guard var costs = tileCosts, generation == costs.generation else { return }
    costs.add(finding)
    if costs.progress == .running, costs.missing.isEmpty { costs.progress = .waiting }
    tileCosts = costs
  }
}
