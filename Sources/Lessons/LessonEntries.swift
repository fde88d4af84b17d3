import Yams

/// The entries of one mapping of a lesson file, each read as what it must be.
struct LessonEntries {
  private let mapping: Node.Mapping
  private let name: String
  private let thing: String
  let line: Int?

  /// - Throws: `LessonError` if the node is no mapping, has keys that mean nothing, or lacks one.
  init(_ node: Node, of thing: String, keys: [String], optional: [String] = [], name: String) throws(LessonError) {
    self.name = name
    self.thing = thing
    line = node.mark?.line
    let known = keys.joined(separator: ", ")
    guard let mapping = node.mapping else {
      throw LessonError(name: name, line: line, expected: "\(thing) with \(known)", got: "a \(Self.kind(node))")
    }
    self.mapping = mapping
    for (key, _) in mapping {
      let word = key.string ?? Self.kind(key)
      guard keys.contains(word) else {
        throw LessonError(
          name: name, line: key.mark?.line ?? line, expected: "\(thing) with \(known)", got: "'\(word)'")
      }
    }
    for key in keys where mapping[key] == nil && !optional.contains(key) {
      throw LessonError(name: name, line: line, expected: "\(thing) with \(key):", got: "")
    }
  }

  func line(of key: String) -> Int? { mapping[key]?.mark?.line ?? line }

  func text(_ key: String) throws(LessonError) -> String {
    guard let node = mapping[key], let text = node.scalar?.string, !text.isEmpty else {
      throw wrong(key, "a text")
    }
    var trimmed = text[...]
    while trimmed.last?.isWhitespace == true { trimmed.removeLast() }
    return String(trimmed)
  }

  /// A list; none if the key is not there.
  func list(_ key: String) throws(LessonError) -> [Node] {
    guard let node = mapping[key] else { return [] }
    guard let sequence = node.sequence else { throw wrong(key, "a list") }
    return Array(sequence)
  }

  /// True or false; false if the key is not there.
  func flag(_ key: String) throws(LessonError) -> Bool {
    guard let node = mapping[key] else { return false }
    guard let flag = node.bool else { throw wrong(key, "true or false") }
    return flag
  }

  /// A whole number from 0.
  func number(_ key: String) throws(LessonError) -> UInt64 {
    guard let text = mapping[key]?.scalar?.string, let number = UInt64(text) else {
      throw wrong(key, "a whole number, from 0")
    }
    return number
  }

  private func wrong(_ key: String, _ expected: String) -> LessonError {
    LessonError(
      name: name, line: line(of: key), expected: "\(key): \(expected)",
      got: mapping[key].map { $0.scalar.map { "'\($0.string)'" } ?? "a \(Self.kind($0))" } ?? "")
  }

  static func kind(_ node: Node) -> String {
    node.sequence != nil ? "list" : node.mapping != nil ? "mapping" : "text"
  }
}

extension LessonError {
  /// What the YAML parser found.
  init(_ error: any Error, name: String) {
    switch error as? YamlError {
    case .scanner(_, let problem, let mark, _)?, .parser(_, let problem, let mark, _)?,
      .composer(_, let problem, let mark, _)?:
      self.init(name: name, line: mark.line, expected: "YAML", got: problem)
    case .reader(let problem, _, _, _)?: self.init(name: name, line: nil, expected: "YAML in UTF-8", got: problem)
    case .duplicatedKeysInMapping(let keys, let context)?:
      self.init(
        name: name, line: context.mark.line, expected: "each key once",
        got: keys.map { "'\($0)' twice" }.joined(separator: ", "))
    default: self.init(name: name, line: nil, expected: "YAML", got: "\(error)")
    }
  }
}
