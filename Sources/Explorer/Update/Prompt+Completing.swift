import Experiments
import Screens

extension Prompt {
  /// The options and commands whose value may be a file.
  private static let takeFiles: Set<String> = ["open", "input", "weight", "bias", "export", "save", "baseline"]

  /// What stands before the last word, and that word if it may be the name of a file.
  fileprivate var fileBeginning: (before: String, name: String)? {
    guard let space = text.firstIndex(of: " ") else { return nil }
    let name = text[text.index(after: space)...].drop { $0 == " " }
    guard Self.takeFiles.contains(String(text[..<space].drop { $0 == "-" })) else { return nil }
    return (String(text[..<name.startIndex]), String(name))
  }

  /// Makes a word as long as all the names that begin so agree, and shows the names if there are several.
  fileprivate mutating func complete(after before: String, from matches: [String], end: String = "") {
    guard var common = matches.first else { return }
    for match in matches.dropFirst() { common = String(zip(common, match).prefix { $0 == $1 }.map(\.0)) }
    text = before + common + (matches.count == 1 ? end : "")
    choices = matches.count == 1 ? [] : matches
  }
}

extension State {
  /// The names that a prompt knows: its own commands, the view's options and the experiment's.
  static var promptNames: [String] {
    Prompt.commands.map(\.name) + ViewWords.options.map(\.name) + ExperimentWords.optionNames + ["input"]
  }

  /// Completes the word that is being typed; the names of files are asked for outside.
  mutating func completePrompt(_ prompt: inout Prompt) -> [Effect] {
    if let beginning = prompt.fileBeginning { return [.listFiles(beginning: beginning.name)] }
    if !prompt.text.contains(" ") {
      prompt.complete(after: "", from: Self.promptNames.filter { $0.hasPrefix(prompt.text) }, end: " ")
    }
    return []
  }

  /// The files that begin as a word does, if that is still the word of the prompt.
  mutating func takeFiles(_ names: [String], beginning: String) {
    guard case .prompt(var prompt) = mode, let typed = prompt.fileBeginning, typed.name == beginning else { return }
    prompt.complete(after: typed.before, from: names.filter { $0.hasPrefix(beginning) })
    mode = .prompt(prompt)
  }
}
