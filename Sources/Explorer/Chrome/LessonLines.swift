import Screens

/// The sentences of a lesson's pause point, over the panels.
enum LessonLines {
  static let rows = 2

  static func draw(_ play: LessonPlay, _ state: State, on canvas: Canvas) {
    let style = play.isAway ? Style(.faint) : Style(.explanation, [.bold])
    let lines = wrapped(state.appearance.plainGlyphs(play.pause.text), canvas.columns - 2)
    for (row, line) in lines.prefix(canvas.rows).enumerated() { canvas.put(line, column: 1, row: row, style) }
  }

  /// `lesson 3 of 9`, for the footer.
  static func place(_ play: LessonPlay) -> String { "lesson \(play.index + 1) of \(play.lesson.pauses.count)" }

  /// The keys that move through it.
  static func keys(_ play: LessonPlay) -> [(keys: String, meaning: String)] {
    play.isAway
      ? [("Backspace", "back to the lesson"), ("PgDn PgUp", "next, last")]
      : [("Enter", play.index + 1 < play.lesson.pauses.count ? "next" : "end"), ("PgUp", "back")]
  }
}
