import Exercises
import Experiments
import Testing

/// Every kind of exercise over many seeds and experiments.
@Suite struct ExerciseTests {
  /// Experiments as command lines name them: input, weight, and how they are stored.
  static let experiments: [[(String, String)]] = [
    [("input", "arange:6x6"), ("weight", "arange:3x3")],
    [("input", "arange:7x9"), ("weight", "arange:3x3"), ("stride", "2"), ("padding", "1")],
    [("input", "arange:1x6x8x3"), ("weight", "arange:3x3x3x2")],
    [("input", "arange:2x5x7x4"), ("weight", "arange:3x2x2x4"), ("groups", "2"), ("dtype", "float64")],
    [("input", "picture")],
    [("input", "picture:2160x3840"), ("weight", "gaussian"), ("kernel-size", "5")],
    [("input", "random:1x9x9x2,3"), ("weight", "random:1x1x2x2"), ("layout", "nhwc")],
    [("input", "arange:1x3x6x4"), ("weight", "arange:2x3x2x2"), ("layout", "nchw")],
    [("input", "arange:1x9"), ("weight", "arange:1x3")],
  ]

  static func experiment(_ options: [(String, String)]) throws -> Experiment {
    var words = ExperimentWords()
    for (name, value) in options { try words.set(name, value) }
    return try Experiment(words, source: MemorySource())
  }

  /// Calls a test for every kind on every experiment, with many seeds.
  static func forEach(
    kinds: [ExerciseKind] = ExerciseKind.allCases, seeds: Range<UInt64> = 0..<60,
    _ body: (Exercise, Experiment) throws -> Void
  ) throws {
    for options in experiments {
      let experiment = try experiment(options)
      for kind in kinds {
        for seed in seeds {
          if let exercise = Exercise(kind, on: experiment, seed: seed) { try body(exercise, experiment) }
        }
      }
    }
  }

  @Test func theRightAnswerIsRightAndReadBack() throws {
    var kinds: Set<ExerciseKind> = []
    try Self.forEach { exercise, _ in
      kinds.insert(exercise.kind)
      #expect(exercise.judge(exercise.answer) == .right)
      let typed = try exercise.form.read(exercise.answer.description)
      #expect(typed == exercise.answer)
      guard case .numbers = exercise.answer else { return }
      let inBrackets = try exercise.form.read("(\(exercise.answer.description.replacing(",", with: ", ")))")
      #expect(inBrackets == exercise.answer)
    }
    #expect(kinds == Set(ExerciseKind.allCases))
  }

  /// Every wrong answer whose cause is known gets its own reason, and is none that would be right.
  @Test func everyMistakeIsToldApart() throws {
    var reasons: [ExerciseKind: Set<String>] = [:]
    try Self.forEach { exercise, _ in
      #expect(Set(exercise.mistakes.map(\.answer)).count == exercise.mistakes.count)
      for mistake in exercise.mistakes {
        #expect(mistake.answer != exercise.answer)
        let typed = try exercise.form.read(mistake.answer.description)
        #expect(typed == mistake.answer)
        guard case .wrong(let why) = exercise.judge(mistake.answer) else {
          Issue.record("\(mistake) is taken as right")
          continue
        }
        #expect(why == mistake.why && why != exercise.rule)
        reasons[exercise.kind, default: []].insert(String(why.prefix(24)))
      }
    }
    for kind in ExerciseKind.allCases {
      // Of two words only one can be wrong, for two reasons.
      #expect(reasons[kind, default: []].count >= (kind == .traffic ? 2 : 3), "\(kind): \(reasons)")
    }
  }

  @Test func whatIsNotKnownGetsTheRule() throws {
    try Self.forEach(seeds: 0..<5) { exercise, _ in
      guard case .numbers(let numbers) = exercise.answer else { return }
      let odd = Answer.numbers(numbers.map { $0 + 7919 })
      #expect(exercise.judge(odd) == .wrong(why: exercise.rule))
    }
  }

  /// Texts are whole, and the rule does not give the answer away.
  @Test func everyTextIsWhole() throws {
    try Self.forEach { exercise, _ in
      let texts = exercise.given + [exercise.question, exercise.rule, exercise.reason] + exercise.mistakes.map(\.why)
      for text in texts {
        #expect(!text.isEmpty && !text.contains("  ") && !text.contains("Optional"), "\(text)")
      }
      #expect(exercise.question.contains("?"))
    }
  }

  @Test func theSeedAloneDecides() throws {
    let experiment = try Self.experiment(Self.experiments[0])
    let first = Exercise.series(on: experiment, seed: 5, count: 12)
    #expect(first.count == 12)
    #expect(first == Exercise.series(on: experiment, seed: 5, count: 12))
    #expect(Array(first.prefix(4)) == Exercise.series(on: experiment, seed: 5, count: 4))
    #expect(first != Exercise.series(on: experiment, seed: 6, count: 12))
    // Each kind comes before any comes again.
    let kinds = Exercise.series(on: experiment, seed: 5, count: ExerciseKind.allCases.count).map(\.kind)
    #expect(Set(kinds).count == ExerciseKind.allCases.count)
  }

  @Test(arguments: ["", "4", "4,4,4", "four,4", "4.5,4", "99999999999999999999,1", "4,,"])
  func whatIsNoPairIsSaid(_ text: String) {
    let error = #expect(throws: AnswerError.self) { try AnswerForm.numbers(2).read(text) }
    #expect(error?.description.contains("2 whole numbers") == true)
  }

  @Test func answersAreReadAsPeopleWriteThem() throws {
    for text in ["4,5", "(4, 5)", "[4 5]", "4×5", "4 x 5", " 4,5 "] {
      #expect(try AnswerForm.numbers(2).read(text) == .numbers([4, 5]), "\(text)")
    }
    #expect(try AnswerForm.numbers(2).read("6,\u{2212}1") == .numbers([6, -1]))
    #expect(try AnswerForm.words(["im2col", "matmul"]).read(" IM2COL ") == .word("im2col"))
    #expect(try AnswerForm.words(["im2col", "matmul"]).read("m") == .word("matmul"))
  }
}
