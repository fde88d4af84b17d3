import Screens

/// Moving what a pane shows under its frame, without moving any cursor.
extension State {
  /// A quarter of what the focused pane shows, in a direction.
  mutating func pan(_ direction: Direction) {
    let pane = PanePainter(state: self).followingGrid(of: focus) == nil ? scene.leftPane : focus
    pan(pane, by: direction.delta, share: 4)
    if notice == nil { sayWhatIsShown(of: pane) }
  }

  /// Some rows of a pane, as the wheel turns.
  mutating func scroll(_ pane: Pane, rows: Int) {
    guard let view = shownPart(of: pane), view.rows != view.grid.rows else { return }
    pan(pane, by: (rows: rows, columns: 0), share: nil)
  }

  private func shownPart(of pane: Pane) -> GridView? {
    guard let rect = SceneLayout(state: self).panes.first(where: { $0.pane == pane })?.rect else { return nil }
    return PanePainter(state: self).gridView(of: pane, size: rect.size)
  }

  /// - Parameter share: moves by this part of what is shown; nil by the rows and columns themselves.
  private mutating func pan(_ pane: Pane, by delta: (rows: Int, columns: Int), share: Int?) {
    guard let shown = shownPart(of: pane) else { return }
    guard !shown.showsAll else {
      notice = Notice(text: "all of it is in sight: + zooms in")
      return
    }
    /// The middle of the window after the move, within the range.
    func moved(_ window: Range<Int>, _ all: Range<Int>, _ delta: Int) -> Int {
      let step = share.map { max(window.count / $0, 1) } ?? 1
      let middle = window.lowerBound + window.count / 2
      let least = all.lowerBound + window.count / 2
      return min(max(middle + delta * step, least), max(all.upperBound - window.count + window.count / 2, least))
    }
    let row = moved(shown.rows, shown.grid.rows, delta.rows)
    let column = moved(shown.columns, shown.grid.columns, delta.columns)
    guard PanePainter.pictures.contains(pane) else {
      view.scroll = PanePlace(pane: pane, row: row, column: column)
      return
    }
    view.pan = pane == .output ? PanePainter(state: self).inputCell(under: (row, column)) : (row, column)
    clampView()
  }

  private mutating func sayWhatIsShown(of pane: Pane) {
    guard let shown = shownPart(of: pane) else { return }
    func words(_ thing: String, _ shown: Range<Int>, _ all: Range<Int>) -> String {
      shown == all ? "all \(thing)s" : "\(thing)s \(shown.lowerBound)–\(shown.upperBound - 1)"
    }
    notice = Notice(
      text: words("row", shown.rows, shown.grid.rows) + ", " + words("column", shown.columns, shown.grid.columns)
        + " of this pane are shown; 0 or Esc follows again")
  }

  /// Lets the focused pane follow its cursor again where that has been moved out of sight.
  mutating func keepCursorInSight() {
    guard view.pan != nil || view.scroll != nil, let shown = shownPart(of: focus), shown.grid.isPanned,
      let cursor = PanePainter(state: self).followingGrid(of: focus)?.center
    else { return }
    guard shown.rows.contains(cursor.row), shown.columns.contains(cursor.column) else { return unpan() }
  }

  /// Everything follows its cursor again.
  mutating func unpan() {
    view.pan = nil
    view.scroll = nil
  }
}
