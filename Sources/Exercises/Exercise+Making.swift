import Experiments
import Walkthroughs

extension Exercise {
  /// An exercise of one kind on an experiment.
  ///
  /// - Parameters:
  ///   - view: the view of memory at hand, if one is; some questions are then about it.
  /// - Returns: nil where the experiment has no such question, as for outputs that are no whole numbers.
  /// - Complexity: O(cells shown in the question), whatever the experiment's size.
  public init?(_ kind: ExerciseKind, on experiment: Experiment, view: MemoryView? = nil, seed: UInt64) {
    let subject = ExerciseSubject(experiment: experiment, view: view)
    let made: Exercise?
    // Kinds with the same seed must not make the same choices.
    var choice = SeededChoice(seed: seed &* 31 &+ UInt64(kind.order))
    switch kind {
    case .size: made = .size(subject, &choice)
    case .value: made = .value(subject, &choice)
    case .copies: made = .copies(subject, &choice)
    case .matrix: made = .matrix(subject, &choice)
    case .strides: made = .strides(subject, &choice)
    case .picture: made = .picture(subject, &choice)
    case .reshape: made = .reshape(subject, &choice)
    case .bounds: made = .bounds(subject, &choice)
    case .address: made = .address(subject, &choice)
    case .traffic: made = .traffic(subject, &choice)
    }
    guard let made else { return nil }
    self = made
  }

  /// A row of exercises: the kinds in turn, in an order that the seed mixes; fewer only if no kind has a question.
  ///
  /// - Complexity: O(count).
  public static func series(
    on experiment: Experiment, view: MemoryView? = nil, kinds: [ExerciseKind] = ExerciseKind.allCases, seed: UInt64,
    count: Int
  ) -> [Exercise] {
    var choice = SeededChoice(seed: seed)
    var exercises: [Exercise] = []
    var waiting: [ExerciseKind] = []
    var misses = 0
    var number: UInt64 = 0
    while exercises.count < count, misses < max(kinds.count, 1) {
      if waiting.isEmpty { waiting = choice.shuffled(kinds) }
      guard let kind = waiting.popLast() else { break }
      number += 1
      if let exercise = Exercise(kind, on: experiment, view: view, seed: seed &* 1_000_003 &+ number) {
        exercises.append(exercise)
        misses = 0
      } else {
        misses += 1
      }
    }
    return exercises
  }
}

extension ExerciseKind {
  fileprivate var order: Int { ExerciseKind.allCases.firstIndex(of: self) ?? 0 }
}

extension SeededChoice {
  fileprivate mutating func shuffled<Element>(_ elements: [Element]) -> [Element] {
    var result = elements
    for last in result.indices.reversed() { result.swapAt(last, number(in: 0...last)) }
    return result
  }
}
