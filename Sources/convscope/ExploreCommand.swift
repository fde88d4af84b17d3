import ArgumentParser
import Experiments
import Explorer
import NcursesTerminal
import Screens

/// `convscope [INPUT] …`: the explorer.
struct ExploreCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "explore", abstract: "Explore a convolution (what happens without a command).")

  @OptionGroup var experiment: ExperimentOptions

  func run() throws {
    let source = try experiment.reading.source()
    let experiment = try Experiment(experiment.words(), source: source)
    do {
      try TerminalSignals.install()
      let terminal = try NcursesTerminal()
      let state = State(experiment: experiment, size: terminal.size, appearance: terminal.appearance, plays: true)
      let end = ExplorerSession(state: state, terminal: terminal, source: source).run()
      try StandardStream.output.write(end.command + "\n")
      if let signal = end.signal { TerminalSignals.die(of: signal) }
    } catch let error as TerminalError {
      throw CommandFailure(message: error.description, status: 69)
    }
  }
}
