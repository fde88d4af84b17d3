import Experiments
import Explorer
import Lessons
import Screens
import Testing

/// Every built-in lesson, played from start to end: what is said must stand on the screen.
@Suite struct BuiltInLessonTests {
  struct Stop: CustomStringConvertible, Sendable {
    let lesson: BuiltInLesson
    let index: Int
    let pause: PausePoint
    var description: String { "\(lesson.rawValue) \(index + 1)" }
  }

  static func stops() throws -> [Stop] {
    try BuiltInLesson.allCases.flatMap { lesson in
      try lesson.lesson().pauses.enumerated().map { Stop(lesson: lesson, index: $0.offset, pause: $0.element) }
    }
  }

  /// On the screens as they are printed, at 80×24, and as they are played at several sizes, where the scene beneath the
  /// sentences must show the same.
  @Test(arguments: BuiltInLesson.allCases)
  func whatItSaysStandsOnTheScreen(_ name: BuiltInLesson) throws {
    let lesson = try name.lesson()
    var shown: Experiment?
    for (index, pause) in lesson.pauses.enumerated() {
      let words = pause.screen.experiment
      let experiment =
        try shown?.changed(to: words, source: MemorySource()) ?? Experiment(words, source: MemorySource())
      shown = experiment
      func state(_ columns: Int, _ rows: Int) -> State {
        State(
          experiment: experiment, view: pause.screen.view, size: Size(columns: columns, rows: rows),
          appearance: Appearance())
      }
      let printed = draw(state(80, 24)).text
      for text in pause.shows { #expect(printed.contains(text), "\(index + 1): '\(text)' is not on\n\(printed)") }

      for (columns, rows) in [(80, 24), (100, 30), (120, 36)] {
        var playing = state(columns, rows)
        _ = playing.begin(Lesson(title: "one", pauses: [pause]))
        let lines = draw(playing).lines
        let said = wrapped(pause.text, columns - 2).count
        #expect(lines[1...said].joined(separator: " ").words == pause.text.words, "the sentences do not fit")
        let scene = ([lines[0]] + lines[(said + 1)...]).joined(separator: "\n")
        for text in pause.shows { #expect(scene.contains(text), "\(index + 1): '\(text)' is not on\n\(scene)") }
        // The lecture's matrix stays whole.
        if scene.contains("patch matrix 16×9") { #expect(scene.contains("│ 3,3 "), "\(index + 1) \(scene)") }
      }
    }
  }

  /// Printed, nothing is being measured, and the screen says how to start.
  @Test func thePrintedTimingSceneIsAtRest() throws {
    let screens = try BuiltInLesson.performance.lesson().screens(
      size: Size(columns: 80, rows: 24), appearance: Appearance(), source: MemorySource())
    let last = draw(try #require(screens.last)).text
    #expect(last.contains("[6 Timing]") && last.contains("Nothing is measured yet: Space starts"))
  }

  /// The smallest screen has room for every word.
  @Test(arguments: try stops())
  func theSentencesFitTheSmallestScreen(_ stop: Stop) throws {
    #expect(wrapped(stop.pause.text, 78).count <= 2, "\(stop)")
  }

  /// A number that is said is a number that is checked.
  @Test(arguments: try stops())
  func everyFigureIsChecked(_ stop: Stop) throws {
    let shown = Self.numbers(stop.pause.shows.joined(separator: " ") + " " + stop.pause.screen.command)
    for number in Self.numbers(stop.pause.text) { #expect(shown.contains(number), "\(stop): \(number)") }
  }

  private static func numbers(_ text: String) -> Set<String> {
    let parts = text.split { !($0.isASCII && $0.isNumber) && $0 != "." }
    return Set(parts.map { String($0.last == "." ? $0.dropLast() : $0) }.filter { !$0.isEmpty })
  }

  /// Each command says its screen again.
  @Test(arguments: try stops())
  func theCommandComesBack(_ stop: Stop) throws {
    #expect(try ScreenWords(command: stop.pause.screen.command) == stop.pause.screen)
  }
}

extension String {
  fileprivate var words: [Substring] { split(separator: " ") }
}
