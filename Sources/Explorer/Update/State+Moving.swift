import Convolution
import Screens
import Walkthroughs

extension State {
  /// An arrow key, in the focused pane.
  mutating func move(_ direction: Direction) {
    let scene = scene
    if scene.move(direction, &self) { return }
    let delta = direction.delta
    switch focus {
    case .input, .copies: moveSelection(delta)
    case .output: moveStep(delta)
    case .matrix: moveEntry(delta)
    case .product: moveEntry((rows: delta.rows, columns: 0))
    case .strided, .memory, .copy: moveInMemory(delta)
    case .nhwc: moveInMemory(delta, order: .nhwc)
    case .nchw: moveInMemory(delta, order: .nchw)
    case .channelsLast: moveInMemory(delta, order: .channelsLast)
    default:
      // Panes without a cursor: the arrows point at a pixel, as the first screen says.
      moveSelection(delta)
    }
  }

  private mutating func moveSelection(_ delta: (rows: Int, columns: Int)) {
    var cell = selected
    cell.y = min(max(cell.y + delta.rows, 0), geometry.inputHeight - 1)
    cell.x = min(max(cell.x + delta.columns, 0), geometry.inputWidth - 1)
    select(cell)
  }

  /// Pins an input cell.
  mutating func select(_ cell: InputIndex) {
    view.selection = cell
    view.entry = nil
    clampView()
  }

  private mutating func moveStep(_ delta: (rows: Int, columns: Int)) {
    playback.isPlaying = false
    var output = reached
    output.y = min(max(output.y + delta.rows, 0), geometry.outputHeight - 1)
    output.x = min(max(output.x + delta.columns, 0), geometry.outputWidth - 1)
    output.o = shownOutputChannel
    goTo(output)
  }

  /// In the patch matrix the cursor's row is the step, its column an entry that becomes the selection.
  private mutating func moveEntry(_ delta: (rows: Int, columns: Int)) {
    playback.isPlaying = false
    let entry = entryCursor
    let moved = PatchEntry(
      row: min(max(entry.row + delta.rows, 0), patchMatrix.rows - 1),
      column: min(max(entry.column + delta.columns, 0), patchMatrix.columns - 1))
    setStep(toRow: moved.row)
    point(at: moved)
  }

  /// The entry of the patch matrix that the cursor is on.
  var entryCursor: PatchEntry {
    if let entry = view.entry { return entry }
    let row = patchStep.row
    return patchMatrix.copies(of: selected).first { $0.row == row } ?? PatchEntry(row: row, column: 0)
  }

  private mutating func setStep(toRow row: Int) {
    view.step = patchWalk.step(atRow: row, like: view.step)
    if view.multiply != nil { view.multiply = 0 }
  }

  /// Puts the matrix cursor on an entry and selects the memory that it copies; padding has none.
  mutating func point(at entry: PatchEntry) {
    let cell = patchMatrix.inputIndex(entry)
    if values.addressing.contains(cell) {
      view.selection = cell
    } else {
      notice = Notice(text: "this entry is a zero of the padding: no memory of the input")
    }
    view.entry = entry
  }

  /// The next copy of the selected memory in the patch matrix, round and round.
  mutating func hop(_ direction: Int) {
    if scene.hop(direction, &self) { return }
    let copies = patchMatrix.copies(of: selected)
    guard !copies.isEmpty else {
      notice = Notice(
        text: geometry.groups > 1
          ? "this cell is in another group's patch matrix" : "no receptive field reads this cell: it has no copies")
      return
    }
    let pinned = selected
    playback.isPlaying = false
    let current = entryCursor
    let next: PatchEntry
    if let index = copies.firstIndex(of: current) {
      next = copies[(index + direction + copies.count) % copies.count]
    } else if direction > 0 {
      next = copies.first { $0 > current } ?? copies[0]
    } else {
      next = copies.last { $0 < current } ?? copies[copies.count - 1]
    }
    view.selection = pinned
    view.entry = next
    if !panes.contains(.matrix) { showFieldOfEntry(next) }
  }

  /// Where there is no patch matrix, a copy is seen as one more field that reads the cell.
  private mutating func showFieldOfEntry(_ entry: PatchEntry) {
    let field = patchMatrix.field(row: entry.row)
    goTo(OutputIndex(n: field.n, y: field.y, x: field.x, o: shownOutputChannel))
  }

  /// PgDn and PgUp: a page of rows of the focused pane.
  mutating func page(_ direction: Int) {
    let rows = max(size.rows - 10, 1)
    let scene = scene
    if scene.move(direction > 0 ? .down : .up, &self) { return }
    switch focus {
    case .matrix, .product: moveEntry((rows: direction * rows, columns: 0))
    case .output: moveStep((rows: direction * rows, columns: 0))
    case .strided, .memory, .copy: moveInMemory((rows: direction * rows, columns: 0))
    case .nhwc, .nchw, .channelsLast: move(direction > 0 ? .down : .up)
    default: moveSelection((rows: direction * rows, columns: 0))
    }
  }

  /// Enter: goes where the thing under the cursor leads.
  mutating func follow() -> [Effect] {
    let effects = followFocus()
    // What it leads to must be seen.
    let scene = scene
    let isSeen = SceneLayout(state: self).panes.contains { $0.pane == view.focus }
    if let pane = view.focus, !isSeen, scene.middlePanes.contains(pane) {
      view.side = pane == scene.middlePanes[0] ? nil : pane
    }
    return effects
  }

  private mutating func followFocus() -> [Effect] {
    switch focus {
    case .matrix:
      // The entry leads to its pixel.
      point(at: entryCursor)
      view.focus = .copies
      let cell = selected
      notice = Notice(text: "Z[\(cell.n),\(cell.y),\(cell.x),\(cell.c)] is pinned: the pixel that this entry copies")
    case .input, .loupe, .copies:
      // The pixel leads to its copies.
      hop(1)
      if panes.contains(.matrix) { view.focus = .matrix }
    case .output, .products: view.focus = .input
    case .product, .terms: view.focus = .matrix
    case .weight, .weights, .geometry, .cell, .kkio, .oikk: beginEditing()
    case .strided: beginWriting()
    case .memory, .copy, .layout, .race, .dumps: view.focus = .strided
    case .nhwc, .nchw, .channelsLast, .gather: view.focus = .input
    case .code: toggleMultiplies()
    case .tileRows: view.focus = .tileView
    case .tileView: view.focus = .tileCopy
    case .tileCopy: view.focus = .tileRows
    case .transpose, .blockProduct: resumeTiles()
    case .tileStrides, .tileSettings: beginEditing()
    case .times, .figures, .roofline, .sweep:
      // A row leads to its reasons.
      view.focus = .why
      if !SceneLayout(state: self).panes.map(\.pane).contains(.why) { view.side = .why }
    case .why:
      view.focus = nil
      view.side = nil
    case .machine: beginEditing()
    }
    return []
  }
}
