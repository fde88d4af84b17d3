import ArgumentParser
import Experiments
import Explorer
import Foundation
import Lessons
import Screens

/// `convscope lesson NAME|FILE`: a lesson in the explorer, pause point by pause point.
struct LessonCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "lesson", abstract: "Play a lesson; without a name, list them.",
    discussion: """
      Enter and PgDn go to the next pause point, PgUp to the one before. In between everything can be explored; \
      Backspace comes back to the lesson, Esc closes it. Without a terminal every pause point is printed.

      A lesson is a YAML file:
        title: The centre pixel
        pauses:
          - screen: arange:6x6 --weight arange:3x3 --scene im2col --step 15 --select 2,2,0
            text: The centre pixel 14 is copied 9 times.
            shows: ["9 copies"]     texts that must stand on the screen (checked by tests)
            plays: false            whether the walk plays on from here
      """)

  @Argument(
    help: ArgumentHelp("a built-in lesson, or a lesson file", valueName: "NAME|FILE"),
    completion: .words(of: BuiltInLesson.self)) var lesson: String?
  @OptionGroup(title: "Screen") var screen: ScreenOptions

  func run() throws {
    guard let lesson else { return try list() }
    let read = try Self.read(lesson)
    guard ExplorerTerminal.isThere else { return try print(read) }
    try ExplorerTerminal.run(
      read.pauses[0].screen.experiment, source: FileSource(), screen: screen
    ) { experiment, terminal in
      var state = State(
        experiment: experiment, size: terminal.size, appearance: terminal.appearance, mouse: !screen.noMouse,
        machine: .ofThisMachine())
      // The first pause's experiment is there already, so nothing is to be read.
      _ = state.begin(read)
      return state
    }
  }

  private func list() throws {
    let width = BuiltInLesson.allCases.map(\.rawValue.count).max() ?? 0
    var text = ""
    for built in BuiltInLesson.allCases {
      let lesson = try built.lesson()
      let name = built.rawValue.padding(toLength: width, withPad: " ", startingAt: 0)
      text += "\(name)  \(lesson.title) (\(lesson.pauses.count) pauses)\n"
    }
    try StandardStream.output.write(text)
  }

  private static func read(_ word: String) throws -> Lesson {
    if let builtIn = BuiltInLesson(rawValue: word) { return try builtIn.lesson() }
    let bytes: Data
    do {
      let file = try FileHandle(forReadingFrom: URL(fileURLWithPath: word))
      // One byte more than a lesson may have tells that there is more.
      bytes = try file.read(upToCount: Lesson.limit + 1) ?? Data()
    } catch {
      let names = BuiltInLesson.allCases.map(\.rawValue).joined(separator: ", ")
      throw CommandFailure(
        message: "lesson: expected a lesson file or one of \(names), got '\(word)', which cannot be opened", status: 66)
    }
    guard let text = String(data: bytes, encoding: .utf8) else {
      throw CommandFailure.data("\(word): expected a lesson in UTF-8")
    }
    return try Lesson(yaml: text, name: word)
  }

  /// Every pause point as text: its sentences, its command and its screen at 80×24.
  private func print(_ lesson: Lesson) throws {
    Interruption.endsTheProgram()
    var experiment: Experiment?
    for (index, pause) in lesson.pauses.enumerated() {
      let words = pause.screen.experiment
      let shown = try experiment?.changed(to: words, source: FileSource()) ?? Experiment(words, source: FileSource())
      experiment = shown
      var state = State(
        experiment: shown, view: pause.screen.view, size: Size(columns: 80, rows: 24),
        appearance: screen.appearance(depth: .mono), machine: .ofThisMachine())
      state.finishPendingWork()
      let heading = "\(lesson.title): \(index + 1) of \(lesson.pauses.count)"
      let text = wrapped(pause.text, 80).joined(separator: "\n")
      try StandardStream.output.write(
        "\(heading)\n\(text)\n$ \(pause.screen.command)\n\(state.written(as: .text))\n")
    }
  }
}
