import Experiments
import Screens

/// The `:` prompt: the command line's own words, typed on the last line.
struct Prompt: Sendable {
  var text: String
  /// The names that the last Tab found, if there were several.
  var choices: [String] = []

  /// Commands that are not options.
  static let commands: [(name: String, value: String, help: String)] = [
    ("open", "INPUT", "another picture or tensor; the same as input"),
    ("export", "FILE", "this screen as .svg, .ansi or .txt"),
    ("save", "FILE", "what Timing measured: .json as bench writes it, .csv with every sample"),
    ("goto", "y,x", "the step that writes this output"),
    ("help", "", "the key table"), ("errata", "", "where the lecture's notes err, and what is so"),
    ("quit", "", "leave"),
  ]
}

extension State {
  mutating func pressInPrompt(_ key: Key) -> [Effect] {
    guard case .prompt(var prompt) = mode else { return [] }
    prompt.choices = []
    var effects: [Effect] = []
    switch key {
    case .escape, .control("c"):
      mode = .browsing
      return []
    case .enter:
      mode = .browsing
      notice = nil
      return run(command: prompt.text)
    case .backspace:
      if prompt.text.isEmpty {
        mode = .browsing
        return []
      }
      prompt.text.removeLast()
    case .control("u"): prompt.text = ""
    case .tab: effects = completePrompt(&prompt)
    case .character(let character) where prompt.text.count < 4096: prompt.text.append(character)
    default: break
    }
    mode = .prompt(prompt)
    return effects
  }

  /// Does what a line of the prompt says.
  mutating func run(command line: String) -> [Effect] {
    let parts = line.split(separator: " ", maxSplits: 1)
    guard let first = parts.first else { return [] }
    var name = String(first)
    while name.hasPrefix("-") { name.removeFirst() }
    let value = parts.count > 1 ? parts[1].trimmed : ""
    switch (name, value) {
    case ("quit", _), ("q", _): return [.quit]
    case ("help", _):
      mode = .help(.keys, firstLine: 0)
      return []
    case ("errata", _):
      mode = .help(.errata, firstLine: 0)
      return []
    case ("export", ""), ("save", ""), ("open", ""), ("input", ""):
      notice = Notice(text: "\(name): expected a name after it", kind: .warning)
      return []
    case ("export", _): return [.write(path: value, contents: exported(as: value))]
    case ("save", _): return save(value)
    case ("open", _), ("input", _): return load { words throws(WordsError) in try words.set("input", value) }
    case ("goto", _): return goTo(word: value)
    default: return setOption(name, value)
    }
  }

  private mutating func setOption(_ name: String, _ value: String) -> [Effect] {
    var changed = view
    do {
      let value = name == "flip" && value.isEmpty ? "on" : value
      if try changed.set(name, value) { return show(changed, afterSetting: name) }
    } catch {
      notice = Notice(text: error.description, kind: .warning)
      return []
    }
    guard ExperimentWords.optionNames.contains(name) else {
      notice = Notice(text: "no command '\(name)'; ? lists the keys, Tab completes names", kind: .warning)
      return []
    }
    return load { words throws(WordsError) in try words.set(name, value) }
  }

  private mutating func show(_ changed: ViewWords, afterSetting name: String) -> [Effect] {
    if name == "scene" {
      show(changed.scene)
      return []
    }
    let wasFlipped = view.flipped
    let reached = reached
    let order = view.order
    let before = view
    view = changed
    clampView()
    if let error = outOfReach(changed), error.option == name {
      view = before
      notice = Notice(text: error.description, kind: .warning)
      return []
    }
    if name == "step" { playback.isPlaying = false }
    if order != view.order { goTo(reached) }
    guard view.flipped != wasFlipped else { return [] }
    view.flipped = wasFlipped
    return flip()
  }

  private mutating func goTo(word: String) -> [Effect] {
    let numbers = word.split(separator: ",").compactMap { Int($0) }
    guard numbers.count == 2, (0..<geometry.outputHeight).contains(numbers[0]),
      (0..<geometry.outputWidth).contains(numbers[1])
    else {
      notice = Notice(
        text: "goto: expected y,x of an output, 0,0 to \(geometry.outputHeight - 1),\(geometry.outputWidth - 1)",
        kind: .warning)
      return []
    }
    playback.isPlaying = false
    var output = reached
    (output.y, output.x) = (numbers[0], numbers[1])
    goTo(output)
    return []
  }

  /// Changes the experiment's words; what comes from files is read outside, the rest is done here.
  private mutating func load(_ change: (inout ExperimentWords) throws(WordsError) -> Void) -> [Effect] {
    var words = experiment.words
    do {
      try change(&words)
    } catch {
      notice = Notice(text: error.description, kind: .warning)
      return []
    }
    if words.input != experiment.words.input { words.inputEdits = [] }
    if words.weight != experiment.words.weight { words.weightEdits = [] }
    if words.needsFiles(differingFrom: experiment.words) {
      notice = Notice(text: "reading…")
      return [.load(words)]
    }
    apply(words)
    return pendingWork
  }
}

extension Substring {
  fileprivate var trimmed: String {
    var text = self
    while text.last == " " { text.removeLast() }
    while text.first == " " { text.removeFirst() }
    return String(text)
  }
}
