import Foundation
import Screens
import TerminalHarness
import Testing

/// The explorer through a real pseudo-terminal: keys in, screen out, and the terminal as it was afterwards.
@Suite(.serialized) struct ExplorerTerminalTests {
  private func explorer(
    _ arguments: [String], size: Size = Size(columns: 80, rows: 24), environment: [String: String] = [:],
    standardInput: String? = nil
  ) throws -> PseudoTerminal {
    var all = ["TERM": "xterm-256color", "LANG": "C.UTF-8", "SWIFT_BACKTRACE": "enable=no"]
    all.merge(environment) { _, new in new }
    return try PseudoTerminal(
      [ProgramRun.program] + arguments, environment: all, size: size, standardInput: standardInput)
  }

  private let lecture = ["arange:6x6", "--weight", "arange:3x3", "--step", "5"]

  @Test func startsMovingAndSaysHowToPause() throws {
    let terminal = try explorer([])
    try terminal.waitFor("A 3×3 kernel slides")
    try terminal.waitFor("Space pause")
    let first = try terminal.waitUntil("a step") { $0.contains("step ") }
    try terminal.waitUntil("another step") { $0.lines[22] != first.lines[22] }
    terminal.send(" ")
    try terminal.waitFor("Space play")
    terminal.send("q")
    #expect(try terminal.waitForExit() == .exited(0))
    #expect(terminal.isRestored)
  }

  @Test func keysWalkThroughTheLecture() throws {
    let terminal = try explorer(lecture)
    try terminal.waitFor("▐618▌")
    terminal.send(".")
    try terminal.waitFor("▐654▌")
    terminal.send(",,")
    try terminal.waitFor("▐582▌")
    terminal.send("G")
    try terminal.waitFor("▐1122▌")
    terminal.send("2")
    try terminal.waitFor("patch matrix 16×9")
    terminal.send("n")
    try terminal.waitFor("n goes on")
    terminal.send("s")
    try terminal.waitFor("4×9")
    terminal.send("u")
    try terminal.waitFor("patch matrix 16×9")
    terminal.send(":step 2")
    terminal.send(.enter)
    try terminal.waitFor("writing row 2")
    terminal.send("?")
    try terminal.waitFor("play or pause")
    terminal.send(.escape)
    try terminal.waitUntil("the help gone") { !$0.contains("play or pause") }
    terminal.send(.control("c"))
    #expect(try terminal.waitForExit() == .exited(0))
    #expect(terminal.isRestored)
  }

  /// What is printed on quitting comes back to the identical screen.
  @Test func theCommandPrintedComesBack() throws {
    let wide = Size(columns: 160, rows: 36)
    let terminal = try explorer(lecture + ["--select", "2,2"], size: wide)
    try terminal.waitFor("pinned [14]")
    terminal.send("p2.n")
    // The last line, which a notice had, is painted last.
    func isWhole(_ screen: Snapshot) -> Bool {
      screen.text.contains("n goes on") && screen.text.contains("edit  u undo  t test me          ? keys  q quit")
    }
    let shown = try terminal.waitUntil("the whole screen", isWhole)
    terminal.send("q")
    #expect(try terminal.waitForExit() == .exited(0))
    let command = try #require(terminal.screen.lines.first { $0.contains("convscope arange:6x6") })
    let words = command.split(separator: " ").map(String.init)
    let again = try explorer(Array(words.dropFirst()), size: wide)
    let restored = try again.waitUntil("the whole screen", isWhole)
    #expect(restored.lines == shown.lines)
    again.send("q")
    #expect(try again.waitForExit() == .exited(0))
  }

  /// The prompt completes the names of files, and folders on the way to them.
  @Test func tabCompletesFileNames() throws {
    let folder = try ScratchFolder()
    try FileManager.default.createDirectory(atPath: folder.path("arrays"), withIntermediateDirectories: false)
    for name in ["arrays/small.npy", "arrays/smaller.npy", ".hidden.npy"] { try folder.writeArange(name, [7, 7]) }
    let terminal = try explorer(lecture, size: Size(columns: 160, rows: 36))
    try terminal.waitFor("▐618▌")
    terminal.send(":open \(folder.url.path)/\t")
    try terminal.waitFor("/arrays/")
    terminal.send("\t")
    try terminal.waitFor("/arrays/small   small.npy  smaller.npy")
    terminal.send(".\t")
    try terminal.waitFor("/arrays/small.npy")
    terminal.send(.enter)
    try terminal.waitFor("input 7×7")
    terminal.send("q")
    #expect(try terminal.waitForExit() == .exited(0))
  }

  @Test func theMouseSelectsAndScrubs() throws {
    let terminal = try explorer(lecture)
    // The footer comes last.
    let screen = try terminal.waitUntil("the whole screen") { $0.contains("▐618▌") && $0.contains("q quit") }
    let row = try #require(screen.lines.firstIndex { $0.contains("24 25") })
    let column = try #require(Array(screen.lines[row]).firstIndex(of: "5"))
    terminal.send(mouse: .press, column: column, row: row)
    terminal.send(mouse: .release, column: column, row: row)
    try terminal.waitFor("pinned [25] at (4,1)")
    let knob = try #require(Array(screen.lines[22]).lastIndex(of: "─"))
    terminal.send(mouse: .press, column: knob, row: 22)
    terminal.send(mouse: .release, column: knob, row: 22)
    try terminal.waitFor("▐1122▌")
    terminal.send("m")
    try terminal.waitFor("mouse off")
    terminal.send("q")
    try terminal.waitForExit()
    #expect(terminal.isRestored)
  }

  /// Resized at any moment, below the smallest size and back: the selection survives.
  @Test func resizingKeepsTheSelection() throws {
    let terminal = try explorer(["arange:6x6", "--weight", "arange:3x3"], size: Size(columns: 100, rows: 30))
    try terminal.waitFor("Space pause")
    terminal.send("l")
    try terminal.waitFor("pinned")
    terminal.resize(Size(columns: 60, rows: 15))
    try terminal.waitFor("80×24")
    terminal.resize(Size(columns: 80, rows: 24))
    try terminal.waitUntil("the screen again") { $0.contains("pinned") && $0.contains("? keys") }
    for columns in [200, 81, 120, 300, 80] { terminal.resize(Size(columns: columns, rows: columns / 3)) }
    try terminal.waitUntil("the last size") { $0.contains("pinned") && $0.lines[25].contains("q quit") }
    terminal.send("q")
    #expect(try terminal.waitForExit() == .exited(0))
    #expect(terminal.isRestored)
  }

  @Test func suspendedAndBack() throws {
    let terminal = try explorer(lecture)
    try terminal.waitFor("▐618▌")
    terminal.send(.control("z"))
    // Without a job-control shell above it the program paints again at once, or stops and goes on with SIGCONT.
    terminal.signal(SIGCONT)
    terminal.send(".")
    try terminal.waitFor("▐654▌")
    terminal.send("q")
    #expect(try terminal.waitForExit() == .exited(0))
    #expect(terminal.isRestored)
  }

  @Test(arguments: [SIGTERM, SIGHUP])
  func signalsRestoreAndArePassedOn(_ signal: Int32) throws {
    let terminal = try explorer([])
    try terminal.waitFor("Space pause")
    terminal.signal(signal)
    #expect(try terminal.waitForExit() == .signaled(signal))
    #expect(terminal.isRestored)
  }

  /// The array on standard input that nobody types.
  @Test(arguments: [SIGINT, SIGTERM])
  func signalsEndTheWaitForInput(_ signal: Int32) throws {
    let terminal = try PseudoTerminal(["/bin/sh", "-c", "echo waiting; exec '\(ProgramRun.program)' -"])
    try terminal.waitFor("waiting")
    terminal.signal(signal)
    #expect(try terminal.waitForExit() == .signaled(signal))
  }

  @Test(arguments: [SIGSEGV, SIGILL, SIGABRT])
  func crashesRestore(_ signal: Int32) throws {
    let terminal = try explorer(["picture"])
    try terminal.waitFor("Space pause")
    terminal.signal(signal)
    #expect(try terminal.waitForExit() == .signaled(signal))
    #expect(terminal.isRestored)
    #expect(!terminal.screen.isAlternate)
  }

  @Test func anUnknownTerminalFallsBackAndSaysSo() throws {
    let terminal = try explorer(lecture, environment: ["TERM": "no-such-terminal"])
    try terminal.waitFor("▐618▌")
    terminal.send("q")
    #expect(try terminal.waitForExit() == .exited(0))
    #expect(terminal.screen.contains("no-such-terminal"))
  }

  @Test func aDumbTerminalGetsText() throws {
    let terminal = try explorer(lecture, environment: ["TERM": "dumb"])
    #expect(try terminal.waitForExit() == .exited(0))
    #expect(!terminal.output.contains(27))
  }

  /// Colours are off by NO_COLOR and by options; the glyphs can be ASCII.
  @Test(arguments: [(["--no-color"], [:]), ([], ["NO_COLOR": "1"]), (["--color", "mono", "--ascii"], [:])])
  func coloursCanBeOff(_ arguments: [String], environment: [String: String]) throws {
    let terminal = try explorer(lecture + arguments, environment: environment)
    let screen = try terminal.waitUntil("the written cell") { $0.contains("▐618▌") || $0.contains(">618<") }
    let colours = screen.cells.filter { $0.style.foreground != .terminal || $0.style.background != .terminal }
    #expect(colours.isEmpty)
    terminal.send("q")
    try terminal.waitForExit()
  }

  /// With data on standard input the keys come from the terminal.
  @Test func dataOnStandardInput() throws {
    let folder = try ScratchFolder()
    let made = try ProgramRun(
      ["strided", "arange:6x6", "--shape", "6,6", "--strides", "6,1", "-o", folder.path("a.npy")], in: folder)
    #expect(made.status == 0)
    let terminal = try explorer(["-", "--weight", "arange:3x3", "--step", "5"], standardInput: folder.path("a.npy"))
    try terminal.waitFor("▐618▌")
    terminal.send("q")
    #expect(try terminal.waitForExit() == .exited(0))
    #expect(terminal.isRestored)
  }

  /// A failure before the screen is taken is a plain sentence and a status.
  @Test func aMissingFileIsSaidOnAPlainTerminal() throws {
    let terminal = try explorer(["no-such-file.png"])
    #expect(try terminal.waitForExit() == .exited(66))
    #expect(terminal.screen.contains("no-such-file.png"))
    #expect(terminal.isRestored)
  }

  @Test func exportWritesAnSVG() throws {
    let folder = try ScratchFolder()
    let terminal = try explorer(lecture)
    try terminal.waitFor("▐618▌")
    terminal.send(":export " + folder.path("screen.svg"))
    terminal.send(.enter)
    try terminal.waitFor("written:")
    terminal.send(":export /no/such/folder/screen.svg")
    terminal.send(.enter)
    try terminal.waitFor("cannot write")
    terminal.send("q")
    try terminal.waitForExit()
    let svg = String(decoding: try Data(contentsOf: URL(filePath: folder.path("screen.svg"))), as: UTF8.self)
    #expect(svg.hasPrefix("<svg") || svg.hasPrefix("<?xml"))
    #expect(svg.contains("618"))
  }
}
