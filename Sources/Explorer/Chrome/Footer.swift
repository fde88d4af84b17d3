import Screens

/// The last line: the keys that work now, or what is being typed, or what has just been said.
enum Footer {
  /// Draws it in the last row; something long that has just been said takes the row above as well.
  static func draw(_ state: State, on canvas: Canvas) {
    drawLine(state, on: canvas.part(Rect(column: 0, row: canvas.rows - 1, columns: canvas.columns, rows: 1)))
    if let notice = state.notice {
      switch state.mode {
      case .browsing, .editing: draw(notice, state, on: canvas)
      case .prompt, .help, .exercise, .command: break
      }
    }
  }

  private static func drawLine(_ state: State, on canvas: Canvas) {
    switch state.mode {
    case .prompt(let prompt): drawPrompt(prompt, state, on: canvas)
    case .editing:
      drawKeys(
        [("digits - , .", "type"), ("↑ ↓", "±1"), ("Tab", "next"), ("Enter", "apply"), ("Esc", "cancel")], lead: "EDIT",
        state, on: canvas)
    case .help(let topic, _):
      drawKeys(
        [("↑ ↓ PgUp PgDn", "scroll"), ("?", topic.nextName), ("any other key", "closes")], lead: "HELP", state,
        on: canvas)
    case .exercise(let play):
      drawKeys(ExerciseBox.keys(play), lead: "QUESTION \(play.number + 1)", state, on: canvas)
    case .command: drawKeys([("Esc", "closes")], lead: "COMMAND", state, on: canvas)
    case .browsing:
      drawKeys(browsingKeys(state), lead: state.lesson.map(LessonLines.place), keepsLast: true, state, on: canvas)
    }
  }

  private static func browsingKeys(_ state: State) -> [(keys: String, meaning: String)] {
    let scene = state.scene
    let named = Keymap.bindings.filter { binding in
      guard let footer = binding.footer, !scene.footerWithout.contains(footer) else { return false }
      return (binding.scene ?? state.view.scene) == state.view.scene
    }
    let first = scene.footerFirst.compactMap { name in named.first { $0.footer == name } }
    let others = named.dropFirst().filter { !scene.footerFirst.contains($0.footer ?? "") }
    var leading: [(keys: String, meaning: String)] = []
    if let play = state.lesson { leading = LessonLines.keys(play) }
    let usual = (named.prefix(1) + first + others).compactMap { binding -> (keys: String, meaning: String)? in
      guard let footer = binding.footer else { return nil }
      if footer == "geometry" { return scene.geometryKeys }
      return (binding.footerKeys, footer == "play" ? scene.playWord(state) : footer)
    }
    // Playing stands first; what only the first screen has comes next.
    let offered = state.isUntouched && state.tour != nil ? [("Enter", "60-second tour")] : []
    return leading + usual.prefix(1) + offered + scene.ownKeys(state) + usual.dropFirst()
  }

  private static func drawKeys(
    _ keys: [(keys: String, meaning: String)], lead: String?, keepsLast: Bool = false, _ state: State, on canvas: Canvas
  ) {
    var column = 1
    if let lead { column = canvas.put(lead, column: column, row: 0, Style(.warning, [.bold, .reverse])) + 2 }
    // The way to all keys and the way out stand at the end whatever there is no room for.
    var room = canvas.columns - 1
    let last = keepsLast ? keys.suffix(2) : []
    for (keys, meaning) in last.reversed() {
      room -= keys.cellWidth + meaning.cellWidth + 3
      drawKey((keys, meaning), column: room + 2, on: canvas)
    }
    for (keys, meaning) in keys.dropLast(last.count) {
      let (keys, meaning) = (state.appearance.plainGlyphs(keys), state.appearance.plainGlyphs(meaning))
      guard column + keys.cellWidth + meaning.cellWidth + 1 <= room else { break }
      column = drawKey((keys, meaning), column: column, on: canvas) + 2
    }
  }

  @discardableResult
  private static func drawKey(_ key: (keys: String, meaning: String), column: Int, on canvas: Canvas) -> Int {
    let next = canvas.put(key.keys, column: column, row: 0, Style(.key, [.bold]))
    return canvas.put(" " + key.meaning, column: next, row: 0, Style(.faint))
  }

  private static func draw(_ notice: Notice, _ state: State, on canvas: Canvas) {
    let style: Style
    switch notice.kind {
    case .information: style = Style(.explanation)
    case .warning: style = Style(.warning, [.bold])
    case .error: style = Style(.error, [.bold])
    }
    let (text, columns) = (state.appearance.plainGlyphs(notice.text), canvas.columns - 2)
    var lines = wrapped(text, columns)
    if lines.count > 2 {
      lines = [
        lines[0], truncated(lines[1...].joined(separator: " "), columns, ellipsis: state.appearance.glyphs.ellipsis),
      ]
    }
    let first = canvas.rows - lines.count
    canvas.fill(Rect(column: 0, row: first, columns: canvas.columns, rows: lines.count), Cell())
    for (row, line) in lines.enumerated() { canvas.put(line, column: 1, row: first + row, style) }
  }

  private static func drawPrompt(_ prompt: Prompt, _ state: State, on canvas: Canvas) {
    // The end of a long line is what is being typed.
    let room = canvas.columns - 3
    var shown = prompt.text
    while shown.cellWidth > room { shown.removeFirst() }
    let end = canvas.put(":" + shown, column: 0, row: 0, Style(.key, [.bold]))
    canvas.placeCursor(column: end, row: 0)
    if !prompt.choices.isEmpty { drawChoices(prompt.choices, column: end + 3, on: canvas) }
    if prompt.text.isEmpty {
      canvas.put(
        "step 5 · stride 2 · weight laplacian · open photo.png · Tab completes", column: 3, row: 0, Style(.faint))
    }
  }

  /// The names that could be meant: as many as there is room for, and how many more there are.
  private static func drawChoices(_ choices: [String], column: Int, on canvas: Canvas) {
    var column = column
    for (place, choice) in choices.enumerated() {
      // A path's last part tells the choices apart.
      let name = choice.dropLast().lastIndex(of: "/").map { String(choice[choice.index(after: $0)...]) } ?? choice
      let rest = "+\(choices.count - place)"
      let isLast = place + 1 == choices.count
      guard column + name.cellWidth + (isLast ? 0 : 2 + rest.count) <= canvas.columns else {
        canvas.put(rest, column: column, row: 0, Style(.faint))
        return
      }
      column = canvas.put(name, column: column, row: 0, Style(.faint)) + 2
    }
  }
}
