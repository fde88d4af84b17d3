import Experiments
import Explorer
import Lessons
import Screens
import Testing

@Suite struct HandoutTests {
  private func handout(_ name: BuiltInLesson) throws -> (Lesson, Handout) {
    let lesson = try name.lesson()
    let screens = try lesson.screens(
      size: Size(columns: 80, rows: 24), appearance: Appearance(theme: .light, depth: .truecolor),
      source: MemorySource())
    return (lesson, Handout(lesson, name: name.rawValue, screens: screens))
  }

  @Test(arguments: BuiltInLesson.allCases)
  func everyPauseHasItsPictureItsSentencesAndItsCommand(_ name: BuiltInLesson) throws {
    let (lesson, handout) = try handout(name)
    #expect(handout.files.count == lesson.pauses.count + 2)
    let sheet = try #require(handout.files.first { $0.name == "handout.html" }?.contents)
    let answers = try #require(handout.files.first { $0.name == "answers.html" }?.contents)
    for (index, pause) in lesson.pauses.enumerated() {
      #expect(handout.files[index].name.hasSuffix(".svg") && handout.files[index].contents.hasPrefix("<svg"))
      #expect(sheet.contains("src=\"\(handout.files[index].name)\""))
      #expect(sheet.contains(pause.screen.command) && answers.contains(pause.screen.command))
      for answer in pause.sentences.answers { #expect(answers.contains("<strong>\(answer)</strong>")) }
    }
    let blanks = lesson.pauses.reduce(0) { $0 + $1.sentences.answers.count }
    #expect(sheet.split(separator: "class=\"blank\"").count == blanks + 1)
  }

  /// The words of the screen do not give away what is to be filled in.
  @Test func answersAreBlankOnTheScreensToo() throws {
    let lesson = try BuiltInLesson.im2col.lesson()
    let screens = try lesson.screens(
      size: Size(columns: 80, rows: 24), appearance: Appearance(), source: MemorySource())
    for (pause, screen) in zip(lesson.pauses, screens) {
      #expect(!pause.sentences.answers.isEmpty)
      var hiding = screen
      hiding.blanks = pause.sentences.answers
      for answer in pause.sentences.answers where answer.count > 2 {
        #expect(draw(screen).text.contains(answer), "\(answer)")
        #expect(!draw(hiding).text.contains(answer), "\(answer) is on\n\(draw(hiding).text)")
      }
    }
  }
}
