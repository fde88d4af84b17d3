import Experiments
import Explorer
import Foundation
import NcursesTerminal
import Screens

// The explorer on the words of INPUT alone; the options come with the commands.
do {
  try TerminalSignals.install()
  var words = ExperimentWords()
  if let input = CommandLine.arguments.dropFirst().first { try words.set("input", input) }
  let source = FileSource()
  let experiment = try Experiment(words, source: source)
  let terminal = try NcursesTerminal()
  let state = State(experiment: experiment, size: terminal.size, appearance: terminal.appearance, plays: true)
  let end = ExplorerSession(state: state, terminal: terminal, source: source).run()
  print(end.command)
  if let signal = end.signal { TerminalSignals.die(of: signal) }
} catch {
  FileHandle.standardError.write(Data("convscope: \(error)\n".utf8))
  exit(1)
}
