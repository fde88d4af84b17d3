import Convolution
import Screens
import Walkthroughs

/// What each way to compute a convolution costs on this machine, and why.
///
/// Nothing walks here; the output element that the other scenes have reached is kept as the step.
struct TimingScene: SceneDefinition {
  let title = "Timing"
  let panes: [Pane] = [.times, .figures, .roofline, .sweep, .why, .machine, .code]
  let firstFocus = Pane.times
  let leftPane = Pane.times
  let middlePanes: [Pane] = [.times, .why, .roofline, .figures, .sweep, .machine, .code]
  let rightPane = Pane.why
  let settingsPane = Pane.machine
  let footerFirst = ["preset", "panel", "threads", "type", "vary", "again", "save"]
  let footerWithout = ["step", "speed", "copies"]

  func playWord(_ state: State) -> String {
    state.timing.running == nil ? "measure" : state.timing.isPaused ? "go on" : "pause"
  }

  func ownKeys(_ state: State) -> [(keys: String, meaning: String)] {
    PanePainter(state: state).figureColumns?.isCut == true ? [("← →", "columns")] : []
  }

  func stepCount(_ state: State) -> Int { state.slidingWalk.count }

  func reached(_ state: State) -> OutputIndex { state.slidingStep.output }

  func step(reaching output: OutputIndex, _ state: State) -> Int { state.slidingWalk.stepIndex(of: output) }

  func playOrPause(_ state: inout State) { state.pauseOrMeasure() }

  /// The presets are shapes.
  func cyclePreset(_ direction: Int, _ state: inout State) {
    state.remember()
    state.view.timing.shape = state.view.timing.shape.next(direction)
    state.notice = Notice(text: "measured: \(state.view.timing.shape.name)")
  }

  /// The order of the rows.
  func toggleOrder(_ state: inout State) {
    let next = state.view.timing.order.next
    state.view.timing.order = next
    state.notice = Notice(text: "rows: \(next.words)")
  }

  /// Factors, or seconds from zero.
  func toggleValues(_ state: inout State) {
    state.view.timing.axis = state.view.timing.axis == .log ? .linear : .log
    state.notice = Notice(
      text: state.view.timing.axis == .log
        ? "logarithmic: equal distances are equal factors, so only places count, not lengths"
        : "linear: bars from zero, so lengths can be compared")
  }

  func move(_ direction: Direction, _ state: inout State) -> Bool {
    direction.delta.rows == 0
      ? state.moveFigures(direction.delta.columns) : state.moveTimingCursor(direction.delta.rows)
    return true
  }

  func hop(_ direction: Int, _ state: inout State) -> Bool {
    state.moveTimingCursor(direction)
    return true
  }

  func editing(_ state: State) -> Editing? { state.timingEditing() }

  func code(_ state: State) -> (lines: [String], running: Int) { (state.timedCode, -1) }

  func sharesPlaces(_ state: State) -> Bool { !state.isRoomy || state.size.rows < Self.rowsForAll }

  /// From so many rows on all panels stand at once.
  private static let rowsForAll = 52

  func arrange(_ area: Rect, _ painter: PanePainter) -> [(pane: Pane, rect: Rect)] {
    let lines = painter.timeLines(painter.state.timedRows).count
    let upperRows = min(max(lines + 4, 14), area.rows * 3 / 5)
    let upper = Rect(column: area.column, row: area.row, columns: area.columns, rows: upperRows)
    let lower = Rect(column: area.column, row: upper.endRow, columns: area.columns, rows: area.rows - upperRows)
    guard !sharesPlaces(painter.state) else {
      // The roofline keeps its place; the other is shared, by the reasons at first.
      let chosen = painter.state.side
      let side = [.times, .roofline].contains(chosen) ? .why : chosen
      return [(.times, upper)] + Self.columns([(.roofline, 58), (side, 62)], in: lower)
    }
    let middle = Rect(column: lower.column, row: lower.row, columns: lower.columns, rows: lower.rows / 2)
    let bottom = Rect(
      column: lower.column, row: middle.endRow, columns: lower.columns, rows: lower.rows - middle.rows)
    return [(.times, upper)] + Self.columns([(.roofline, 100), (.why, 100)], in: middle)
      + Self.columns([(.sweep, 70), (.machine, 60), (.code, 70)], in: bottom)
  }

  /// One panel in its whole width; where rows are left under the times, the reasons.
  func arrangeSmall(_ area: Rect, _ painter: PanePainter) -> [(pane: Pane, rect: Rect)] {
    let lines = painter.timeLines(painter.state.timedRows).count
    let free = area.rows - (lines + 4)
    guard painter.state.side == .times, lines > 0, free >= 5 else { return [(painter.state.side, area)] }
    return [
      (.times, Rect(column: area.column, row: area.row, columns: area.columns, rows: area.rows - free)),
      (.why, Rect(column: area.column, row: area.endRow - free, columns: area.columns, rows: free)),
    ]
  }

  /// Panels side by side in given proportions.
  private static func columns(_ panes: [(pane: Pane, share: Int)], in area: Rect) -> [(pane: Pane, rect: Rect)] {
    let total = panes.reduce(0) { $0 + $1.share }
    var (column, passed) = (area.column, 0)
    return panes.map { pane, share in
      passed += share
      let end = area.column + area.columns * passed / total
      defer { column = end }
      return (pane, Rect(column: column, row: area.row, columns: end - column, rows: area.rows))
    }
  }
}

/// A line of progress where nothing walks.
struct Transport: Hashable {
  var isRunning = false
  var left: String
  /// From 0 to 1.
  var share: Double
  var right: String
}
