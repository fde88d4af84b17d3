import Screens
import TerminalHarness
import Testing

extension TerminalTests {
  /// What is painted is what an emulator then shows.
  @Suite(.serialized) struct Painting {
    struct Case: CustomTestStringConvertible, Sendable {
      var term: String
      var depth: ColorDepth
      /// Inks of a frame: few where the terminal has only 64 pairs.
      var inks = 40
      var testDescription: String { "\(term) \(depth.rawValue)" }
    }

    static let cases = [
      Case(term: "xterm-256color", depth: .palette256), Case(term: "xterm-256color", depth: .truecolor),
      Case(term: "xterm-256color", depth: .palette16), Case(term: "xterm-256color", depth: .mono),
      Case(term: "tmux-256color", depth: .palette256), Case(term: "tmux-256color", depth: .truecolor),
      Case(term: "screen-256color", depth: .palette256), Case(term: "xterm", depth: .palette16, inks: 6),
      Case(term: "linux", depth: .palette16, inks: 6), Case(term: "vt100", depth: .mono),
    ]

    @Test(arguments: cases)
    func framesArriveAsTheyWere(_ test: Case) throws {
      let size = Size(columns: 61, rows: 17)
      let terminal = try demo(
        "frames", "--depth", test.depth.rawValue, "--colors", "\(test.inks)", environment: ["TERM": test.term],
        size: size)
      for seed in 1...12 as ClosedRange<UInt64> {
        if seed > 1 { terminal.send(" ") }
        let frame = Frame.random(seed: seed, size: size, colors: test.inks)
        let expected = shown(frame, test)
        do {
          try terminal.waitUntil("frame \(seed)") { $0.cells == expected }
        } catch {
          let screen = terminal.screen
          let wrong = expected.indices.filter { screen.cells[$0] != expected[$0] }
          let first = try #require(wrong.first)
          Issue.record(
            "seed \(seed): \(wrong.count) cells, first \(first): \(screen.cells[first]), not \(expected[first])")
          throw error
        }
      }
      terminal.send("q")
      #expect(try terminal.waitForExit() == .exited(0))
      #expect(terminal.isRestored)
    }

    /// The frame's cells as the terminal can show them.
    private func shown(_ frame: Frame, _ test: Case) -> [ShownCell] {
      var palette = Palette(Appearance(theme: .dark, depth: test.depth))
      let hasEight = ["linux", "xterm"].contains(test.term)
      return frame.cells.map { cell in
        var style = palette.resolve(cell.style)
        style.attributes.remove(.dim)
        if hasEight {
          if case .index(let index) = style.foreground, index > 7 {
            style.foreground = .index(index - 8)
            style.attributes.insert(.bold)
          }
          if case .index(let index) = style.background, index > 7 { style.background = .index(index - 8) }
        }
        // The Linux console's terminfo entry says that it cannot underline in colour.
        if test.term == "linux", style.foreground != .terminal || style.background != .terminal {
          style.attributes.remove(.underline)
        }
        return ShownCell(glyph: cell.glyph, style: style)
      }
    }

    @Test func onlyChangesAreWritten() throws {
      let terminal = try demo("echo")
      try terminal.waitFor("ready 120x24")
      let before = terminal.output.count
      terminal.send("a")
      try terminal.waitFor(.key(.character("a")))
      #expect(terminal.output.count - before < 120)
    }

    @Test func controlLRestoresADamagedScreen() throws {
      let size = Size(columns: 40, rows: 10)
      let terminal = try demo("frames", size: size)
      let expected = shown(.random(seed: 1, size: size), Case(term: "xterm-256color", depth: .palette256))
      try terminal.waitUntil("the frame") { $0.cells == expected }
      terminal.damage("\u{1B}[3;3Hsomeone else writes here")
      #expect(terminal.screen.cells != expected)
      terminal.send(.control("l"))
      try terminal.waitUntil("the frame again") { $0.cells == expected }
    }

    @Test func cursorIsHiddenUnlessPlaced() throws {
      let terminal = try demo("echo")
      try terminal.waitUntil("no cursor") { $0.contains("ready") && !$0.cursorIsVisible }
      terminal.send("e")
      try terminal.waitUntil("the cursor") { $0.cursorIsVisible && $0.cursor == Point(column: 5, row: 2) }
      terminal.send("a")
      try terminal.waitUntil("no cursor") { !$0.cursorIsVisible }
    }

    @Test func withoutUTF8GlyphsBecomeQuestionMarks() throws {
      let terminal = try demo("echo", environment: ["LANG": "C", "LC_ALL": "C"], size: Size(columns: 60, rows: 10))
      try terminal.waitUntil("question marks") { $0.contains("utf8 false") && $0.lines[0].hasSuffix(" ??") }
      #expect(terminal.output.allSatisfy { $0 < 128 })
    }

    @Test func missingLocaleFallsBackToUTF8() throws {
      let terminal = try demo("echo", environment: ["LANG": "xx_YY.UTF-8"])
      try terminal.waitUntil("glyphs") { $0.contains("utf8 true") && $0.lines[0].hasSuffix(" é漢") }
    }

    @Test func moreColorsThanPairsLeaveTheText() throws {
      let size = Size(columns: 61, rows: 17)
      let terminal = try demo(
        "frames", "--colors", "400", environment: ["TERM": "xterm"], size: size)
      let expected = Frame.random(seed: 1, size: size, colors: 400).cells.map(\.glyph)
      try terminal.waitUntil("the text") { $0.cells.map(\.glyph) == expected }
    }
  }
}
