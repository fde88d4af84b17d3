import Explorer
import Yams

extension Node {
  /// Parses a file of ours.
  ///
  /// - Parameter expected: what an empty file lacks.
  /// - Throws: `LessonError` for what is no YAML, or larger or deeper than any file of ours.
  init(checkedYAML yaml: String, name: String, expected: String) throws(LessonError) {
    try Self.checkNesting(yaml, name: name)
    let root: Node?
    do {
      root = try compose(yaml: yaml)
    } catch {
      throw LessonError(error, name: name)
    }
    guard let root else { throw LessonError(name: name, line: nil, expected: expected, got: "an empty file") }
    self = root
  }

  /// Refuses what is larger or deeper than any lesson, before a parser descends into it.
  private static func checkNesting(_ yaml: String, name: String) throws(LessonError) {
    let limit = Lesson.limit
    guard yaml.utf8.count <= limit else {
      throw LessonError(name: name, line: nil, expected: "a file of at most \(limit) bytes", got: "\(yaml.utf8.count)")
    }
    var brackets = 0
    for (index, line) in yaml.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
      brackets += line.utf8.count { $0 == UInt8(ascii: "[") || $0 == UInt8(ascii: "{") }
      let starts = line.utf8.prefix { " -?".utf8.contains($0) }.count { $0 != UInt8(ascii: " ") }
      guard brackets <= 1000, starts <= 20 else {
        throw LessonError(name: name, line: index + 1, expected: "a plain list", got: "deep nesting")
      }
    }
  }
}
