import ArgumentParser
import Exercises
import Experiments
import Explorer
import Foundation
import Lessons
import Screens
import TensorFiles

/// `convscope exercise`: questions asked in the explorer, written as a sheet, or checked.
struct ExerciseCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "exercise", abstract: "Questions on any convolution: predict, then see; or check a sheet of answers.",
    discussion: """
      On a terminal the questions are asked one by one, and a wrong answer is told why it is wrong. Without one, or with \
      -o, a sheet is written: a YAML file with the questions as comments and a blank after each. The same input, options \
      and seed give the same questions.

      --check reads a sheet that was filled in, needs no terminal, and ends with 0 if all answers are right, 1 if some \
      are wrong or missing, 65 if the file does not fit. The sheet names its own experiment and seed; those given \
      on the command line must then be the same, so that nobody answers easier questions than were asked.

      Examples:
        convscope exercise arange:6x6 --weight arange:3x3
        convscope exercise arange:8x6 --weight arange:3x3 --seed 7 --count 10 -o sheet.yaml
        convscope exercise --check sheet.yaml
        convscope exercise arange:8x6 --weight arange:3x3 --seed 7 --count 10 --check sheet.yaml
        convscope exercise arange:8x6 --weight arange:3x3 --seed 7 --count 10 --answers
      """)

  @OptionGroup var experiment: ExperimentOptions
  @OptionGroup(title: "View") var view: ViewOptions
  @OptionGroup(title: "Screen") var screen: ScreenOptions
  @Option(help: ArgumentHelp("how many questions a sheet has (default: 8)", valueName: "N")) var count: Int?
  @Option(
    help: ArgumentHelp(
      "only such questions; may be repeated: " + ExerciseKind.allCases.map(\.rawValue).joined(separator: ", ")
        + " (default: those of --scene, else all)", valueName: "KIND")) var kind: [String] = []
  @Option(help: ArgumentHelp("check a sheet that was filled in", valueName: "ANSWERS.yaml")) var check: String?
  @Flag(help: "Write the sheet with the answers in it, each with its reason.") var answers = false
  @Option(name: .shortAndLong, help: ArgumentHelp("the sheet to write (default: standard output)", valueName: "FILE"))
  var output: String?

  private static let mostQuestions = 1000

  func run() throws {
    let kinds = try chosenKinds()
    if let count, !(1...Self.mostQuestions).contains(count) {
      throw CommandFailure.usage("--count: expected a whole number from 1 to \(Self.mostQuestions), got '\(count)'")
    }
    if let check { return try self.check(check, kinds: kinds) }
    guard ExplorerTerminal.isThere, output == nil, !answers else { return try writeSheet(kinds: kinds) }
    let words = try view.words()
    try ExplorerTerminal.run(
      try experiment.words(), words, source: try experiment.reading.source(), screen: screen
    ) { experiment, terminal in
      var state = State(
        experiment: experiment, view: words, size: terminal.size, appearance: terminal.appearance,
        mouse: !screen.noMouse, machine: .ofThisMachine())
      state.beginExercises(kinds: kinds ?? ExerciseKind.allCases)
      return state
    }
  }

  /// The kinds named, else the scene's if one is named; nil for all.
  private func chosenKinds() throws -> [ExerciseKind]? {
    var kinds: [ExerciseKind] = []
    for name in kind {
      guard let kind = ExerciseKind(rawValue: name) else {
        let names = ExerciseKind.allCases.map(\.rawValue).joined(separator: ", ")
        throw CommandFailure.usage("--kind: expected one of \(names), got '\(name)'")
      }
      if !kinds.contains(kind) { kinds.append(kind) }
    }
    if !kinds.isEmpty { return kinds }
    return view.scene == nil ? nil : try view.words().scene.exerciseKinds
  }

  private func state(on screen: ScreenWords) throws -> State {
    let source = try experiment.reading.source()
    return State(
      experiment: try Experiment(screen.experiment, source: source), view: screen.view,
      size: Size(columns: 80, rows: 24), appearance: self.screen.appearance(depth: .mono))
  }

  private func writeSheet(kinds: [ExerciseKind]?) throws {
    Interruption.endsTheProgram()
    let (asked, seed) = try askedScreen()
    let exercises = try state(on: asked).exercises(kinds: kinds ?? ExerciseKind.allCases, seed: seed, count: count ?? 8)
    guard !exercises.isEmpty else {
      throw CommandFailure.data("exercise: expected an experiment with a question of these kinds, but it has none")
    }
    let text = AnswerSheet.text(screen: asked, seed: seed, kinds: kinds, exercises: exercises, filled: answers)
    guard let output, output != "-" else { return try StandardStream.output.write(text) }
    try TensorFile.write(Array(text.utf8), to: output)
  }

  /// The screen that is asked about, and what mixes the questions, which a sheet says by itself.
  private func askedScreen() throws -> (screen: ScreenWords, seed: UInt64) {
    var view = try view.words()
    let seed = view.seed
    view.seed = ViewWords().seed
    return (ScreenWords(experiment: try experiment.words(), view: view), seed)
  }

  private func check(_ path: String, kinds: [ExerciseKind]?) throws {
    Interruption.endsTheProgram()
    let sheet = try AnswerSheet(yaml: try LessonCommand.text(of: path, called: "an answer sheet"), name: path)
    try compare(sheet, kinds: kinds)
    let exercises = sheet.exercises(on: try state(on: sheet.screen), count: count ?? sheet.entries.count)
    let marks = try sheet.marks(for: exercises)
    var lines: [String] = []
    for (index, mark) in marks.enumerated() {
      let head = "\(index + 1). \(mark.exercise.kind.rawValue): "
      switch mark.result {
      case .right: lines.append(head + "right")
      case .unanswered: lines.append(head + "not answered")
      case .wrong(let why): lines.append(head + "wrong. \(why)")
      }
    }
    let right = marks.count { $0.result == .right }
    lines.append("\(right) of \(marks.count) right")
    try StandardStream.output.write(lines.joined(separator: "\n") + "\n")
    if right < marks.count { throw ExitCode(1) }
  }

  /// What the command line says and the sheet says must be the same.
  private func compare(_ sheet: AnswerSheet, kinds: [ExerciseKind]?) throws {
    func differs(_ expected: String, _ got: String) -> CommandFailure {
      .data("\(sheet.name): expected \(expected), got \(got)")
    }
    let (asked, seed) = try askedScreen()
    if asked != ScreenWords(experiment: ExperimentWords(), view: ViewWords()), asked != sheet.screen {
      throw differs("answers on '\(asked.command)'", "'\(sheet.screen.command)'")
    }
    if view.seed != nil, seed != sheet.seed { throw differs("seed: \(seed)", "\(sheet.seed)") }
    if let kinds, kinds != sheet.kinds {
      throw differs(
        "kinds: \(kinds.map(\.rawValue).joined(separator: ", "))",
        sheet.kinds?.map(\.rawValue).joined(separator: ", ") ?? "all")
    }
  }
}
