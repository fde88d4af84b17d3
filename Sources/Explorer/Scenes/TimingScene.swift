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
  let middlePanes: [Pane] = [.times, .figures, .why, .roofline, .sweep, .machine, .code]
  let rightPane = Pane.why
  let footerFirst = ["preset", "panel"]

  func stepCount(_ state: State) -> Int { state.slidingWalk.count }

  func reached(_ state: State) -> OutputIndex { state.slidingStep.output }

  func step(reaching output: OutputIndex, _ state: State) -> Int { state.slidingWalk.stepIndex(of: output) }

  func transport(_ state: State) -> Transport? { Transport(left: "not measured", share: 0, right: "") }

  func playOrPause(_ state: inout State) {
    state.notice = Notice(text: "convscope bench measures the same in the terminal")
  }

  /// The presets are shapes.
  func cyclePreset(_ direction: Int, _ state: inout State) {
    state.remember()
    state.view.timing.shape = state.view.timing.shape.next(direction)
  }

  func code(_ state: State) -> (lines: [String], running: Int) { (state.timedCode, -1) }

  func arrange(_ area: Rect, _ painter: PanePainter) -> [(pane: Pane, rect: Rect)] {
    let upperRows = min(max(area.rows * 3 / 5, 17), 21)
    let upper = Rect(column: area.column, row: area.row, columns: area.columns, rows: upperRows)
    let lower = Rect(column: area.column, row: upper.endRow, columns: area.columns, rows: area.rows - upperRows)
    guard lower.rows >= 24 else {
      return [(.times, upper)] + Self.columns([(.roofline, 40), (.why, 46), (.machine, 34)], in: lower)
    }
    let middle = Rect(column: lower.column, row: lower.row, columns: lower.columns, rows: lower.rows * 3 / 5)
    let bottom = Rect(
      column: lower.column, row: middle.endRow, columns: lower.columns, rows: lower.rows - middle.rows)
    return [(.times, upper)] + Self.columns([(.roofline, 80), (.why, 60), (.machine, 60)], in: middle)
      + Self.columns([(.sweep, 80), (.figures, 60), (.code, 60)], in: bottom)
  }

  /// One panel in its whole width.
  ///
  /// `i` goes to the next.
  func arrangeSmall(_ area: Rect, _ painter: PanePainter) -> [(pane: Pane, rect: Rect)] {
    [(painter.state.side, area)]
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

  func sentences(_ state: State) -> [String] {
    [
      "The lecture's last line is a comparison of times. Here it is, measured on this machine, with the reasons.",
      "The same convolution in every way, timed on this machine, with the reasons.",
    ]
  }

  func facts(_ state: State) -> [[String]] { [] }
}

/// A line of progress where nothing walks.
struct Transport: Hashable {
  var isRunning = false
  var left: String
  /// From 0 to 1.
  var share: Double
  var right: String
}
