import Screens
import Walkthroughs

extension State {
  mutating func handle(_ mouse: MouseEvent) -> [Effect] {
    guard isMouseOn, !isTooSmall else { return [] }
    guard case .browsing = mode else {
      if case .help(let topic, let line) = mode, mouse.kind == .wheelUp || mouse.kind == .wheelDown {
        mode = .help(topic, firstLine: max(0, line + (mouse.kind == .wheelUp ? -3 : 3)))
      }
      return []
    }
    let layout = SceneLayout(state: self)
    if mouse.kind != .release { isUntouched = false }
    switch mouse.kind {
    case .press, .doubleClick, .drag:
      if layout.transport.contains(mouse.place) {
        scrub(to: mouse.place, in: layout.transport)
        return []
      }
      guard mouse.kind != .drag else { return [] }
      if mouse.place.row == layout.title.row, let scene = TitleBar.scene(atColumn: mouse.place.column) {
        show(scene)
        return []
      }
      return click(mouse, layout: layout)
    case .release: return []
    case .wheelUp, .wheelDown:
      let direction = mouse.kind == .wheelUp ? -1 : 1
      if layout.transport.contains(mouse.place) {
        pause(thenStep: direction)
      } else if let pane = layout.pane(at: mouse.place)?.pane {
        scroll(pane, rows: 3 * direction)
      }
      return []
    }
  }

  private mutating func click(_ mouse: MouseEvent, layout: SceneLayout) -> [Effect] {
    guard let (pane, rect) = layout.pane(at: mouse.place) else { return [] }
    notice = nil
    lesson?.isAway = true
    view.focus = pane
    let inside = Point(column: mouse.place.column - rect.column, row: mouse.place.row - rect.row)
    if let row = PanePainter(state: self).timedRow(of: pane, size: rect.size, at: inside) {
      view.timing.contender = row.contender.name
    }
    if let place = PanePainter(state: self).gridCell(of: pane, size: rect.size, at: inside) {
      switch pane {
      case .input, .loupe, .copies:
        var cell = selected
        (cell.y, cell.x) = (place.row, place.column)
        if values.addressing.contains(cell) { select(cell) } else { notice = Notice(text: "a zero of the padding") }
      case .output:
        playback.isPlaying = false
        goTo(OutputIndex(n: reached.n, y: place.row, x: place.column, o: shownOutputChannel))
      case .product:
        playback.isPlaying = false
        view.step = patchWalk.productStep(atRow: min(max(place.row, 0), patchMatrix.rows - 1), like: view.step)
        if view.multiply != nil { view.multiply = 0 }
      case .matrix:
        playback.isPlaying = false
        point(at: PatchEntry(row: place.row, column: place.column))
      case .strided, .memory, .copy: clickInMemory(pane, row: place.row, column: place.column)
      case .nhwc: clickInMemory(place, order: .nhwc)
      case .nchw: clickInMemory(place, order: .nchw)
      case .channelsLast: clickInMemory(place, order: .channelsLast)
      case .kkio: clickInMemory(place, order: WeightOrder.kkio)
      case .oikk: clickInMemory(place, order: WeightOrder.oikk)
      default:
        if let cell = PanePainter(state: self).tileInput(of: pane, row: place.row, column: place.column) {
          select(cell)
        }
      }
    }
    return mouse.kind == .doubleClick ? follow() : []
  }

  private mutating func scrub(to place: Point, in transport: Rect) {
    guard scene.transport(self) == nil, let bar = TransportBar.bar(in: transport.columns, state: self) else { return }
    let share = Double(place.column - transport.column - bar.lowerBound) / Double(max(bar.count - 1, 1))
    guard share > -0.1, share < 1.1 else { return }
    playback.isPlaying = false
    view.entry = nil
    setClock(Int((min(max(share, 0), 1) * Double(clockCount - 1)).rounded()))
  }
}
