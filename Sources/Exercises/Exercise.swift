import Experiments

/// A question about a real layout or geometry, with its answer, the reasons, and the wrong answers that have a known cause.
///
/// A pure value: the same experiment and seed make the same exercise, and every number in it is computed.
public struct Exercise: Hashable, Sendable {
  public let kind: ExerciseKind
  /// What is given, a line each.
  public let given: [String]
  public let question: String
  public let form: AnswerForm
  public let answer: Answer
  /// The rule that leads to the answer, without the answer.
  public let rule: String
  /// Why the answer is what it is, with its numbers.
  public let reason: String
  /// Wrong answers and what each comes from; none is the right one, no two are the same.
  public let mistakes: [Mistake]
  /// Where the answer can be seen.
  public let exhibit: Exhibit

  /// - Parameter mistakes: candidates in order of likelihood; those that happen to be right or said already are left out.
  init(
    _ kind: ExerciseKind, given: [String], question: String, form: AnswerForm, answer: Answer, rule: String,
    reason: String, mistakes: [Mistake], exhibit: Exhibit
  ) {
    self.kind = kind
    self.given = given
    self.question = question
    self.form = form
    self.answer = answer
    self.rule = rule
    self.reason = reason
    var said: Set<Answer> = [answer]
    self.mistakes = mistakes.filter { said.insert($0.answer).inserted }
    self.exhibit = exhibit
  }
}

/// A wrong answer whose cause can be told.
public struct Mistake: Hashable, Sendable {
  public let answer: Answer
  /// What was probably thought, and what is so.
  public let why: String

  init(_ answer: Answer, _ why: String) {
    self.answer = answer
    self.why = why
  }
}

/// The screen that shows an exercise's answer, in terms that know no screen.
public struct Exhibit: Hashable, Sendable {
  public enum Place: Hashable, Sendable {
    /// The kernel sliding, at a step of its walk.
    case sliding(step: Int)
    /// The patch matrix up to a row, and a pixel's copies in it.
    case patchMatrix(row: Int, y: Int?, x: Int?)
    /// A view of memory, as `--view` names it.
    case view(String)
    /// A cell in the storage orders.
    case orders(y: Int, x: Int, c: Int)
  }

  public let experiment: ExperimentWords
  public let place: Place

  public init(_ experiment: ExperimentWords, _ place: Place) {
    self.experiment = experiment
    self.place = place
  }
}
