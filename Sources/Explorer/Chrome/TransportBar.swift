import Screens

/// The line with the play mark, the speed in words, the bar and the step.
enum TransportBar {
  static func draw(_ state: State, on canvas: Canvas) {
    let (left, right) = texts(state)
    let progress = state.scene.transport(state)
    let isRunning = progress?.isRunning ?? state.playback.isPlaying
    canvas.put(left, column: 0, row: 0, isRunning ? Style(.good, [.bold]) : .plain)
    canvas.put(right, column: canvas.columns - right.cellWidth - 1, row: 0)
    guard let bar = bar(in: canvas.columns, state: state) else { return }
    let last = max(state.clockCount - 1, 1)
    let share = progress?.share ?? Double(state.clock) / Double(last)
    let position = Int(min(max(share, 0), 1) * Double(bar.count - 1))
    let glyphs = state.appearance.glyphs
    for offset in 0..<bar.count {
      let cell =
        offset == position
        ? Cell(glyphs.knob, Style(.title, [.bold]))
        : offset < position ? Cell(glyphs.passed, Style(.title)) : Cell(glyphs.ahead, Style(.faint))
      canvas.put(cell, column: bar.lowerBound + offset, row: 0)
    }
  }

  /// The columns of the bar itself, within the transport line.
  static func bar(in columns: Int, state: State) -> Range<Int>? {
    let (left, right) = texts(state)
    let start = left.cellWidth + 2
    let end = columns - right.cellWidth - 3
    return end - start >= 4 ? start..<end : nil
  }

  private static func texts(_ state: State) -> (left: String, right: String) {
    let glyphs = state.appearance.glyphs
    if let progress = state.scene.transport(state) {
      let mark = progress.isRunning ? String(glyphs.play) : glyphs.isASCII ? "||" : String(glyphs.pause)
      return (" \(mark) \(state.appearance.plainGlyphs(progress.left))", state.appearance.plainGlyphs(progress.right))
    }
    let mark = state.playback.isPlaying ? String(glyphs.play) : glyphs.isASCII ? "||" : String(glyphs.pause)
    let count = state.stepCount
    // As wide as the last step's text, so that the bar stands still.
    let digits = String(count).count
    let step = String(state.view.step)
    var right =
      String(repeating: " ", count: 2 * digits - step.count - String(state.view.step + 1).count)
      + "step \(step) (\(state.view.step + 1) of \(count))"
    if let multiply = state.view.multiply, let phase = state.stepClock?.phase(ofStep: state.view.step) {
      let all = phase.parts
      let text = "\(phase.word) \(multiply + 1) of \(all)"
      right = text + String(repeating: " ", count: String(all).count - String(multiply + 1).count + 2) + right
    }
    return (" \(mark) \(state.speed.inWords)", right)
  }
}
