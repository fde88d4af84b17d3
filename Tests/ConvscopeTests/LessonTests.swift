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

/// `exercise`: sheets written, filled in, checked.
@Suite struct ExerciseCommandTests {
  private static let asked = ["exercise", "arange:6x8", "--weight", "arange:3x3", "--seed", "7", "--count", "5"]

  @Test func aSheetIsWrittenFilledAndChecked() throws {
    let folder = try ScratchFolder()
    let blank = try ProgramRun(Self.asked + ["-o", "blank.yaml"], in: folder)
    #expect(blank.status == 0, "\(blank.errors)")
    let unanswered = try ProgramRun(["exercise", "--check", "blank.yaml"], in: folder)
    #expect(unanswered.status == 1)
    #expect(unanswered.output.contains("not answered") && unanswered.output.contains("0 of 5 right"))
    #expect(try ProgramRun(Self.asked + ["--answers", "-o", "full.yaml"], in: folder).status == 0)
    let right = try ProgramRun(Self.asked + ["--check", "full.yaml"], in: folder)
    #expect(right.status == 0, "\(right.errors)")
    #expect(right.output.contains("5 of 5 right"))
    #expect(try folder.names() == ["blank.yaml", "full.yaml"])
  }

  @Test func theSameSeedAsksTheSame() throws {
    let folder = try ScratchFolder()
    let first = try ProgramRun(Self.asked, in: folder)
    #expect(first.status == 0 && first.output.contains("seed: 7"))
    #expect(try ProgramRun(Self.asked, in: folder).output == first.output)
  }

  @Test func aWrongAnswerIsToldWhy() throws {
    let folder = try ScratchFolder()
    let sheet = """
      exercise: 'arange:6x6 --weight arange:3x3'
      seed: 1
      kinds: [strides]
      answers:
        - strides: 1,2
      """
    try Data(sheet.utf8).write(to: URL(filePath: folder.path("wrong.yaml")))
    let run = try ProgramRun(["exercise", "--check", "wrong.yaml"], in: folder)
    #expect(run.status == 1 || run.status == 65)
    #expect(run.output.contains("1. strides: wrong.") || run.errors.contains("wrong.yaml, line 5"))
  }

  @Test func easierQuestionsThanWereAskedDoNotPass() throws {
    let folder = try ScratchFolder()
    _ = try ProgramRun(Self.asked + ["--answers", "-o", "full.yaml"], in: folder)
    for other in [["--seed", "8"], ["--count", "6"], ["--kind", "size"], ["arange:6x6"]] {
      let run = try ProgramRun(["exercise", "--check", "full.yaml"] + other, in: folder)
      #expect(run.status == 65, "\(other): \(run.output)")
      #expect(run.errors.contains("full.yaml") && run.errors.contains("expected"), "\(run.errors)")
    }
  }

  @Test(arguments: [
    ["exercise", "--kind", "sise"], ["exercise", "--count", "0"], ["exercise", "--count", "100000"],
    ["exercise", "--seed", "one"],
  ])
  func badArgumentsAreSaid(_ arguments: [String]) throws {
    let run = try ProgramRun(arguments, in: try ScratchFolder())
    #expect(run.status == 64)
    #expect(run.errors.lowercased().contains("error"))
  }

  @Test func aSheetThatIsNotThereIsSaid() throws {
    let run = try ProgramRun(["exercise", "--check", "nowhere.yaml"], in: try ScratchFolder())
    #expect(run.status == 66 && run.errors.contains("'nowhere.yaml'"))
  }

  @Test func onATerminalQuestionsAreAsked() throws {
    let terminal = try PseudoTerminal(
      [ProgramRun.program, "exercise", "arange:6x6", "--weight", "arange:3x3"],
      environment: ["TERM": "xterm-256color", "LANG": "C.UTF-8"], size: Size(columns: 80, rows: 24), standardInput: nil)
    try terminal.waitFor("QUESTION 1")
    terminal.send(.enter)
    try terminal.waitFor("The answer:")
    terminal.send("t")
    try terminal.waitFor("QUESTION 2")
    terminal.send(.escape)
    try terminal.waitFor("of 1 right at once")
    terminal.send("q")
    #expect(try terminal.waitForExit() == .exited(0))
    #expect(terminal.isRestored)
  }
}

/// `handout`: all files or none.
@Suite struct HandoutCommandTests {
  @Test func aHandoutIsADirectory() throws {
    let folder = try ScratchFolder()
    let run = try ProgramRun(["handout", "nbytes", "-o", "paper"], in: folder)
    #expect(run.status == 0, "\(run.errors)")
    #expect(try folder.names() == ["paper"])
    let names = try FileManager.default.contentsOfDirectory(atPath: folder.path("paper")).sorted()
    #expect(names == ["1.svg", "2.svg", "3.svg", "answers.html", "handout.html"])
  }

  @Test func anEmptyDirectoryIsTaken() throws {
    let folder = try ScratchFolder()
    try FileManager.default.createDirectory(atPath: folder.path("paper"), withIntermediateDirectories: false)
    #expect(try ProgramRun(["handout", "nbytes", "-o", "paper"], in: folder).status == 0)
  }

  @Test func whatStandsThereStays() throws {
    let folder = try ScratchFolder()
    try FileManager.default.createDirectory(atPath: folder.path("paper"), withIntermediateDirectories: false)
    try Data("mine".utf8).write(to: URL(filePath: folder.path("paper/mine.txt")))
    let full = try ProgramRun(["handout", "nbytes", "-o", "paper"], in: folder)
    #expect(full.status == 73 && full.errors.contains("holds 1 file"), "\(full.errors)")
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path("paper")) == ["mine.txt"])
    let file = try ProgramRun(["handout", "nbytes", "-o", "paper/mine.txt"], in: folder)
    #expect(file.status == 73 && file.errors.contains("got a file"))
    let nowhere = try ProgramRun(["handout", "nbytes", "-o", "no/such/place"], in: folder)
    #expect(nowhere.status == 73)
    #expect(try folder.names() == ["paper"])
  }

  @Test func anUnknownLessonIsSaid() throws {
    let run = try ProgramRun(["handout", "nowhere", "-o", "paper"], in: try ScratchFolder())
    #expect(run.status == 66 && run.errors.contains("'nowhere'"))
  }
}
