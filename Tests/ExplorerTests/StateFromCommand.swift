import Experiments
import Explorer
import Screens
import StridedTensor
import TensorFiles

/// Options without a value.
private let flags: Set<String> = ["flip", "full", "ascii", "no-motion", "no-color"]

/// The words of a command as a shell splits them.
func shellWords(_ command: String) -> [String] {
  var words: [String] = []
  var word = ""
  var isQuoted = false
  var isOpen = false
  var characters = Array(command)[...]
  while let character = characters.popFirst() {
    switch character {
    case "'":
      isQuoted.toggle()
      isOpen = true
    case "\\" where !isQuoted:
      if let next = characters.popFirst() { word.append(next) }
      isOpen = true
    case " " where !isQuoted:
      if isOpen { words.append(word) }
      (word, isOpen) = ("", false)
    default:
      word.append(character)
      isOpen = true
    }
  }
  if isOpen { words.append(word) }
  return words
}

/// The explorer as a command line starts it, paused.
func state(
  _ command: String, size: Size = Size(columns: 80, rows: 24), appearance: Appearance = Appearance(),
  files: MemorySource = MemorySource()
) throws -> State {
  var words = ExperimentWords()
  var view = ViewWords()
  var appearance = appearance
  var arguments = shellWords(command)[...]
  if arguments.first == "convscope" { arguments.removeFirst() }
  while let argument = arguments.popFirst() {
    guard argument.hasPrefix("--") else {
      try words.set("input", argument)
      continue
    }
    let name = String(argument.dropFirst(2))
    let value = flags.contains(name) ? "on" : arguments.popFirst() ?? ""
    switch name {
    case "theme": appearance.theme = Theme(rawValue: value) ?? .dark
    case "ascii": appearance.ascii = true
    case "no-color": appearance.depth = .mono
    case "no-motion": appearance.motion = false
    default: if try !view.set(name, value) { try words.set(name, value) }
    }
  }
  return State(
    experiment: try Experiment(words, source: files), view: view, size: size, appearance: appearance)
}

extension State {
  /// Presses keys one after the other, and carries out what can be done without a world outside.
  @discardableResult
  mutating func press(keys: [Key], files: MemorySource = MemorySource()) -> [Effect] {
    var effects: [Effect] = []
    for key in keys {
      for effect in update(&self, .terminal(.key(key))) { effects += carryOut(effect, files: files) }
    }
    return effects
  }

  mutating func press(_ characters: String) { press(keys: characters.map { $0 == "\t" ? .tab : .character($0) }) }

  private mutating func carryOut(_ effect: Effect, files: MemorySource) -> [Effect] {
    switch effect {
    case .load(let words):
      do throws(ExperimentError) {
        let loaded = try experiment.changed(to: words, source: files)
        return update(&self, .loaded(.success(loaded))).flatMap { carryOut($0, files: files) }
      } catch {
        return update(&self, .loaded(.failure(error)))
      }
    case .summarize(let experiment, let summary, let flipped, let generation):
      return update(
        &self, .summarized(summary.measured(experiment, flipped: flipped), generation: generation))
    default:
      return [effect]
    }
  }
}
