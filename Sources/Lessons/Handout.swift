import Explorer
import Screens

/// A lesson on paper: a picture for each pause point, its sentences with blanks, and the answers apart.
public struct Handout: Hashable, Sendable {
  /// The files of a handout, in the order in which they are read.
  public let files: [(name: String, contents: String)]

  /// - Parameters:
  ///   - name: what `convscope lesson` calls the lesson.
  ///   - screens: the explorer at every pause point.
  public init(_ lesson: Lesson, name: String, screens: [State]) {
    let digits = String(lesson.pauses.count).count
    var files: [(name: String, contents: String)] = []
    var sheet: [String] = []
    var answers: [String] = []
    for (index, (pause, screen)) in zip(lesson.pauses, screens).enumerated() {
      var hiding = screen
      hiding.blanks = pause.sentences.answers
      let number = String(index + 1)
      let picture = String(repeating: "0", count: digits - number.count) + number + ".svg"
      files.append((picture, hiding.written(as: .svg)))
      sheet.append(
        Self.section(
          number, picture: picture, text: Self.blanked(pause.sentences), command: pause.screen.command))
      answers.append(
        Self.section(number, picture: nil, text: Self.answered(pause.sentences), command: pause.screen.command))
    }
    let foot = "convscope lesson \(name)"
    files.append(("handout.html", Self.page(lesson.title, sheet, foot: "\(foot) plays this lesson in a terminal.")))
    files.append(
      ("answers.html", Self.page("\(lesson.title): answers", answers, foot: "\(foot) shows them on its screens.")))
    self.files = files
  }

  public static func == (left: Handout, right: Handout) -> Bool { left.files.elementsEqual(right.files) { $0 == $1 } }

  public func hash(into hasher: inout Hasher) { for file in files { hasher.combine(file.contents) } }
}

extension Handout {
  private static func section(_ number: String, picture: String?, text: String, command: String) -> String {
    """
    <section>
    <h2>\(number)</h2>
    \(picture.map { "<img src=\"\($0)\" alt=\"the screen of pause \(number)\">\n" } ?? "")<p>\(text)</p>
    <pre>\(escaped(command))</pre>
    </section>
    """
  }

  private static func blanked(_ text: LessonText) -> String {
    text.parts.map { part in
      // Room for a hand, whatever the answer's length.
      part.isAnswer ? "<span class=\"blank\"></span>" : escaped(part.text)
    }.joined()
  }

  private static func answered(_ text: LessonText) -> String {
    text.parts.map { $0.isAnswer ? "<strong>\(escaped($0.text))</strong>" : escaped($0.text) }.joined()
  }

  private static func page(_ title: String, _ sections: [String], foot: String) -> String {
    """
    <!DOCTYPE html>
    <html lang="en">
    <head>
    <meta charset="utf-8">
    <title>\(escaped(title))</title>
    <style>
    body { font-family: sans-serif; line-height: 1.5; max-width: 60em; margin: 2em auto; padding: 0 1em; color: #000; background: #fff; }
    section { break-inside: avoid; margin-bottom: 2.5em; }
    h2 { font-size: 1em; margin: 0; }
    img { width: 100%; border: 1px solid #999; }
    pre { white-space: pre-wrap; background: #f2f2f2; padding: 0.4em 0.6em; font-size: 0.85em; }
    .blank { display: inline-block; width: 5em; border-bottom: 1px solid #000; height: 1.1em; }
    </style>
    </head>
    <body>
    <h1>\(escaped(title))</h1>
    \(sections.joined(separator: "\n"))
    <p>\(escaped(foot))</p>
    </body>
    </html>

    """
  }

  private static func escaped(_ text: String) -> String {
    text.replacing("&", with: "&amp;").replacing("<", with: "&lt;").replacing(">", with: "&gt;")
      .replacing("\"", with: "&quot;")
  }
}
