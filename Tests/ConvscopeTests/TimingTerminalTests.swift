import Foundation
import Screens
import TerminalHarness
import Testing

/// Timing on a real pseudo-terminal: it measures, answers keys meanwhile, and leaves nothing behind.
@Suite(.serialized) struct TimingTerminalTests {
  /// - Parameter python: a shell script in place of the user's `python3`; nil for none.
  private func explorer(_ arguments: [String], python: String? = nil, folder: ScratchFolder) throws -> PseudoTerminal {
    if let python {
      let path = folder.path("python3")
      try Data("#!/bin/sh\n\(python)\n".utf8).write(to: URL(filePath: path))
      try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: path)
    }
    return try PseudoTerminal(
      [ProgramRun.program] + arguments, environment: ["PATH": "\(folder.url.path):/nonexistent"],
      size: Size(columns: 80, rows: 24))
  }

  /// Processes of the terminal's session, which all are the program's children.
  private func processes(of session: pid_t) -> [String] {
    let names = (try? FileManager.default.contentsOfDirectory(atPath: "/proc")) ?? []
    return names.filter { name in
      guard Int(name) != nil, let text = try? String(contentsOfFile: "/proc/\(name)/stat", encoding: .utf8),
        let end = text.lastIndex(of: ")")
      else { return false }
      let fields = text[text.index(after: end)...].split(separator: " ")
      return fields.count > 3 && fields[3] == String(session) && fields[0] != "Z"
    }
  }

  @Test func pointsGrowAndOtherScenesAnswerMeanwhile() throws {
    let folder = try ScratchFolder()
    let terminal = try explorer(["arange:6x6", "--weight", "arange:3x3", "--step", "5"], folder: folder)
    try terminal.waitFor("▐618▌")
    #expect(!terminal.screen.contains("round"))
    terminal.send("6")
    try terminal.waitFor("C im2col")
    // Without python3 that is one line, and ours are measured.
    try terminal.waitFor("numpy")
    let first = try terminal.waitUntil("a round") { $0.contains("round") && $0.contains("●") }
    try terminal.waitUntil("another round") { $0.lines[22] != first.lines[22] }
    terminal.send("1")
    try terminal.waitUntil("Slide") { $0.contains("▐618▌") }
    terminal.send(".")
    try terminal.waitFor("▐654▌")
    terminal.send("6 ")
    try terminal.waitFor("paused")
    terminal.send(" ")
    try terminal.waitFor("left")
    terminal.send(.escape)
    try terminal.waitFor("stopped")
    terminal.send(":shape lecture")
    terminal.send(.enter)
    try terminal.waitFor("10×32×32×8")
    terminal.send("q")
    #expect(try terminal.waitForExit() == .exited(0))
    #expect(terminal.isRestored)
    #expect(processes(of: terminal.process).isEmpty)
  }

  /// A worker that hangs holds nothing up: keys answer, and quitting takes it along.
  @Test func quittingTakesAHangingWorkerAlong() throws {
    let folder = try ScratchFolder()
    let terminal = try explorer(
      ["arange:6x6", "--scene", "timing"], python: "exec /bin/sleep 1000", folder: folder)
    try terminal.waitFor("starting numpy")
    try terminal.wait(for: "the worker") { processes(of: terminal.process).count > 1 }
    terminal.send("2")
    try terminal.waitFor("patch matrix")
    terminal.send("q")
    #expect(try terminal.waitForExit() == .exited(0))
    #expect(terminal.isRestored)
    #expect(processes(of: terminal.process).isEmpty)
  }
}
