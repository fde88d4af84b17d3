import Explorer
import Yams

extension Lesson {
  /// Bytes that a lesson file may have; a lecture of fifty pauses takes a tenth of it.
  public static let limit = 1 << 16

  /// Reads a lesson file.
  ///
  /// ```yaml
  /// title: The centre pixel
  /// pauses:
  ///   - screen: arange:6x6 --weight arange:3x3 --scene im2col --step 15 --select 2,2,0
  ///     text: The centre pixel 14 is copied {9} times.
  ///     shows: ["9 copies"]
  ///     plays: false
  /// ```
  ///
  /// - Parameters:
  ///   - yaml: the file's text.
  ///   - name: what messages call it.
  /// - Throws: `LessonError` with the line and what was expected there.
  public init(yaml: String, name: String) throws(LessonError) {
    let root = try Node(checkedYAML: yaml, name: name, expected: "title and pauses")
    let entries = try LessonEntries(root, of: "a lesson", keys: ["title", "pauses"], name: name)
    let title = try entries.text("title")
    var pauses: [PausePoint] = []
    for node in try entries.list("pauses") { pauses.append(try PausePoint(node, name: name)) }
    guard !pauses.isEmpty else {
      throw LessonError(name: name, line: entries.line, expected: "pauses: a list of at least one", got: "")
    }
    self.init(title: title, pauses: pauses)
  }
}

extension PausePoint {
  fileprivate init(_ node: Node, name: String) throws(LessonError) {
    let entries = try LessonEntries(
      node, of: "a pause", keys: ["screen", "text", "plays", "shows"], optional: ["plays", "shows"], name: name)
    let words = try entries.text("screen")
    let screen: ScreenWords
    do {
      screen = try ScreenWords(command: words)
    } catch {
      throw LessonError(
        name: name, line: entries.line(of: "screen"), expected: "words of the command line; \(error)", got: "'\(words)'"
      )
    }
    guard screen.appearance == ScreenWords.plainAppearance else {
      throw LessonError(
        name: name, line: entries.line(of: "screen"), expected: "no screen options, which are the viewer's own",
        got: "'\(words)'")
    }
    var shows: [String] = []
    for text in try entries.list("shows") {
      guard let text = text.string, !text.isEmpty else {
        throw LessonError(
          name: name, line: text.mark?.line ?? entries.line(of: "shows"), expected: "shows: a list of texts",
          got: "something else")
      }
      shows.append(text)
    }
    let text = try entries.text("text")
    guard LessonText.isWellMarked(text) else {
      throw LessonError(
        name: name, line: entries.line(of: "text"), expected: "each answer as {answer}, with both braces",
        got: "'\(text)'")
    }
    self.init(
      screen: screen, sentences: LessonText(marked: text), plays: try entries.flag("plays"), shows: shows)
  }
}
