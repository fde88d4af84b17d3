import Exercises
import Screens

/// A question over the whole scene, so that nothing behind it gives the answer away.
enum ExerciseBox {
  static func draw(_ play: ExercisePlay, _ state: State, on canvas: Canvas) {
    let box = Rect(column: 0, row: 1, columns: canvas.columns, rows: canvas.rows - 2)
    let score = play.doneCount > 0 ? " · \(play.rightCount) of \(play.doneCount) right at once" : ""
    canvas.fill(box, Cell())
    let inner = Overlay.draw(
      title: "test me: \(play.exercise.kind.title)\(score)", box: box, state, on: canvas)
    let width = min(inner.columns - 4, 100)
    var row = 1
    func add(_ text: String, _ style: Style = .plain) {
      for line in wrapped(state.appearance.plainGlyphs(text), width) {
        inner.put(line, column: 2, row: row, style)
        row += 1
      }
    }
    for line in play.exercise.given { add(line) }
    row += 1
    add(play.exercise.question, Style(.explanation, [.bold]))
    row += 1
    drawAnswer(play, state, on: inner, row: row)
    row += 2
    for (text, style) in said(of: play) { add(text, style) }
  }

  private static func drawAnswer(_ play: ExercisePlay, _ state: State, on inner: Canvas, row: Int) {
    let column = inner.put("answer: ", column: 2, row: row, Style(.key, [.bold]))
    let end = inner.put(play.text, column: column, row: row, .plain.adding([.bold]))
    guard !play.isDone else { return }
    inner.placeCursor(column: end, row: row)
    if play.text.isEmpty {
      inner.put(state.appearance.plainGlyphs(play.exercise.form.expectation), column: end + 1, row: row, Style(.faint))
    }
  }

  private static func said(of play: ExercisePlay) -> [(String, Style)] {
    switch play.outcome {
    case nil: return [("Enter judges; Enter on an empty line shows the answer.", Style(.faint))]
    case .unread(let problem): return [(problem, Style(.warning, [.bold]))]
    case .wrong(let why):
      return [
        ("Not so.", Style(.error, [.bold])), (why, .plain),
        ("Type another answer, or Enter for the right one.", Style(.faint)),
      ]
    case .right: return [("Right.", Style(.good, [.bold])), (play.exercise.reason, .plain)] + whereToSee(play)
    case .revealed:
      return [("The answer: \(play.exercise.answer)", Style(.explanation, [.bold])), (play.exercise.reason, .plain)]
        + whereToSee(play)
    }
  }

  private static func whereToSee(_ play: ExercisePlay) -> [(String, Style)] {
    [("", .plain), ("Seen on: \(play.exercise.exhibit.screen.command)", Style(.faint))]
  }

  /// The keys that work on the question.
  static func keys(_ play: ExercisePlay) -> [(keys: String, meaning: String)] {
    play.isDone
      ? [("Enter", "see it"), ("t", "next question"), ("Esc", "closes")]
      : [("digits - ,", "type"), ("Enter", play.text.isEmpty ? "show the answer" : "judge"), ("Esc", "closes")]
  }
}
