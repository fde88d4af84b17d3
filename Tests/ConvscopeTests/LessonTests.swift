import Foundation
import Screens
import TerminalHarness
import Testing

/// `lesson`: the list, a file printed and played, and what is wrong with a bad one.
@Suite struct LessonTests {
  private static let file = """
    title: Two stops
    pauses:
      - screen: arange:6x6 --weight arange:3x3 --step 5
        text: Here is 618.
      - screen: arange:6x6 --weight arange:3x3 --step 6
        text: And here 654.
    """

  private func run(_ text: String) throws -> ProgramRun {
    let folder = try ScratchFolder()
    try Data(text.utf8).write(to: URL(filePath: folder.path("two.yaml")))
    return try ProgramRun(["lesson", "two.yaml"], in: folder)
  }

  @Test func theListNamesTheTour() throws {
    let run = try ProgramRun(["lesson"], in: try ScratchFolder())
    #expect(run.status == 0)
    #expect(run.output.contains("tour") && run.output.contains("im2col"))
  }

  @Test func withoutATerminalEveryPauseIsPrinted() throws {
    let run = try run(Self.file)
    #expect(run.status == 0, "\(run.errors)")
    for text in ["1 of 2", "Here is 618.", "$ convscope arange:6x6", "▐618▌", "And here 654.", "▐654▌"] {
      #expect(run.output.contains(text), "\(text)")
    }
  }

  @Test func aBadFileIsSaidWithItsLine() throws {
    let run = try run(Self.file.replacing("--step 5", with: "--step five"))
    #expect(run.status == 65)
    #expect(run.errors.contains("two.yaml, line 3") && run.errors.contains("'five'"))
  }

  @Test func anUnknownNameListsTheLessons() throws {
    let run = try ProgramRun(["lesson", "nowhere"], in: try ScratchFolder())
    #expect(run.status == 66)
    #expect(run.errors.contains("tour") && run.errors.contains("'nowhere'"))
  }

  @Test func enterOnTheFirstScreenPlaysTheTour() throws {
    let terminal = try PseudoTerminal(
      [ProgramRun.program], environment: ["TERM": "xterm-256color", "LANG": "C.UTF-8"],
      size: Size(columns: 100, rows: 30), standardInput: nil)
    try terminal.waitFor("60-second tour")
    terminal.send(.enter)
    try terminal.waitFor("lesson 1 of")
    terminal.send(.enter)
    try terminal.waitFor("One pixel is pinned")
    terminal.send("q")
    #expect(try terminal.waitForExit() == .exited(0))
    #expect(terminal.isRestored)
  }
}
