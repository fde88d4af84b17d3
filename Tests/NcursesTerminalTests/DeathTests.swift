import Foundation
import Screens
import TerminalHarness
import Testing

extension TerminalTests {
  /// However the program ends, the terminal is as it was and the parent sees the cause.
  @Suite(.serialized) struct Death {
    @Test(arguments: ["fatalError", "bounds", "null", "overflow", "thread", "thread-overflow", "abort", "kill"])
    func trapsRestore(_ kind: String) throws {
      let terminal = try demo("crash-" + kind)
      try terminal.waitFor("ready")
      #expect(!terminal.isRestored)
      terminal.send("x")
      let status = try terminal.waitForExit()
      switch kind {
      case "null", "overflow", "thread-overflow", "kill": #expect(status == .signaled(SIGSEGV))
      case "abort": #expect(status == .signaled(SIGABRT))
      default: #expect([.signaled(SIGILL), .signaled(SIGTRAP)].contains(status))
      }
      #expect(terminal.isRestored)
      #expect(!terminal.screen.isAlternate)
    }

    @Test func messageOfTheTrapIsSeen() throws {
      let terminal = try demo("crash-fatalError")
      try terminal.waitFor("ready")
      terminal.send("x")
      try terminal.waitForExit()
      #expect(terminal.screen.contains("the message of the fatal error"))
    }

    /// The runtime's own backtracer would wait for a key on the terminal that has just been given back.
    @Test(arguments: ["fatalError", "bounds", "overflow", "thread", "thread-overflow"])
    func nothingIsAskedAfterATrap(_ kind: String) throws {
      let terminal = try demo("crash-" + kind, environment: ["SWIFT_BACKTRACE": ""])
      try terminal.waitFor("ready")
      terminal.send("x")
      let status = try terminal.waitForExit()
      #expect([.signaled(SIGILL), .signaled(SIGTRAP), .signaled(SIGSEGV)].contains(status))
      #expect(terminal.isRestored)
      #expect(terminal.screen.contains("SWIFT_BACKTRACE=enable=yes"))
    }

    @Test func exitRestores() throws {
      let terminal = try demo("crash-exit")
      try terminal.waitFor("ready")
      terminal.send("x")
      #expect(try terminal.waitForExit() == .exited(3))
      #expect(terminal.isRestored)
    }

    @Test(arguments: [SIGTERM, SIGHUP, SIGQUIT, SIGUSR1, SIGALRM])
    func signalsRestoreAndArePassedOn(_ signal: Int32) throws {
      let terminal = try demo("echo")
      try terminal.waitFor("ready")
      terminal.signal(signal)
      #expect(try terminal.waitForExit() == .signaled(signal))
      #expect(terminal.isRestored)
    }

    @Test func insistingEndsAProgramThatHangs() throws {
      let terminal = try demo("crash-hang")
      try terminal.waitFor("ready")
      terminal.send("x")
      let error = #expect(throws: HarnessError.self) {
        try terminal.wait(for: "the end") {
          terminal.signal(SIGTERM)
          return false
        }
      }
      guard case .ended(let status, _, _) = error else { throw try #require(error) }
      #expect(status == .signaled(SIGTERM))
      #expect(terminal.isRestored)
    }

    @Test func controlCEndsWithZero() throws {
      for way in ["key", "signal"] {
        let terminal = try demo("echo")
        try terminal.waitFor("ready")
        if way == "key" { terminal.send(.control("c")) } else { terminal.signal(SIGINT) }
        #expect(try terminal.waitForExit() == .exited(0))
        #expect(terminal.isRestored)
      }
    }

    @Test func lostTerminalEnds() throws {
      let terminal = try demo("echo")
      try terminal.waitFor("ready")
      terminal.hangUp()
      #expect(try terminal.waitForExit() == .signaled(SIGHUP))
    }

    @Test func lostTerminalEndsEvenWithHangUpIgnored() throws {
      let program = BuiltProduct.path("TerminalDemo")
      let terminal = try PseudoTerminal(["/bin/sh", "-c", "trap '' HUP; exec '\(program)' echo"])
      try terminal.waitFor("ready")
      terminal.hangUp()
      #expect(try terminal.waitForExit() == .signaled(SIGHUP))
    }
  }
}
