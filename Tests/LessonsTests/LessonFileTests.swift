import Experiments
import Explorer
import Lessons
import Testing

@Suite struct LessonFileTests {
  static let good = """
    title: The centre pixel
    pauses:
      - screen: arange:6x6 --weight arange:3x3 --scene im2col --step 15 --select 2,2,0
        text: >-
          The centre pixel 14
          is copied {9} times.
        shows: ["9 copies", 144]
        plays: true
      - screen: picture
        text: A picture.
    """

  @Test func aLessonIsRead() throws {
    let lesson = try Lesson(yaml: Self.good, name: "centre.yaml")
    #expect(lesson.title == "The centre pixel")
    #expect(lesson.pauses.count == 2)
    let pause = try #require(lesson.pauses.first)
    #expect(
      pause.screen.command
        == "convscope arange:6x6 --weight arange:3x3 --scene im2col --step 15 --select 2,2,0")
    #expect(pause.text == "The centre pixel 14 is copied 9 times.")
    #expect(pause.sentences.blanked == "The centre pixel 14 is copied ___ times.")
    #expect(pause.sentences.answers == ["9"])
    #expect(pause.shows == ["9 copies", "144"])
    #expect(pause.plays)
    #expect(!lesson.pauses[1].plays && lesson.pauses[1].shows.isEmpty)
  }

  struct Bad: CustomStringConvertible, Sendable {
    let from: String
    let to: String
    let line: Int?
    let says: [String]
    var description: String { to }
  }

  static let bad: [Bad] = [
    Bad(from: "title: The centre pixel\n", to: "", line: 1, says: ["title", "nothing"]),
    Bad(from: "--step 15", to: "--step minus", line: 3, says: ["--step", "from 0", "'minus'"]),
    Bad(from: "--weight", to: "--wieght", line: 3, says: ["wieght", "weight"]),
    Bad(from: "screen: picture", to: "screen: picture --theme light", line: 9, says: ["no screen options"]),
    Bad(from: "screen: picture", to: "screen: picture picture", line: 9, says: ["one input"]),
    Bad(from: "    text: A picture.", to: "    txt: A picture.", line: 10, says: ["text", "'txt'"]),
    Bad(from: "{9}", to: "{9", line: 4, says: ["both braces"]),
    Bad(from: "{9}", to: "{{9}}", line: 4, says: ["both braces"]),
    Bad(from: "{9}", to: "{}", line: 4, says: ["both braces"]),
    Bad(from: "plays: true", to: "plays: perhaps", line: 8, says: ["true or false", "'perhaps'"]),
    Bad(from: "plays: true", to: "plays: true\n    plays: true", line: nil, says: ["centre.yaml"]),
    Bad(from: "[\"9 copies\", 144]", to: "9 copies", line: 7, says: ["a list", "'9 copies'"]),
    Bad(from: "[\"9 copies\", 144]", to: "[\"9 copies\"", line: nil, says: ["YAML"]),
    Bad(from: "  - screen: picture\n    text: A picture.", to: "  - picture", line: 9, says: ["a pause", "text"]),
  ]

  @Test(arguments: bad)
  func aBadFileSaysWhereAndWhatWasExpected(_ bad: Bad) throws {
    let yaml = Self.good.replacing(bad.from, with: bad.to)
    try #require(yaml != Self.good)
    let error = try #require(throws: LessonError.self) { try Lesson(yaml: yaml, name: "centre.yaml") }
    if let line = bad.line { #expect(error.line == line, "\(error)") }
    for part in bad.says { #expect(error.description.contains(part), "\(error)") }
    #expect(error.exitStatus == 65)
  }

  @Test(arguments: [
    "", "[]", "just words", "title: x\npauses: []", "title: x\npauses: 3", String(repeating: "[", count: 60_000),
    String(repeating: "- ", count: 30_000), String(repeating: "a: b\n", count: 30_000), "\u{0}", "title: &a [*a]",
    "? [a]\n: b",
  ])
  func nothingTraps(_ yaml: String) throws {
    #expect(throws: LessonError.self) { try Lesson(yaml: yaml, name: "x") }
  }
}
