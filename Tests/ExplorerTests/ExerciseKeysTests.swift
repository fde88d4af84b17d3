import Exercises
import Experiments
import Explorer
import Screens
import Testing

/// Questions over the scene: typed, judged, revealed, and seen.
@Suite struct ExerciseKeysTests {
  private func asked(_ command: String, size: Size = Size(columns: 80, rows: 24)) throws -> (State, Exercise) {
    var state = try state(command, size: size)
    let exercise = try #require(
      state.exercises(kinds: state.view.scene.exerciseKinds, seed: state.view.seed, count: 1).first)
    state.press("t")
    return (state, exercise)
  }

  private static func opened(_ command: String) throws -> State { try state(command) }

  private func words(_ state: State) -> String {
    draw(state).text.split(whereSeparator: { " \n│".contains($0) }).joined(separator: " ")
  }

  @Test func aRightAnswerSaysWhyAndIsSeen() throws {
    var (state, exercise) = try asked("arange:6x6 --weight arange:3x3")
    let before = state.view
    #expect(words(state).contains(exercise.question))
    #expect(!words(state).contains(exercise.reason))
    state.press(exercise.answer.description)
    state.press(keys: [.enter])
    #expect(words(state).contains("Right."))
    #expect(words(state).contains(exercise.reason))
    #expect(words(state).contains("1 of 1 right at once"))
    state.press(keys: [.enter])
    #expect(state.view.scene == exercise.exhibit.screen.view.scene)
    #expect(state.experiment.words == exercise.exhibit.experiment)
    state.press("u")
    #expect(state.experiment.words.input.word == "arange:6x6" && state.view.scene == before.scene)
  }

  @Test func aWrongAnswerSaysWhyAndCanBeTriedAgain() throws {
    var (state, exercise) = try asked("arange:6x6 --weight arange:3x3 --scene memory")
    let mistake = try #require(exercise.mistakes.first)
    state.press(mistake.answer.description)
    state.press(keys: [.enter])
    #expect(words(state).contains("Not so."))
    #expect(words(state).contains(mistake.why))
    state.press(exercise.answer.description)
    state.press(keys: [.enter])
    #expect(words(state).contains("Right."))
    #expect(words(state).contains("0 of 1 right at once"))
  }

  @Test func enterOnNothingShowsTheAnswerAndTAsksOn() throws {
    var (state, exercise) = try asked("arange:1x6x6x3 --weight arange:3x3x3x2 --scene orders")
    state.press(keys: [.enter])
    #expect(words(state).contains("The answer: \(exercise.answer)"))
    #expect(draw(state).text.contains("QUESTION 1"))
    state.press("t")
    #expect(draw(state).text.contains("QUESTION 2"))
    state.press("nonsense")
    state.press(keys: [.enter])
    #expect(words(state).contains("expected"))
    state.press(keys: [.escape])
    #expect(!draw(state).text.contains("QUESTION"))
  }

  /// Nothing of the scene that would give the answer away stays visible, and nothing is cut off at the smallest size.
  @Test(arguments: ["slide", "im2col", "memory", "tiles", "orders"])
  func everyQuestionFitsTheSmallestScreen(_ scene: String) throws {
    for input in ["arange:6x8", "arange:1x12x9x3 --weight random:3x3x3x2", "picture"] {
      var (state, _) = try asked("\(input) --scene \(scene)")
      let exercises = state.exercises(kinds: state.view.scene.exerciseKinds, seed: state.view.seed, count: 12)
      for exercise in exercises {
        let text = words(state)
        for line in exercise.given + [exercise.question] { #expect(text.contains(line), "\(line) in \(text)") }
        state.press(keys: [.enter])
        #expect(words(state).contains(exercise.reason) && words(state).contains("Seen on:"))
        state.press("t")
      }
    }
  }

  /// What the exhibit shows is a screen that can be said again.
  @Test func theAnswerIsSeenWhereItIsSaidToBe() throws {
    var state = try state("arange:6x8 --weight arange:3x3")
    for kind in ExerciseKind.allCases {
      for exercise in state.exercises(kinds: [kind], seed: 3, count: 6) {
        let screen = exercise.exhibit.screen
        #expect(try ScreenWords(command: screen.command) == screen)
        state = try Self.opened(screen.command)
        #expect(state.view.scene == screen.view.scene && state.view.memory == screen.view.memory)
      }
    }
  }

  /// The seed is a word of the screen: given at the start or at the prompt, told on leaving, and kept past an answer.
  @Test func theSeedMixesTheQuestions() throws {
    var state = try state("arange:6x6 --weight arange:3x3 --seed 7")
    let series = { (seed: UInt64) in state.exercises(kinds: Scene.slide.exerciseKinds, seed: seed, count: 4) }
    let (seventh, eighth) = (series(7), series(8))
    #expect(seventh != eighth)
    #expect(state.command.contains("--seed 7"))
    state.press("t")
    #expect(words(state).contains(seventh[0].question))
    state.press(keys: [.enter, .enter])
    #expect(state.view.seed == 7)
    state.press("u:")
    state.type("seed 8")
    state.press("t")
    for exercise in eighth {
      #expect(words(state).contains(exercise.question))
      state.press(keys: [.enter])
      state.press("t")
    }
    #expect(throws: WordsError.self) { try ScreenWords(command: "--seed -1") }
  }
}
