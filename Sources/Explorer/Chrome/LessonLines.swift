import Screens

/// The sentences of a lesson's pause point, over the panels.
enum LessonLines {
  static let mostRows = 2

  /// The rows that the sentences need.
  static func rows(_ play: LessonPlay, _ state: State) -> Int { min(lines(play, state).count, mostRows) }

  static func draw(_ play: LessonPlay, _ state: State, on canvas: Canvas) {
    let style = play.isAway ? Style(.faint) : Style(.explanation, [.bold])
    // Nothing is said of a screen that is not there yet, but that it is coming.
    if let awaited = play.awaited {
      let text = state.appearance.plainGlyphs("one moment: \(awaited.experiment.input.word) is coming …")
      let ellipsis = state.appearance.glyphs.ellipsis
      canvas.put(truncated(text, canvas.columns - 2, ellipsis: ellipsis), column: 1, row: 0, Style(.faint))
      return
    }
    for (row, line) in lines(play, state).prefix(canvas.rows).enumerated() {
      canvas.put(line, column: 1, row: row, style)
    }
  }

  private static func lines(_ play: LessonPlay, _ state: State) -> [String] {
    let text = play.hiddenAnswers.isEmpty ? play.pause.text : play.pause.sentences.blanked
    return wrapped(state.appearance.plainGlyphs(text), state.size.columns - 2)
  }

  /// `lesson 3 of 9`, for the footer.
  static func place(_ play: LessonPlay) -> String { "lesson \(play.index + 1) of \(play.lesson.pauses.count)" }

  /// The keys that move through it.
  static func keys(_ play: LessonPlay) -> [(keys: String, meaning: String)] {
    if play.isAway { return [("Backspace", "back to the lesson"), ("PgDn PgUp", "next, last")] }
    if !play.hiddenAnswers.isEmpty { return [("Enter", "answer"), ("PgUp", "back")] }
    return [("Enter", play.index + 1 < play.lesson.pauses.count ? "next" : "end"), ("PgUp", "back")]
  }
}
