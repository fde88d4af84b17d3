import Convolution
import Walkthroughs

extension State {
  /// Brings every number of the view into the experiment's range, so that nothing drawn can be out of it.
  mutating func clampView() {
    let g = geometry
    func clamped(_ value: Int, _ count: Int) -> Int { min(max(value, 0), max(count - 1, 0)) }
    if let channel = view.channel { view.channel = channel < g.inputChannels ? channel : nil }
    if let channel = view.outputChannel { view.outputChannel = channel < g.outputChannels ? channel : nil }
    view.step = clamped(view.step, stepCount)
    if let multiply = view.multiply {
      view.multiply = stepClock?.phase(ofStep: view.step).map { clamped(multiply, $0.parts) }
    }
    if let cell = view.selection {
      view.selection = InputIndex(
        n: clamped(cell.n, g.batch), y: clamped(cell.y, g.inputHeight), x: clamped(cell.x, g.inputWidth),
        c: clamped(cell.c, g.inputChannels))
    }
    if let entry = view.entry {
      view.entry = PatchEntry(
        row: clamped(entry.row, patchMatrix.rows), column: clamped(entry.column, patchMatrix.columns))
    }
    if let pan = view.pan { view.pan = (clamped(pan.y, g.inputHeight), clamped(pan.x, g.inputWidth)) }
    if let scroll = view.scroll, !panes.contains(scroll.pane) { view.scroll = nil }
    if let focus = view.focus, !panes.contains(focus) { view.focus = nil }
    if let side = view.side, !panes.contains(side) { view.side = nil }
  }

  /// Computes the whole output at once where that takes no noticeable time.
  mutating func summarizeIfQuick() {
    guard summary.outputs == nil, ExperimentSummary.work(of: geometry) <= ExperimentSummary.immediateWork else {
      return
    }
    summary = summary.measured(experiment, flipped: view.flipped)
  }

  /// Whether the whole output, or a large input's pyramid, is still to be computed in the background.
  var needsSummary: Bool {
    if summary.outputs == nil && ExperimentSummary.isAffordable(geometry) { return true }
    return summary.inputPyramid == nil && geometry.inputHeight * geometry.inputWidth >= Pyramid.fewestPixels
  }
}
