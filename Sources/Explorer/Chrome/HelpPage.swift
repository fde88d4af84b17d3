import Screens

/// The pages behind `?`, which goes from one to the next.
enum HelpTopic: Hashable, Sendable, CaseIterable {
  case keys, errata

  var title: String {
    switch self {
    case .keys: "help"
    case .errata: "where the lecture's notes err"
    }
  }

  func lines(for state: State) -> [(text: String, style: Style)] {
    switch self {
    case .keys: HelpPage.lines(for: state)
    case .errata: ErrataPage.lines(for: state)
    }
  }

  /// The page that another `?` shows, and what the footer calls it.
  var next: HelpTopic { self == .keys ? .errata : .keys }
  var nextName: String { self == .keys ? "the lecture's errata" : "keys" }
}

/// The page behind `?`: the key table, the marks, and how the screen draws.
enum HelpPage {
  static func lines(for state: State) -> [(text: String, style: Style)] {
    var lines: [(String, Style)] = []
    func add(_ text: String, _ style: Style = .plain) { lines.append((state.appearance.plainGlyphs(text), style)) }
    func heading(_ text: String) {
      if !lines.isEmpty { add("") }
      add(text, Style(.title, [.bold]))
    }
    func table(_ rows: [(String, String)]) {
      let width = rows.map(\.0.cellWidth).max() ?? 0
      for (left, right) in rows {
        // Long meanings go on in the next line, under themselves.
        for (line, part) in wrapped(right, state.size.columns - width - 12).enumerated() {
          add("  " + aligned(line == 0 ? left : "", .left, width + 2) + part)
        }
      }
    }
    heading("Keys")
    table(Keymap.bindings.map { ($0.keys, $0.meaning) })
    heading("Mouse" + (state.isMouseOn ? "" : " (off; m turns it on)"))
    table(Keymap.mouse.map { ($0.keys, $0.meaning) })
    heading("Marks")
    table(Marks.legend(state.appearance))
    heading("The : prompt")
    table(
      Prompt.commands.map { ("\($0.name) \($0.value)", $0.help) }
        + ViewWords.options.map { ("\($0.name) \($0.value)", $0.help) }
        + [("stride 2, padding same, …", "every experiment option of the command line, without its dashes")])
    heading("This screen")
    table([
      ("colours", "\(state.appearance.depth.rawValue), theme \(state.appearance.theme.rawValue)"),
      ("outputs", "a pixel that stands for several of them, some below zero, has the colour of the strongest"),
      ("size", "\(state.size.columns)×\(state.size.rows); from 120×36 all panels stand at once"),
    ])
    return lines
  }

  static func draw(_ topic: HelpTopic, _ state: State, firstLine: Int, on canvas: Canvas) {
    let box = Rect(column: 2, row: 1, columns: canvas.columns - 4, rows: canvas.rows - 3)
    let inner = Overlay.draw(title: topic.title, box: box, state, on: canvas)
    let lines = topic.lines(for: state)
    for row in 0..<inner.rows where firstLine + row < lines.count {
      let (text, style) = lines[firstLine + row]
      inner.put(text, column: 1, row: row, style)
    }
  }
}

/// The box that shows the command behind the screen.
enum CommandBox {
  static func draw(_ state: State, on canvas: Canvas) {
    let lines = wrapped(state.command, canvas.columns - 10)
    let rows = min(lines.count + 4, canvas.rows - 4)
    let box = Rect(column: 2, row: (canvas.rows - rows) / 2, columns: canvas.columns - 4, rows: rows)
    let inner = Overlay.draw(title: "this screen, as a command", box: box, state, on: canvas)
    for (row, line) in lines.enumerated() { inner.put(line, column: 1, row: row, Style(.key, [.bold])) }
    inner.put(
      "copied, where the terminal allows it; it is printed again on quitting", column: 1, row: lines.count + 1,
      Style(.faint))
  }
}

/// A box over the scene.
enum Overlay {
  /// Draws the empty box and returns its inside.
  static func draw(title: String, box: Rect, _ state: State, on canvas: Canvas) -> Canvas {
    Panel(title, focused: true).draw(on: canvas, box, state.appearance.glyphs)
  }
}
