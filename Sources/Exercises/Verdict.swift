/// What is said to an answer.
public enum Verdict: Hashable, Sendable {
  case right
  /// What the wrong answer comes from; if that is not known, the rule that leads to the right one.
  case wrong(why: String)
}

extension Exercise {
  /// Judges an answer.
  ///
  /// - Complexity: O(mistakes).
  public func judge(_ given: Answer) -> Verdict {
    if given == answer { return .right }
    return .wrong(why: mistakes.first { $0.answer == given }?.why ?? rule)
  }
}
