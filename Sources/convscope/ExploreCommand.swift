import ArgumentParser
import Experiments
import Explorer
import Foundation
import Lessons
import Screens

/// `convscope [INPUT] …`: the explorer.
struct ExploreCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "explore", abstract: "Explore a convolution (what happens without a command).",
    discussion: """
      Keys:
      \(Keymap.manual)

      Without a terminal the screen is printed as text. q and Ctrl-C quit and print the command that comes back.
      """)

  @OptionGroup var experiment: ExperimentOptions
  @OptionGroup(title: "View") var view: ViewOptions
  @OptionGroup(title: "Screen") var screen: ScreenOptions

  func run() throws {
    do { try explore() } catch let error as ExperimentError {
      guard case .file(.cannotOpen(let file, _)) = error, file == experiment.input, Self.looksLikeACommand(file) else {
        throw error
      }
      throw CommandFailure(message: "\(error); commands are \(Self.commands)", status: error.exitStatus)
    }
  }

  /// Whether a word that names no input may be a mistyped command.
  private static func looksLikeACommand(_ word: String) -> Bool { word.allSatisfy { $0.isLetter || $0.isNumber } }

  private static var commands: String {
    Convscope.configuration.subcommands.compactMap { $0.configuration.commandName }.joined(separator: ", ")
  }

  private func explore() throws {
    let source = try experiment.reading.source()
    let view = try view.words()
    guard ExplorerTerminal.isThere else { return try print(try experiment.experiment(), view) }
    let words = try experiment.words()
    // The tour is offered to those who come without a picture or a question of their own.
    let offersTour = words == ExperimentWords() && view == ViewWords()
    try ExplorerTerminal.run(words, view, source: source, screen: screen) { experiment, terminal in
      State(
        experiment: experiment, view: view, size: terminal.size, appearance: terminal.appearance,
        plays: !self.view.namesAMoment && !screen.noMotion, mouse: !screen.noMouse, machine: .ofThisMachine(),
        processors: ProcessInfo.processInfo.activeProcessorCount,
        tour: offersTour ? Self.tour : nil)
    }
  }

  /// The tour is a lesson, as the tests make sure.
  private static func tour() -> Lesson? { try? BuiltInLesson.tour.lesson() }

  /// The screen as text, for pipes, screen readers and terminals that cannot move the cursor.
  private func print(_ experiment: Experiment, _ view: ViewWords) throws {
    Messages.notes(experiment.notes)
    var state = State(
      experiment: experiment, view: view, size: Size(columns: 80, rows: 24),
      appearance: screen.appearance(depth: .mono), machine: .ofThisMachine(),
      processors: ProcessInfo.processInfo.activeProcessorCount)
    try state.check(view)
    state.finishPendingWork()
    try StandardStream.output.write(state.written(as: .text))
  }
}
