import Experiments
import Explorer
import Screens
import Testing

/// Going through a lesson, leaving it for a while, and coming back.
@Suite struct LessonKeysTests {
  private func lesson() throws -> Lesson {
    Lesson(
      title: "two",
      pauses: [
        PausePoint(screen: try ScreenWords(command: "arange:6x6 --weight arange:3x3 --step 5"), text: "Here is 618."),
        PausePoint(
          screen: try ScreenWords(command: "arange:5x5 --weight arange:3x3 --scene im2col --select 2,2 --flip"),
          text: "Another experiment.", plays: true),
        PausePoint(screen: try ScreenWords(command: "arange:5x5 --weight arange:3x3 --step 1"), text: "The last."),
      ])
  }

  private func begun(_ size: Size = Size(columns: 80, rows: 24)) throws -> State {
    var state = try state("arange:6x6 --weight arange:3x3", size: size)
    _ = state.begin(try lesson())
    return state
  }

  @Test func enterAndPagesGoThroughThePauses() throws {
    var state = try begun()
    #expect(draw(state).text.contains("Here is 618."))
    #expect(draw(state).text.contains("lesson 1 of 3"))
    #expect(state.view.step == 5)
    state.press(keys: [.enter])
    #expect(state.experiment.words.input.word == "arange:5x5")
    #expect(state.view.scene == .im2col && state.view.flipped && state.isMoving)
    #expect(draw(state).text.contains("lesson 2 of 3"))
    state.press(keys: [.pageDown])
    #expect(draw(state).text.contains("The last."))
    #expect(!state.view.flipped && !state.isMoving)
    state.press(keys: [.pageUp, .pageUp, .pageUp])
    #expect(draw(state).text.contains("lesson 1 of 3"))
    #expect(state.experiment.words.input.word == "arange:6x6")
    state.press(keys: [.pageDown, .pageDown, .pageDown])
    #expect(draw(state).text.contains("end of 'two'"))
    #expect(!draw(state).text.contains("The last."))
  }

  /// While another input is being made or read, that is said in place of the sentences.
  @Test func whatTakesLongIsAnnounced() throws {
    var state = try begun()
    let effects = update(&state, .terminal(.key(.enter)))
    #expect(effects.contains { if case .load = $0 { true } else { false } })
    #expect(draw(state).text.contains("one moment: arange:5x5 is coming"))
    #expect(!draw(state).text.contains("Another experiment."))
  }

  /// What is explored in between is undone by one key.
  @Test(arguments: ["s", "3", "ww2", "f", ":stride 2"])
  func backspaceComesBack(_ keys: String) throws {
    var state = try begun()
    let before = draw(state)
    let view = state.view
    state.press(keys)
    if keys.hasPrefix(":") { state.press(keys: [.enter]) }
    #expect(draw(state).text.contains("Here is 618."))
    #expect(draw(state) != before)
    state.press(keys: [.backspace])
    #expect(state.view == view)
    #expect(draw(state) == before)
  }

  /// While exploring, Enter means what it always means.
  @Test func enterFollowsWhileExploring() throws {
    var state = try begun()
    state.press(keys: [.tab, .enter])
    #expect(draw(state).text.contains("Here is 618."))
    #expect(draw(state).text.contains("Backspace back to the lesson"))
  }

  @Test func escapeClosesTheLesson() throws {
    var state = try begun()
    state.press(keys: [.escape])
    #expect(!draw(state).text.contains("Here is 618."))
    state.press(keys: [.backspace])
    #expect(draw(state).text.contains("no lesson is open"))
  }

  /// The command that is printed comes back to the screen without the lesson.
  @Test func theCommandLeavesTheLessonOut() throws {
    let state = try begun()
    #expect(state.settled.command == "convscope arange:6x6 --weight arange:3x3 --step 5")
    #expect(!draw(state.settled).text.contains("Here is 618."))
  }

  @Test(arguments: [Size(columns: 80, rows: 24), Size(columns: 100, rows: 30), Size(columns: 200, rows: 60)])
  func everyLineHasItsPlace(_ size: Size) throws {
    let lines = draw(try begun(size)).lines
    #expect(lines[1].contains("Here is 618."))
    #expect(lines[size.rows - 1].contains("? keys") && lines[size.rows - 1].contains("q quit"))
    #expect(lines.contains { $0.contains("step 5 (6 of 16)") } == (size.rows > 26))
  }

  /// The first screen offers the tour until something is touched.
  @Test func enterStartsTheTourOnTheFirstScreen() throws {
    let experiment = try Experiment(ExperimentWords(), source: MemorySource())
    let tour = try lesson()
    var state = State(
      experiment: experiment, size: Size(columns: 80, rows: 24), appearance: Appearance(), plays: true,
      tour: { tour })
    #expect(draw(state).lines[23].contains("Enter 60-second tour"))
    var touched = state
    touched.press("j")
    #expect(!draw(touched).text.contains("60-second tour"))
    touched.press(keys: [.enter])
    #expect(!draw(touched).text.contains("Here is 618."))
    state.press(keys: [.enter])
    #expect(draw(state).text.contains("Here is 618."))
  }
}

/// A lesson shown to a room: one pane large, answers only when they are asked for.
@Suite struct PresentedLessonTests {
  private func begun() throws -> State {
    let lesson = Lesson(
      title: "two",
      pauses: [
        PausePoint(
          screen: try ScreenWords(command: "arange:6x6 --weight arange:3x3 --step 5 --focus products"),
          text: "Here is {618}."),
        PausePoint(
          screen: try ScreenWords(command: "arange:6x6 --weight arange:3x3 --scene im2col --step 15"),
          text: "No answer is hidden here."),
      ])
    var state = try state("arange:6x6 --weight arange:3x3", size: Size(columns: 100, rows: 30))
    _ = state.begin(lesson, presented: true)
    return state
  }

  @Test func answersComeWithTheNextKey() throws {
    var state = try begun()
    #expect(draw(state).text.contains("Here is ___."))
    #expect(!draw(state).text.contains("618"))
    #expect(!draw(state).text.contains("input 6×6"))
    state.press(keys: [.pageDown])
    #expect(draw(state).text.contains("Here is 618.") && draw(state).text.contains("lesson 1 of 2"))
    #expect(draw(state).text.contains("= 618"))
    state.press(keys: [.pageDown])
    #expect(draw(state).text.contains("No answer is hidden here."))
    state.press(keys: [.pageUp])
    #expect(draw(state).text.contains("Here is 618."))
    state.press(keys: [.pageDown, .enter])
    #expect(draw(state).text.contains("end of 'two'"))
  }

  /// Exploring in between, and back to the same pause with its answer as it was.
  @Test func backspaceComesBackToTheLargePane() throws {
    var state = try begun()
    let before = draw(state)
    state.press("z2")
    #expect(draw(state) != before)
    state.press(keys: [.backspace])
    #expect(draw(state) == before)
    state.press(keys: [.escape])
    #expect(!draw(state).text.contains("Here is"))
  }
}
