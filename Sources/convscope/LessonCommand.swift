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
            text: The centre pixel 14 is copied {9} times.   {…}: an answer, a blank on handouts
            shows: ["9 copies"]     texts that must stand on the screen (checked by tests)
            plays: false            whether the walk plays on from here
      """)

  @Argument(
    help: ArgumentHelp("a built-in lesson, or a lesson file", valueName: "NAME|FILE"),
    completion: .words(of: BuiltInLesson.self)) var lesson: String?
  @Flag(help: "for a room: one pane large, the projector theme, answers hidden until Enter or PgDn asks for them")
  var present = false
  @OptionGroup(title: "Screen") var screen: ScreenOptions

  func run() throws {
    guard let lesson else { return try list() }
    let read = try Self.read(lesson)
    guard ExplorerTerminal.isThere else { return try print(read) }
    var screen = screen
    if present, screen.theme == nil { screen.theme = .projector }
    try ExplorerTerminal.run(
      read.pauses[0].screen.experiment, ViewWords(), source: FileSource(), screen: screen
    ) { experiment, terminal in
      var state = State(
        experiment: experiment, size: terminal.size, appearance: terminal.appearance, mouse: !screen.noMouse,
        machine: .ofThisMachine(),
        processors: ProcessInfo.processInfo.activeProcessorCount)
      // The first pause's experiment is there already, so nothing is to be read.
      _ = state.begin(read, presented: present)
      return state
    }
  }

  private func list() throws {
    let width = BuiltInLesson.allCases.map(\.rawValue.count).max() ?? 0
    var text = ""
    for part in BuiltInLesson.Part.allCases {
      text += "\(text.isEmpty ? "" : "\n")\(part.rawValue)\n"
      for builtIn in part.lessons {
        let lesson = try builtIn.lesson()
        let name = builtIn.rawValue.padding(toLength: width, withPad: " ", startingAt: 0)
        text += "  \(name)  \(lesson.title) (\(lesson.pauses.count) pauses)\n"
      }
    }
    try StandardStream.output.write(text)
  }

  /// The lesson of a name or a file.
  static func read(_ word: String) throws -> Lesson {
    if let builtIn = BuiltInLesson(rawValue: word) { return try builtIn.lesson() }
    let names = BuiltInLesson.allCases.map(\.rawValue).joined(separator: ", ")
    return try Lesson(yaml: text(of: word, called: "a lesson file or one of \(names)"), name: word)
  }

  /// The text of a small file.
  static func text(of path: String, called thing: String) throws -> String {
    let bytes: Data
    do {
      let file = try FileHandle(forReadingFrom: URL(fileURLWithPath: path))
      // One byte more than a lesson may have tells that there is more.
      bytes = try file.read(upToCount: Lesson.limit + 1) ?? Data()
    } catch {
      throw CommandFailure(message: "expected \(thing), got '\(path)', which cannot be opened", status: 66)
    }
    guard let text = String(data: bytes, encoding: .utf8) else {
      throw CommandFailure.data("\(path): expected text in UTF-8")
    }
    return text
  }

  /// Every pause point as text: its sentences, its command and its screen at 80×24.
  private func print(_ lesson: Lesson) throws {
    Interruption.endsTheProgram()
    let states = try lesson.screens(
      size: Size(columns: 80, rows: 24), appearance: screen.appearance(depth: .mono), source: FileSource(),
      machine: .ofThisMachine())
    for (index, (pause, state)) in zip(lesson.pauses, states).enumerated() {
      let heading = "\(lesson.title): \(index + 1) of \(lesson.pauses.count)"
      let text = wrapped(pause.text, 80).joined(separator: "\n")
      try StandardStream.output.write(
        "\(heading)\n\(text)\n$ \(pause.screen.command)\n\(state.written(as: .text))\n")
    }
  }
}
