import Exercises
import Explorer

/// Exercises and somebody's answers to them, as a file that names everything that is needed to check it.
public struct AnswerSheet: Hashable, Sendable {
  /// One line of answers: the kind that it answers, and what was written.
  public struct Entry: Hashable, Sendable {
    public let kind: String
    /// Nil where the blank was left empty.
    public let text: String?
    /// From 1; nil if it was not read from a file.
    public let line: Int?
  }

  /// The file, for messages.
  public let name: String
  /// The screen that the questions are about.
  public let screen: ScreenWords
  public let seed: UInt64
  /// The kinds asked for; nil for all.
  public let kinds: [ExerciseKind]?
  public let entries: [Entry]
  /// Where the answers begin.
  let line: Int?
}

/// What is said to one entry of a sheet.
public struct Mark: Hashable, Sendable {
  public enum Result: Hashable, Sendable {
    case right
    case wrong(why: String)
    case unanswered
  }

  public let exercise: Exercise
  public let result: Result
}

extension AnswerSheet {
  /// The exercises that the sheet answers.
  ///
  /// - Parameter state: the explorer on the sheet's screen.
  public func exercises(on state: State, count: Int) -> [Exercise] {
    state.exercises(kinds: kinds ?? ExerciseKind.allCases, seed: seed, count: count)
  }

  /// Marks every answer.
  ///
  /// - Throws: `LessonError` with the line where the sheet does not fit its exercises: too many or too few answers,
  ///   another kind, or what is no answer.
  public func marks(for exercises: [Exercise]) throws(LessonError) -> [Mark] {
    guard entries.count == exercises.count else {
      throw LessonError(
        name: name, line: line, expected: "\(exercises.count) answers", got: "\(entries.count)")
    }
    var marks: [Mark] = []
    for (entry, exercise) in zip(entries, exercises) {
      guard entry.kind == exercise.kind.rawValue else {
        throw LessonError(
          name: name, line: entry.line,
          expected: "the answer to question \(marks.count + 1), '\(exercise.kind.rawValue):'", got: "'\(entry.kind):'")
      }
      marks.append(Mark(exercise: exercise, result: try result(entry, exercise)))
    }
    return marks
  }

  private func result(_ entry: Entry, _ exercise: Exercise) throws(LessonError) -> Mark.Result {
    guard let text = entry.text else { return .unanswered }
    do {
      switch exercise.judge(try exercise.form.read(text)) {
      case .right: return .right
      case .wrong(let why): return .wrong(why: why)
      }
    } catch {
      throw LessonError(
        name: name, line: entry.line, expected: "\(entry.kind): \(error.expected)",
        got: error.got.isEmpty ? "" : "'\(error.got)'")
    }
  }
}
