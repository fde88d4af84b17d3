/// Sentences of which some words are answers: said in a lesson, blanks where they are to be found out first.
///
/// In a lesson file answers stand in braces: `The centre pixel is copied {9} times.`
public struct LessonText: Hashable, Sendable {
  /// Text, and whether it is an answer, in turn.
  public let parts: [(text: String, isAnswer: Bool)]

  /// Reads marked sentences; a brace without its other one is an ordinary character.
  public init(marked text: String) {
    var parts: [(text: String, isAnswer: Bool)] = []
    var rest = text[...]
    while let open = rest.firstIndex(of: "{"), let close = rest[open...].firstIndex(of: "}") {
      parts.append((String(rest[..<open]), false))
      parts.append((String(rest[rest.index(after: open)..<close]), true))
      rest = rest[rest.index(after: close)...]
    }
    parts.append((String(rest), false))
    self.parts = parts.filter { !$0.text.isEmpty }
  }

  /// Whether every brace has its other one, with an answer between them.
  public static func isWellMarked(_ text: String) -> Bool {
    var isOpen = false
    var previous: Character?
    for character in text {
      switch character {
      case "{" where isOpen, "}" where !isOpen, "}" where previous == "{": return false
      case "{", "}": isOpen.toggle()
      default: break
      }
      previous = character
    }
    return !isOpen
  }

  /// Every answer in its place.
  public var whole: String { parts.map(\.text).joined() }

  /// The words that are left out, in order.
  public var answers: [String] { parts.filter(\.isAnswer).map(\.text) }

  /// The sentences with a blank for each answer, wide enough to write in.
  public var blanked: String {
    parts.map { $0.isAnswer ? String(repeating: "_", count: max($0.text.count, 3)) : $0.text }.joined()
  }

  public static func == (left: LessonText, right: LessonText) -> Bool {
    left.parts.elementsEqual(right.parts) { $0 == $1 }
  }

  public func hash(into hasher: inout Hasher) { for part in parts { hasher.combine(part.text) } }
}
