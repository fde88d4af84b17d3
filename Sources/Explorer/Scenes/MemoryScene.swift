import Screens
import StridedTensor
import Walkthroughs

/// Any view over one buffer, walked in its own order beside its contiguous copy.
struct MemoryScene: SceneDefinition {
  let title = "Memory"
  let panes: [Pane] = [.input, .strided, .memory, .copy, .layout, .race, .dumps, .code, .cell]
  let firstFocus = Pane.strided
  let leftPane = Pane.strided
  let middlePanes: [Pane] = [.layout, .race, .dumps, .code, .input, .cell]
  let rightPane = Pane.memory
  let footerFirst = ["preset", "edit", "copies"]

  func stepCount(_ state: State) -> Int { max(state.shownView.count, 1) }

  /// The output whose field has the walk's cell nearest to its centre.
  func reached(_ state: State) -> OutputIndex {
    let g = state.geometry
    guard let cell = followed(state) else {
      return OutputIndex(n: 0, y: 0, x: 0, o: state.view.outputChannel ?? 0)
    }
    func nearest(_ place: Int, before: Int, half: Int, stride: Int, count: Int) -> Int {
      let distance = place + before - half
      return min(max((distance + stride / 2) / stride, 0), count - 1)
    }
    return OutputIndex(
      n: cell.n,
      y: nearest(
        cell.y, before: g.padding.top, half: g.kernelHeight / 2 * g.dilation.vertical, stride: g.stride.vertical,
        count: g.outputHeight),
      x: nearest(
        cell.x, before: g.padding.left, half: g.kernelWidth / 2 * g.dilation.horizontal, stride: g.stride.horizontal,
        count: g.outputWidth),
      o: state.view.outputChannel ?? cell.c / g.groupInputChannels * g.groupOutputChannels)
  }

  /// The entry that shows the centre of the output's field; where the walk is at that output already, it stays.
  func step(reaching output: OutputIndex, _ state: State) -> Int {
    let shown = state.shownView
    let here = reached(state)
    if (here.n, here.y, here.x) == (output.n, output.y, output.x) { return shown.step }
    let g = state.geometry
    let field = ReceptiveField(of: output, geometry: g)
    let centre = field.index(under: KernelIndex(i: g.kernelHeight / 2, j: g.kernelWidth / 2, c: 0))
    let cell = InputIndex(
      n: centre.n, y: min(max(centre.y, 0), g.inputHeight - 1), x: min(max(centre.x, 0), g.inputWidth - 1),
      c: min(max(centre.c, 0), g.inputChannels - 1))
    return shown.offset(of: cell).flatMap { shown.firstStep(showing: $0) } ?? shown.step
  }

  func code(_ state: State) -> (lines: [String], running: Int) { state.shownView.code }

  func followed(_ state: State) -> InputIndex? {
    let shown = state.shownView
    return shown.current.flatMap { shown.inputIndex(at: $0.offset) }
  }

  func hop(_ direction: Int, _ state: inout State) -> Bool {
    state.hopInMemory(direction)
    return true
  }

  func editing(_ state: State) -> Editing? { state.viewEditing() }

  /// Views; with the focus on the race its caches.
  func cyclePreset(_ direction: Int, _ state: inout State) {
    guard state.focus == .race else { return state.cycleView(direction) }
    state.remember()
    let next = state.raceCacheWord.next(direction)
    state.view.cache = next == .toy ? nil : next
  }

  /// The view and a table at the left, the two memories at the right.
  func arrangeSmall(_ area: Rect, _ painter: PanePainter) -> [(pane: Pane, rect: Rect)] {
    let right = SceneLayout.stripColumns(painter.state.size)
    let left = area.columns - right
    let side = 7
    let upper = area.rows / 2
    func rect(_ column: Int, _ row: Int, _ columns: Int, _ rows: Int) -> Rect {
      Rect(column: area.column + column, row: area.row + row, columns: columns, rows: rows)
    }
    return [
      (.strided, rect(0, 0, left, area.rows - side)), (painter.state.side, rect(0, area.rows - side, left, side)),
      (.memory, rect(left, 0, right, upper)), (.copy, rect(left, upper, right, area.rows - upper)),
    ]
  }

  func arrange(_ area: Rect, _ painter: PanePainter) -> [(pane: Pane, rect: Rect)] {
    let lowerRows = min(13, area.rows / 3 + 2)
    let upperRows = area.rows - lowerRows - 5
    let right = SceneLayout.stripColumns(painter.state.size)
    func band(_ row: Int, _ rows: Int, _ columns: Int) -> Rect {
      Rect(column: area.column, row: area.row + row, columns: columns, rows: rows)
    }
    let left = area.columns - right
    let hasInput = area.columns >= 160
    let memoryRows = (upperRows + 1) / 2
    func strip(_ row: Int, _ rows: Int) -> Rect {
      Rect(column: area.column + left, row: area.row + row, columns: right, rows: rows)
    }
    // The picture is there to point at; the view of it is what this scene is about.
    let picture = hasInput ? min(44, left / 3) : 0
    let view = Rect(column: area.column + picture, row: area.row, columns: left - picture, rows: upperRows)
    return (hasInput ? [(.input, band(0, upperRows, picture))] : []) + [(.strided, view)]
      + [(.memory, strip(0, memoryRows)), (.copy, strip(memoryRows, upperRows - memoryRows))]
      + [(.dumps, band(upperRows, 5, area.columns))]
      + SceneLayout.row(
        hasInput ? [.layout, .race, .code, .cell] : [.layout, .race, .code],
        in: band(upperRows + 5, lowerRows, area.columns),
        painter)
  }
}

extension SceneLayout {
  /// Columns of the panels that show memory as a strip.
  static func stripColumns(_ size: Size) -> Int {
    size.columns >= 160 ? 84 : size.columns >= 120 ? 76 : size.columns / 2
  }
}
