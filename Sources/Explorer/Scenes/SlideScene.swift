import Convolution
import Screens
import Walkthroughs

/// The kernel slides over the input: products under it, their sum, the output filling.
struct SlideScene: SceneDefinition {
  let title = "Slide"
  let panes: [Pane] = [.input, .products, .loupe, .output, .weight, .geometry, .code, .cell]
  let firstFocus = Pane.input
  let footerWithout = ["preset"]
  let leftPane = Pane.input
  let middlePanes: [Pane] = [.products, .loupe, .weight, .geometry, .code, .cell]
  let rightPane = Pane.output

  func stepCount(_ state: State) -> Int { state.slidingWalk.count }

  func reached(_ state: State) -> OutputIndex { state.slidingStep.output }

  func step(reaching output: OutputIndex, _ state: State) -> Int {
    let channel = state.view.order == .lecture ? state.slidingStep.channels.lowerBound : 0
    return state.slidingWalk.stepIndex(of: output, channel: channel)
  }

  func clockOfMultiplies(_ state: State) -> StepClock? {
    let walk = state.slidingWalk
    return StepClock([.init(steps: walk.count, parts: walk.multipliesPerStep, word: "multiply")])
  }

  func runningOutputChannel(_ state: State) -> Int { state.slidingStep.output.o }

  func toggleOrder(_ state: inout State) {
    if state.geometry.groupInputChannels == 1, state.geometry.outputChannels == 1 {
      state.notice = Notice(text: "with one channel both loop orders are the same")
    }
    let reached = state.reached
    state.view.order = state.view.order == .pixel ? .lecture : .pixel
    state.view.multiply = state.view.multiply.map { _ in 0 }
    state.goTo(reached)
    state.clampView()
  }

  func code(_ state: State) -> (lines: [String], running: Int) {
    let lines = state.slidingWalk.code(eachMultiply: state.view.multiply != nil).lines
    return (lines, lines.count - 1)
  }

  func arrange(_ area: Rect, _ painter: PanePainter) -> [(pane: Pane, rect: Rect)] {
    let (upper, lower) = SceneLayout.split(area, lowerRows: painter.rowsForExplanations(weights: geometryRows(painter)))
    let panes = SceneLayout.row([.input, .products, .output], in: upper, painter)
    return [panes[0]] + painter.stackLoupe(under: panes[1].rect, input: panes[0].rect) + [panes[2]]
      + SceneLayout.row([.weight, .geometry, .code, .cell], in: lower, painter)
  }

  func arrangeSmall(_ area: Rect, _ painter: PanePainter) -> [(pane: Pane, rect: Rect)] {
    let panes = SceneLayout.row([leftPane, painter.state.side, rightPane], in: area, painter)
    guard panes[1].pane == .products else { return panes }
    return [panes[0]] + painter.stackLoupe(under: panes[1].rect, input: panes[0].rect) + [panes[2]]
  }

  private func geometryRows(_ painter: PanePainter) -> Int { painter.geometry.kernelHeight }
}

extension SlideScene {
  func sentences(_ state: State) -> [String] {
    let g = state.geometry
    let kernel = "\(g.kernelHeight)×\(g.kernelWidth)"
    let terms = state.slidingWalk.multipliesPerStep
    if state.view.multiply != nil {
      return [
        "One multiplication a step: pixel × weight, added to the sum; after \(terms) of them one output is done.",
        "One multiplication a step; after \(terms) of them one output is done.",
      ]
    }
    if state.view.order == .lecture, g.groupInputChannels > 1 {
      return [
        "The lecture's loops: a \(kernel) kernel sweeps one channel at a time, adding \(terms) products to each output.",
        "The lecture's loops: one channel at a time, \(terms) products added to each output.",
      ]
    }
    let values = Explanation.counted(terms, g.inputChannels == 1 ? "pixel" : "value")
    let sum = "\(values) × \(Explanation.counted(terms, "weight")), summed = 1 output."
    return ["A \(kernel) kernel slides over the picture. Each stop: \(sum)", "A \(kernel) kernel slides: \(sum)"]
  }

  /// The selected cell first, then the reasons; on a small screen the unusual comes before the usual.
  func facts(_ state: State, _ painter: PanePainter) -> [[String]] {
    let (flip, size) = (flipFact(state), sizeFact(state))
    return [cellFact(state, painter)] + (state.view.flipped ? [flip, size] : [size, flip])
  }

  /// `[14] at (2,2) is read by 9 fields; this is its 5th, as Z·W[1,1]`.
  private func cellFact(_ state: State, _ painter: PanePainter) -> [String] {
    let cell = state.selected
    let copies = painter.coverage.copies(y: cell.y, x: cell.x)
    let value = painter.inputFormat.bare(painter.values.input(at: cell))
    let pinned = state.view.selection != nil
    // With several channels the value is one of them.
    let place = state.geometry.inputChannels > 1 ? "\(cell.y),\(cell.x),c=\(cell.c)" : "\(cell.y),\(cell.x)"
    var text =
      (pinned ? "pinned " : "")
      + "[\(value)] at (\(place)) is read by \(Explanation.counted(copies, "field"))"
    if copies == 0 { return [text + ": no output depends on it"] }
    let short = text
    let group = PatchMatrix(geometry: state.geometry, group: cell.c / state.geometry.groupInputChannels)
    let row = group.row(n: painter.field.n, y: painter.field.y, x: painter.field.x)
    if let place = group.copies(of: cell).firstIndex(where: { $0.row == row }),
      let (i, j) = painter.field.kernelElement(y: cell.y, x: cell.x)
    {
      text += "; this is its \(Explanation.ordinal(place + 1)), as Z·W[\(i),\(j)]"
    }
    return pinned
      ? [text + " · 2 shows the copies · Esc unpins", text + " · Esc unpins", short + " · Esc unpins", text]
      : [text + " · arrows point at a pixel · 2 shows its copies", text + " · arrows pin", text]
  }

  private func sizeFact(_ state: State) -> [String] {
    let g = state.geometry
    let ends = FieldCoverage(geometry: g).unreachedEnds(geometry: g)
    let rows = "output rows \(g.heightFormula)"
    let isSquare = g.widthFormula == g.heightFormula
    var text = isSquare ? rows : "\(rows) · columns \(g.widthFormula)"
    let brief = isSquare ? rows : "\(rows) · columns alike \(g.outputWidth)"
    let unreached = [(ends.rows, "row"), (ends.columns, "column")].filter { $0.0 > 0 }
      .map { count, thing in count == 1 ? thing : "\(count) \(thing)s" }
    guard !unreached.isEmpty else { return [text, brief, rows, g.heightFormula] }
    text += " · no field reaches " + unreached.map { "the last " + $0 }.joined(separator: " and ")
    let short = "no field reaches the last " + unreached.joined(separator: " and ")
    return [text, "\(brief) · \(short)", "\(rows) · \(short)", "\(g.heightFormula) · \(short)", short]
  }

  private func flipFact(_ state: State) -> [String] {
    state.view.flipped
      ? Explanation.flipped
      : [
        "cross-correlation: the kernel is not flipped, as in every deep-learning library (f flips it)",
        "cross-correlation: the kernel is not flipped (f flips it)",
      ]
  }
}
