import Exercises

/// The questions that are being asked: which one, what has been typed, what was said to it.
struct ExercisePlay: Sendable {
  enum Outcome: Hashable, Sendable {
    /// What was typed is no answer: what was expected.
    case unread(String)
    case wrong(why: String)
    case right
    /// The answer was asked for.
    case revealed
  }

  let kinds: [ExerciseKind]
  let seed: UInt64
  /// From 0.
  var number = 0
  var exercise: Exercise
  var text = ""
  var outcome: Outcome?
  /// Questions answered right at the first attempt, and questions done.
  var rightCount = 0
  var doneCount = 0
  var attempts = 0

  /// Whether the answer is known, so that nothing is typed any more.
  var isDone: Bool { outcome == .right || outcome == .revealed }
}
