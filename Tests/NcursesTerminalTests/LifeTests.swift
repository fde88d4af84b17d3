import Foundation
import Screens
import TerminalHarness
import Testing

extension TerminalTests {
  /// Starting, resizing, stopping and going on.
  @Suite(.serialized) struct Life {
    @Test func leavesTheTerminalAsItWas() throws {
      let terminal = try demo("echo")
      try terminal.waitFor("ready")
      #expect(terminal.screen.isAlternate)
      #expect(!terminal.modesAreRestored)
      terminal.send("q")
      #expect(try terminal.waitForExit() == .exited(0))
      #expect(terminal.isRestored)
      #expect(!terminal.screen.isAlternate)
    }

    @Test(arguments: ["no-such-terminal", "unknown", ""])
    func unknownTypeFallsBack(_ term: String) throws {
      let terminal = try demo("echo", environment: ["TERM": term])
      try terminal.waitFor("ready 120x24 256")
      try terminal.waitFor("using xterm-256color")
    }

    @Test func dumbTerminalIsRefused() throws {
      let terminal = try demo("echo", environment: ["TERM": "dumb"])
      #expect(try terminal.waitForExit() == .exited(69))
      #expect(terminal.isRestored)
      #expect(terminal.screen.contains("cannot be used"))
    }

    @Test func outputThatIsNoTerminalIsRefused() throws {
      let terminal = try PseudoTerminal([BuiltProduct.path("TerminalDemo"), "echo"], standardOutput: "/dev/null")
      #expect(try terminal.waitForExit() == .exited(69))
    }

    @Test(arguments: [("xterm-256color", "256"), ("xterm", "16"), ("linux", "16"), ("vt100", "mono")])
    func depthIsTheTerminals(_ term: String, _ depth: String) throws {
      let terminal = try demo("echo", environment: ["TERM": term, "COLORTERM": "truecolor"])
      try terminal.waitFor("ready 120x24 \(depth)")
    }

    @Test func environmentDoesNotOverrideTheSize() throws {
      let terminal = try demo("echo", environment: ["LINES": "7", "COLUMNS": "13"])
      try terminal.waitFor("ready 120x24")
    }

    @Test func resizingStorm() throws {
      let terminal = try demo("echo")
      try terminal.waitFor("ready")
      for step in 0..<200 { terminal.resize(Size(columns: 20 + step * 7 % 130, rows: 2 + step * 5 % 60)) }
      terminal.resize(Size(columns: 1, rows: 1))
      terminal.resize(Size(columns: 93, rows: 31))
      try terminal.waitFor("ready 93x31")
      terminal.send("q")
      #expect(try terminal.waitForExit() == .exited(0))
      #expect(terminal.isRestored)
    }

    /// What was written for a wider screen may come when it is narrow already: the harness has to bear it.
    @Test func wideGlyphsOnOneColumn() throws {
      let terminal = try PseudoTerminal(
        ["/bin/sh", "-c", "printf 漢; read line; printf '\\033[Hx'; read line"], size: Size(columns: 1, rows: 1))
      terminal.send("\n")
      try terminal.waitUntil("the letter") { $0.lines[0].hasPrefix("x") }
    }

    @Test func framesAreWholeAfterResizing() throws {
      let terminal = try demo("frames", size: Size(columns: 50, rows: 12))
      try terminal.waitUntil("a frame") { !$0.lines[0].isEmpty }
      for (seed, size) in [(1, Size(columns: 71, rows: 9)), (1, Size(columns: 33, rows: 20))] as [(UInt64, Size)] {
        terminal.resize(size)
        let expected = Frame.random(seed: seed, size: size).cells.map(\.glyph)
        try terminal.waitUntil("the frame at \(size)") { $0.cells.map(\.glyph) == expected }
      }
    }

    @Test(arguments: [true, false])
    func stopsAndGoesOn(byKey: Bool) throws {
      let program = BuiltProduct.path("TerminalDemo")
      let terminal = try PseudoTerminal(
        ["/bin/sh", "-m", "-c", "'\(program)' echo; echo stopped; read line; fg >/dev/null; echo over"],
        size: Size(columns: 100, rows: 20))
      try terminal.waitFor("ready")
      if byKey {
        terminal.send(.control("z"))
      } else {
        kill(-terminal.foregroundProcessGroup, SIGTSTP)
      }
      try terminal.waitUntil("the shell") { $0.contains("stopped") && !$0.isAlternate && $0.cursorIsVisible }
      #expect(terminal.isRestored)
      terminal.send("\n")
      try terminal.waitFor(.resumed)
      #expect(terminal.screen.isAlternate)
      #expect(terminal.privateModes.enabled.isSuperset(of: [1000, 1002, 1006]))
      terminal.send("a")
      try terminal.waitFor(.key(.character("a")))
      terminal.send("q")
      try terminal.waitFor("over")
      #expect(try terminal.waitForExit() == .exited(0))
      #expect(terminal.isRestored)
    }

    @Test func stoppingWithoutAShellOnlyRepaints() throws {
      let terminal = try demo("echo")
      try terminal.waitFor("ready")
      terminal.signal(SIGTSTP)
      try terminal.waitFor(.resumed)
      terminal.send("q")
      #expect(try terminal.waitForExit() == .exited(0))
    }

    @Test func continuedAfterAStopItCouldNotCatch() throws {
      let terminal = try demo("echo")
      try terminal.waitFor("ready")
      terminal.signal(SIGSTOP)
      terminal.damage("\u{1B}[1;1Hsomeone else writes here")
      terminal.signal(SIGCONT)
      try terminal.waitFor(.resumed)
      try terminal.waitFor("ready")
    }

    #if os(Linux)
      @Test func idleIsAsleep() throws {
        let terminal = try demo("echo")
        try terminal.waitFor("ready")
        try terminal.wait(for: "sleep") { try status(terminal.process)["State"]?.hasPrefix("S") == true }
        let before = try status(terminal.process)
        let end = ContinuousClock.now + .seconds(1)
        try terminal.wait(for: "a second") { ContinuousClock.now >= end }
        let after = try status(terminal.process)
        let name = "voluntary_ctxt_switches"
        let wakeups = (Int(after[name] ?? "") ?? 0) - (Int(before[name] ?? "") ?? 0)
        #expect(before[name] != nil)
        #expect(wakeups <= 2)
      }

      private func status(_ process: pid_t) throws -> [String: String] {
        let text = try String(contentsOfFile: "/proc/\(process)/status", encoding: .utf8)
        var fields: [String: String] = [:]
        for line in text.split(separator: "\n") {
          let parts = line.split(separator: ":", maxSplits: 1)
          if parts.count == 2 { fields[String(parts[0])] = parts[1].trimmingCharacters(in: .whitespaces) }
        }
        return fields
      }
    #endif
  }
}
