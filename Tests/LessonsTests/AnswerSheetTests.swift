import Exercises
import Experiments
import Explorer
import Lessons
import Screens
import Testing

@Suite struct AnswerSheetTests {
  private static let screen = "arange:6x8 --weight arange:3x3"

  private func state(_ command: String = screen) throws -> State {
    let words = try ScreenWords(command: command)
    return State(
      experiment: try Experiment(words.experiment, source: MemorySource()), view: words.view,
      size: Size(columns: 80, rows: 24), appearance: Appearance())
  }

  private func sheet(filled: Bool, kinds: [ExerciseKind]? = nil, count: Int = 9) throws -> (String, [Exercise]) {
    let exercises = try state().exercises(kinds: kinds ?? ExerciseKind.allCases, seed: 7, count: count)
    let text = AnswerSheet.text(
      screen: try ScreenWords(command: Self.screen), seed: 7, kinds: kinds, exercises: exercises, filled: filled)
    return (text, exercises)
  }

  private func marks(_ yaml: String) throws -> [Mark] {
    let sheet = try AnswerSheet(yaml: yaml, name: "sheet.yaml")
    return try sheet.marks(for: sheet.exercises(on: try state(sheet.screen.command), count: sheet.entries.count))
  }

  @Test func aFilledSheetIsAllRight() throws {
    let (text, _) = try sheet(filled: true)
    let marks = try marks(text)
    #expect(marks.count == 9 && marks.allSatisfy { $0.result == .right })
  }

  @Test func anEmptySheetIsUnanswered() throws {
    let (text, exercises) = try sheet(filled: false, kinds: [.size, .bounds], count: 4)
    #expect(text.contains("kinds: [size, bounds]"))
    for exercise in exercises { #expect(!text.contains(exercise.reason)) }
    #expect(try marks(text).allSatisfy { $0.result == .unanswered })
  }

  /// Each known mistake, written into the sheet, is marked with its own reason.
  @Test func wrongAnswersGetTheirReasons() throws {
    let (text, exercises) = try sheet(filled: true)
    for (index, exercise) in exercises.enumerated() {
      let mistake = try #require(exercise.mistakes.first)
      let wrong = text.replacing(
        "- \(exercise.kind.rawValue): \(exercise.answer)\n", with: "- \(exercise.kind.rawValue): \(mistake.answer)\n")
      #expect(try marks(wrong)[index].result == .wrong(why: mistake.why))
    }
  }

  @Test func answersMayBeLists() throws {
    let (text, _) = try sheet(filled: true, kinds: [.size], count: 1)
    let line = try #require(text.split(separator: "\n").first { $0.contains("- size:") })
    let numbers = try #require(line.split(separator: ": ").last)
    #expect(try marks(text.replacing("- size: \(numbers)", with: "- size: [\(numbers)]")).first?.result == .right)
  }

  struct Bad: CustomStringConvertible, Sendable {
    let from: String
    let to: String
    let line: Int?
    let says: [String]
    var description: String { to }
  }

  static let good = """
    exercise: 'arange:6x8 --weight arange:3x3'
    seed: 7
    kinds: [size]
    answers:
      - size: 4,6
      - size:
    """

  static let bad: [Bad] = [
    Bad(from: "seed: 7\n", to: "", line: 1, says: ["seed", "nothing"]),
    Bad(from: "seed: 7", to: "seed: seven", line: 2, says: ["a whole number", "'seven'"]),
    Bad(from: "seed: 7", to: "seed: -1", line: 2, says: ["a whole number"]),
    Bad(from: "--weight", to: "--wieght", line: 1, says: ["wieght"]),
    Bad(from: "[size]", to: "[size, sise]", line: 3, says: ["sise", "strides"]),
    Bad(from: "- size: 4,6", to: "- size: four", line: 5, says: ["2 whole numbers", "'four'"]),
    Bad(from: "- size: 4,6", to: "- size: {a: 1}", line: 5, says: ["size: an answer"]),
    Bad(from: "- size: 4,6", to: "- copies: 9", line: 5, says: ["question 1", "'size:'", "'copies:'"]),
    Bad(from: "- size: 4,6", to: "- 4,6", line: 5, says: ["kind: answer"]),
    Bad(from: "  - size: 4,6\n  - size:", to: "  size: 4,6", line: 5, says: ["a list"]),
    Bad(from: "answers:", to: "answer:", line: 4, says: ["'answer'"]),
  ]

  @Test(arguments: bad)
  func aBadSheetSaysWhereAndWhatWasExpected(_ bad: Bad) throws {
    let yaml = Self.good.replacing(bad.from, with: bad.to)
    try #require(yaml != Self.good)
    let error = try #require(throws: LessonError.self) { _ = try marks(yaml) }
    if let line = bad.line { #expect(error.line == line, "\(error)") }
    for part in bad.says { #expect(error.description.contains(part), "\(error)") }
    #expect(error.exitStatus == 65)
  }

  /// Somebody else's questions, of the same number, do not pass.
  @Test func otherExercisesDoNotFit() throws {
    let sheet = try AnswerSheet(yaml: Self.good, name: "sheet.yaml")
    let others = try state().exercises(kinds: [.size], seed: 7, count: 3)
    let error = #expect(throws: LessonError.self) { try sheet.marks(for: others) }
    #expect(error?.description.contains("3 answers") == true)
  }
}
