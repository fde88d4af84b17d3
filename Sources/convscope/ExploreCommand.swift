import ArgumentParser
import Experiments
import Explorer
import Foundation
import NcursesTerminal
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
    let source = try experiment.reading.source()
    let view = try view.words()
    guard StandardStream.output.isTerminal, ProcessInfo.processInfo.environment["TERM"] != "dumb" else {
      return try print(try experiment.experiment(), view)
    }
    // Signals first of all, so that none finds the terminal half taken.
    do { try TerminalSignals.install() } catch { throw CommandFailure(message: error.description, status: 70) }
    let experiment = try Experiment(experiment.words(), source: source)
    let terminal: NcursesTerminal
    do {
      terminal = try NcursesTerminal(
        options: TerminalOptions(
          appearance: screen.appearance(depth: .palette256), depth: screen.depth, mouse: !screen.noMouse))
    } catch {
      throw CommandFailure(message: error.description, status: 69)
    }
    let state = State(
      experiment: experiment, view: view, size: terminal.size, appearance: terminal.appearance,
      plays: !self.view.namesAMoment && !screen.noMotion, mouse: !screen.noMouse, machine: .ofThisMachine())
    let end = ExplorerSession(state: state, terminal: terminal, source: source).run()
    if let note = terminal.note { Messages.notes([note]) }
    Messages.notes(experiment.notes)
    if let signal = end.signal { TerminalSignals.die(of: signal) }
    try StandardStream.output.write(end.command + "\n")
  }

  /// The screen as text, for pipes, screen readers and terminals that cannot move the cursor.
  private func print(_ experiment: Experiment, _ view: ViewWords) throws {
    Messages.notes(experiment.notes)
    var state = State(
      experiment: experiment, view: view, size: Size(columns: 80, rows: 24),
      appearance: screen.appearance(depth: .mono), machine: .ofThisMachine())
    state.finishPendingWork()
    try StandardStream.output.write(state.written(as: .text))
  }
}
