import Exercises
import Explorer
import Screens
import Yams

extension AnswerSheet {
  /// Reads a sheet.
  ///
  /// ```yaml
  /// exercise: 'arange:6x6 --weight arange:3x3'
  /// seed: 1
  /// answers:
  ///   - size: 4,4
  ///   - copies: 9
  /// ```
  ///
  /// - Throws: `LessonError` with the line and what was expected there.
  public init(yaml: String, name: String) throws(LessonError) {
    let root = try Node(checkedYAML: yaml, name: name, expected: "exercise, seed and answers")
    let keys = ["exercise", "seed", "kinds", "answers"]
    let file = try LessonEntries(root, of: "an answer sheet", keys: keys, optional: ["kinds"], name: name)
    let words = try file.text("exercise")
    do {
      screen = try ScreenWords(command: words)
    } catch {
      throw LessonError(
        name: name, line: file.line(of: "exercise"), expected: "words of the command line; \(error)", got: "'\(words)'")
    }
    seed = try file.number("seed")
    let kindNodes = try file.list("kinds")
    var kinds: [ExerciseKind] = []
    for node in kindNodes {
      guard let kind = node.string.flatMap(ExerciseKind.init(rawValue:)) else {
        throw LessonError(
          name: name, line: node.mark?.line,
          expected: "kinds: some of " + ExerciseKind.allCases.map(\.rawValue).joined(separator: ", "),
          got: "'\(node.string ?? LessonEntries.kind(node))'")
      }
      kinds.append(kind)
    }
    self.kinds = kinds.isEmpty ? nil : kinds
    var entries: [Entry] = []
    for node in try file.list("answers") { entries.append(try Entry(node, name: name)) }
    self.entries = entries
    self.name = name
    line = file.line(of: "answers")
  }

  /// The sheet as a file: questions as comments, a blank or the answer after each.
  public static func text(
    screen: ScreenWords, seed: UInt64, kinds: [ExerciseKind]?, exercises: [Exercise], filled: Bool
  ) -> String {
    var lines = [
      filled
        ? "# \(exercises.count) questions, answered. This sheet checks as all right."
        : "# \(exercises.count) questions. Write each answer after its colon, then: convscope exercise --check FILE",
      "exercise: '\(screen.wordsOnly.replacing("'", with: "''"))'",
      "seed: \(seed)",
    ]
    if let kinds { lines.append("kinds: [" + kinds.map(\.rawValue).joined(separator: ", ") + "]") }
    lines.append("answers:")
    for (index, exercise) in exercises.enumerated() {
      let texts = exercise.given + ["\(exercise.question) (\(exercise.form.expectation))"]
      for (line, text) in texts.flatMap({ wrapped($0, 90) }).enumerated() {
        lines.append("  # " + (line == 0 ? "\(index + 1). " : "   ") + text)
      }
      lines.append("  - \(exercise.kind.rawValue):" + (filled ? " \(exercise.answer)" : ""))
      if filled { lines += wrapped(exercise.reason, 90).map { "  #    " + $0 } }
    }
    return lines.joined(separator: "\n") + "\n"
  }
}

extension AnswerSheet.Entry {
  fileprivate init(_ node: Node, name: String) throws(LessonError) {
    let line = node.mark?.line
    guard let mapping = node.mapping, mapping.count == 1, let (key, value) = mapping.first, let kind = key.string else {
      throw LessonError(name: name, line: line, expected: "an answer as 'kind: answer'", got: LessonEntries.kind(node))
    }
    self.kind = kind
    self.line = key.mark?.line ?? line
    if let items = value.sequence {
      text = items.map { $0.scalar?.string ?? "?" }.joined(separator: ",")
    } else if let scalar = value.scalar {
      text = value.null == nil && !scalar.string.isEmpty ? scalar.string : nil
    } else {
      throw LessonError(name: name, line: line, expected: "\(kind): an answer", got: "a \(LessonEntries.kind(value))")
    }
  }
}

extension ScreenWords {
  /// The command without the program's name before it.
  fileprivate var wordsOnly: String {
    let command = command
    return command.hasPrefix("convscope ") ? String(command.dropFirst("convscope ".count)) : ""
  }
}
