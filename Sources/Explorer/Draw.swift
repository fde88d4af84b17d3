import Screens

/// The whole screen of a state: a pure function, O(cells of the screen) whatever the size of the experiment.
public func draw(_ state: State) -> Frame {
  Frame.drawn(size: state.size) { canvas in
    guard !state.isTooSmall else {
      TooSmall.draw(state, on: canvas)
      return
    }
    let painter = PanePainter(state: state)
    let layout = SceneLayout(state: state, painter: painter)
    TitleBar.draw(state, on: canvas.part(layout.title))
    if !layout.sentence.isEmpty { Explanation.drawSentence(state, on: canvas.part(layout.sentence)) }
    if let play = state.lesson { LessonLines.draw(play, state, on: canvas.part(layout.lesson)) }
    for (pane, rect) in layout.panes { painter.draw(pane, on: canvas.part(rect)) }
    Explanation.drawFacts(state, painter, on: canvas.part(layout.facts))
    HiddenAnswers.cover(state, layout, on: canvas)
    if !layout.transport.isEmpty { TransportBar.draw(state, on: canvas.part(layout.transport)) }
    Footer.draw(state, on: canvas)
    switch state.mode {
    case .help(let topic, let line): HelpPage.draw(topic, state, firstLine: line, on: canvas)
    case .command: CommandBox.draw(state, on: canvas)
    case .exercise(let play): ExerciseBox.draw(play, state, on: canvas)
    default: break
    }
  }
}

/// What is shown on a terminal that is too small for a scene.
enum TooSmall {
  static func draw(_ state: State, on canvas: Canvas) {
    let (need, have) = (SceneLayout.smallest, state.size)
    let lines = [
      ["convscope needs \(need.columns)×\(need.rows)", "needs \(need.columns)×\(need.rows)"],
      ["this window is \(have.columns)×\(have.rows)", "is \(have.columns)×\(have.rows)"], ["q quits"],
    ]
    for (row, wordings) in lines.enumerated() {
      canvas.put(Explanation.fitting(wordings, columns: canvas.columns, state.appearance), column: 0, row: row)
    }
  }
}
