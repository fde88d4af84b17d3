import Screens
import StridedTensor
import Walkthroughs

/// Moving through Memory's panes, choosing its views, writing through them.
extension State {
  /// An arrow key in the view, the old memory or the copy.
  mutating func moveInMemory(_ delta: (rows: Int, columns: Int)) {
    let shown = shownView
    guard shown.count > 0 else { return }
    let painter = PanePainter(state: self)
    switch focus {
    case .strided:
      let nested = painter.nested
      let cursor = nested.place(of: shown.current?.index ?? [])
      var row = min(max(cursor.row + delta.rows, 0), nested.rows - 1)
      let column = min(max(cursor.column + delta.columns, 0), nested.columns - 1)
      // Over the blank line between two blocks.
      if nested.index(row: row, column: column) == nil { row += delta.rows < 0 ? -1 : 1 }
      if let index = nested.index(row: row, column: column) { pointInMemory(step: shown.walk.view.step(of: index)) }
    case .copy:
      let length = painter.stripLength(shown)
      let moved = shown.step + delta.rows * length + delta.columns
      pointInMemory(step: min(max(moved, 0), shown.count - 1))
    default:
      let length = painter.stripLength(shown)
      let here = shown.litOffset(selected) ?? shown.current?.offset ?? 0
      let moved = here + delta.rows * length + delta.columns
      pointInMemory(offset: min(max(moved, 0), shown.view.bufferCount - 1))
    }
  }

  mutating func clickInMemory(_ pane: Pane, row: Int, column: Int) {
    let shown = shownView
    let painter = PanePainter(state: self)
    switch pane {
    case .strided:
      guard let index = painter.nested.index(row: row, column: column) else { return }
      pointInMemory(step: shown.walk.view.step(of: index))
    case .copy:
      let t = row * painter.stripLength(shown) + column
      if (0..<shown.count).contains(t) { pointInMemory(step: t) }
    default: pointInMemory(offset: row * painter.stripLength(shown) + column)
    }
  }

  /// Puts the walk at a step and selects the memory that it shows there.
  private mutating func pointInMemory(step: Int) {
    playback.isPlaying = false
    view.step = step
    view.entry = nil
    let shown = shownView
    guard let offset = shown.current?.offset else { return }
    if let cell = shown.inputIndex(at: offset) {
      view.selection = cell
    } else {
      notice = Notice(text: shown.saysWhatIs(at: offset))
    }
  }

  /// Selects an element of the buffer, and brings the walk to its first entry if it has one.
  private mutating func pointInMemory(offset: Int) {
    let shown = shownView
    guard shown.contains(offset) else { return }
    playback.isPlaying = false
    view.entry = nil
    if let cell = shown.inputIndex(at: offset) { view.selection = cell }
    if let step = shown.firstStep(showing: offset) {
      view.step = step
    } else {
      notice = Notice(text: "element \(offset) is shown by no entry of this view")
    }
  }

  /// The next entry of the view that shows the selected memory, round and round.
  mutating func hopInMemory(_ direction: Int) {
    let shown = shownView
    guard let offset = shown.litOffset(selected) else { return }
    let steps = shown.layout.indices(showing: offset, workLimit: 1 << 14).prefix(1 << 12)
      .map { shown.walk.view.step(of: $0) }
    guard let first = steps.first, let last = steps.last else {
      notice = Notice(text: "no entry of this view shows the selected memory")
      return
    }
    let pinned = selected
    playback.isPlaying = false
    view.step =
      direction > 0 ? steps.first { $0 > shown.step } ?? first : steps.last { $0 < shown.step } ?? last
    if shown.view.source != .lecture { view.selection = pinned }
  }

  /// The next named view; the memory that the walk was at stays under it where the new view shows it.
  mutating func cycleView(_ direction: Int) {
    let all = ViewPreset.allCases
    var place = direction > 0 ? -1 : 0
    if case .preset(let preset) = view.memory { place = all.firstIndex(of: preset) ?? place }
    remember()
    show(.preset(all[(place + direction + all.count) % all.count]))
  }

  /// Shows another view of memory.
  mutating func show(_ word: MemoryWord) {
    let before = shownView
    let cell = before.current.flatMap { before.inputIndex(at: $0.offset) }
    view.memory = word
    let shown = shownView
    view.step = cell.flatMap { shown.offset(of: $0) }.flatMap { shown.firstStep(showing: $0) } ?? 0
    clampView()
  }

  /// Opens the entry under the cursor for a write through the view.
  mutating func beginWriting() {
    playback.isPlaying = false
    let shown = shownView
    guard let current = shown.current, shown.view.source == .input, shown.contains(current.offset),
      let cell = shown.inputIndex(at: current.offset)
    else {
      notice = Notice(text: shown.whyNotWritten, kind: .warning)
      return
    }
    guard shown.explanation.overlap != .notDecided else {
      notice = Notice(
        text: "not written: whether entries share memory was not found out for this view", kind: .warning)
      return
    }
    view.selection = cell
    let text = exactText(values.input(at: cell))
    let label = "B[" + current.index.map(String.init).joined(separator: ",") + "]"
    mode = .editing(Editing(fields: [.init(target: .input(cell), label: label, text: text, original: text)]))
  }
}

extension ShownView {
  /// What an element is that is no memory of the input.
  func saysWhatIs(at offset: Int) -> String {
    guard contains(offset) else { return "byte \(offset * itemSize) lies outside the buffer: nothing is read" }
    return view.source == .lecture
      ? "the lecture's own six numbers, not the input" : "a zero of the padding: no memory of the input"
  }

  var whyNotWritten: String {
    switch view.source {
    case .lecture: "not written: these are the lecture's own six numbers"
    case .paddedInput: "not written: this view lies over a padded copy of the input"
    case .input: "not written: this entry lies outside the buffer"
    }
  }
}
