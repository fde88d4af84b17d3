import Screens
import TerminalHarness
import Testing

extension TerminalTests {
  /// Keys and mouse, through a real terminal.
  @Suite(.serialized) struct Input {
    static let keys: [Key] =
      [
        .up, .down, .left, .right, .pageUp, .pageDown, .home, .end, .tab, .backTab, .enter, .escape, .backspace,
        .delete,
        .insert, .character("a"), .character("h"), .character("Z"), .character(" "), .character("é"), .character("漢"),
        .character("😀"), .control("l"), .control("a"), .control("r"),
      ] + (1...12).map(Key.function)

    @Test(arguments: ["xterm-256color", "tmux-256color", "linux", "vt100"])
    func everyKeyArrives(_ term: String) throws {
      let terminal = try demo(
        "echo", environment: ["TERM": term], size: Size(columns: 80, rows: Self.keys.count + 4))
      try terminal.waitFor("ready")
      for (number, key) in Self.keys.enumerated() {
        terminal.send(key)
        try terminal.waitFor("\(number + 1) \(TerminalEvent.key(key).shown)")
      }
    }

    @Test func unknownSequencesAreNoKeys() throws {
      let terminal = try demo("echo")
      try terminal.waitFor("ready")
      terminal.send("\u{1B}[99;7z\u{1B}[?62;4c\u{1B}]11;rgb:0/0/0\u{07}\u{1B}Oy\u{1B}[>0q\u{1B}P1$r0m\u{1B}\\a")
      try terminal.waitFor("1 " + TerminalEvent.key(.character("a")).shown)
    }

    @Test func unfinishedSequenceIsGivenUp() throws {
      let terminal = try demo("echo")
      try terminal.waitFor("ready")
      // Each `a` belongs to the open string until its time is up.
      terminal.send("\u{1B}]")
      try terminal.wait(for: "a key that is one again") {
        terminal.send("a")
        return terminal.screen.shows(.key(.character("a")))
      }
    }

    @Test func mouseArrives() throws {
      let terminal = try demo("echo", size: Size(columns: 300, rows: 30))
      try terminal.waitFor("ready")
      try terminal.waitUntil("mouse on") { _ in terminal.privateModes.enabled.isSuperset(of: [1000, 1002, 1006]) }
      var number = 0
      func expect(_ kinds: [MouseEvent.Kind], _ column: Int, _ row: Int) throws {
        for kind in kinds {
          number += 1
          let event = TerminalEvent.mouse(MouseEvent(kind, at: Point(column: column, row: row)))
          try terminal.waitFor("\(number) \(event.shown)")
        }
      }
      terminal.send(mouse: .press, column: 3, row: 4)
      try expect([.press], 3, 4)
      terminal.send(mouse: .drag, column: 280, row: 5)
      try expect([.drag], 280, 5)
      terminal.send(mouse: .release, column: 6, row: 5)
      try expect([.release], 6, 5)
      terminal.send(mouse: .wheelUp, column: 1, row: 2)
      terminal.send(mouse: .wheelDown, column: 1, row: 2)
      try expect([.wheelUp, .wheelDown], 1, 2)
      terminal.send(mouse: .doubleClick, column: 7, row: 7)
      try expect([.press, .release, .doubleClick, .release], 7, 7)
    }

    @Test func mouseCanBeSwitched() throws {
      let terminal = try demo("echo", "--no-mouse")
      try terminal.waitFor("ready")
      #expect(terminal.privateModes.enabled.isDisjoint(with: PrivateModes.mouse))
      terminal.send("M")
      try terminal.waitUntil("mouse on") { _ in terminal.privateModes.enabled.isSuperset(of: [1000, 1002, 1006]) }
      terminal.send("m")
      try terminal.waitUntil("mouse off") { _ in terminal.privateModes.enabled.isDisjoint(with: PrivateModes.mouse) }
    }

    @Test func clipboardIsWritten() throws {
      let terminal = try demo("echo")
      try terminal.waitFor("ready")
      terminal.send("c")
      try terminal.waitFor(.key(.character("c")))
      #expect(String(decoding: terminal.output, as: UTF8.self).contains("\u{1B}]52;c;M8OXNCDihpIgw6k=\u{07}"))
    }

    @Test func deadlinePasses() throws {
      let terminal = try demo("echo")
      try terminal.waitFor("ready")
      terminal.send("t")
      try terminal.waitFor("deadline")
    }

    @Test func anotherThreadWakes() throws {
      let terminal = try demo("echo")
      try terminal.waitFor("ready")
      terminal.send("w")
      try terminal.waitFor(.woken)
    }

    @Test func keysComeFromTheTerminalWhenInputIsData() throws {
      let terminal = try PseudoTerminal(
        [BuiltProduct.path("TerminalDemo"), "echo"], standardInput: "/dev/null")
      try terminal.waitFor("ready")
      terminal.send(.up)
      try terminal.waitFor(.key(.up))
      terminal.send("q")
      #expect(try terminal.waitForExit() == .exited(0))
      #expect(terminal.isRestored)
    }
  }
}
