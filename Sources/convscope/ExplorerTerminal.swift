import Experiments
import Explorer
import Foundation
import NcursesTerminal
import Screens

/// The explorer on the user's terminal, from taking it to giving it back.
enum ExplorerTerminal {
  /// Whether there is one that can move its cursor; without it screens are printed as text.
  static var isThere: Bool {
    StandardStream.output.isTerminal && ProcessInfo.processInfo.environment["TERM"] != "dumb"
  }

  /// Explores until the user quits, and prints the command that comes back.
  ///
  /// - Parameters:
  ///   - view: what of the experiment the state will show; checked before the terminal is taken.
  ///   - state: the state to start with, made from the experiment and the terminal.
  static func run(
    _ words: ExperimentWords, _ view: ViewWords, source: FileSource, screen: ScreenOptions,
    state: (Experiment, NcursesTerminal) throws -> State
  ) throws {
    // While the input is waited for, signals end the program.
    let experiment = try Experiment(words, source: source)
    if view != ViewWords() {
      try State(
        experiment: experiment, view: view, size: State.smallestSize, appearance: screen.appearance(depth: .mono)
      ).check(view)
    }
    // Before the terminal is taken, so that none finds it half taken.
    do { try TerminalSignals.install() } catch { throw CommandFailure(message: error.description, status: 70) }
    let terminal: NcursesTerminal
    do {
      terminal = try NcursesTerminal(
        options: TerminalOptions(
          appearance: screen.appearance(depth: .palette256), depth: screen.depth, mouse: !screen.noMouse))
    } catch {
      throw CommandFailure(message: error.description, status: 69)
    }
    let end = ExplorerSession(state: try state(experiment, terminal), terminal: terminal, source: source).run()
    if let note = terminal.note { Messages.notes([note]) }
    Messages.notes(experiment.notes)
    if let signal = end.signal { TerminalSignals.die(of: signal) }
    try StandardStream.output.write(end.command + "\n")
  }
}
