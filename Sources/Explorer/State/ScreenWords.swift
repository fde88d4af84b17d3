import Experiments
import Screens

/// A whole screen in the command line's own words: what is convolved, what is seen of it, and how it looks.
public struct ScreenWords: Hashable, Sendable {
  public var experiment = ExperimentWords()
  public var view = ViewWords()
  public var appearance: Appearance

  public init(experiment: ExperimentWords, view: ViewWords, appearance: Appearance = plainAppearance) {
    self.experiment = experiment
    self.view = view
    self.appearance = appearance
  }

  /// Reads what `State.command` prints, and whatever else the explorer's command line says, on one line.
  ///
  /// - Parameters:
  ///   - command: the words, with or without `convscope` before them.
  ///   - appearance: how the screen looks where the words say nothing.
  /// - Throws: `WordsError` for the first word that means nothing.
  public init(command: String, appearance: Appearance = plainAppearance) throws(WordsError) {
    self.appearance = appearance
    var words = shellWords(command)[...]
    if words.first == "convscope" { words.removeFirst() }
    var hasInput = false
    while let word = words.popFirst() {
      guard word.hasPrefix("--") else {
        guard !hasInput else { throw WordsError(option: "input", expected: "one input", got: word) }
        hasInput = true
        try experiment.set("input", word)
        continue
      }
      let name = String(word.dropFirst(2))
      let value = Self.flags.contains(name) ? "on" : words.popFirst() ?? ""
      if try setAppearance(name, value) { continue }
      if try view.set(name, value) { continue }
      try experiment.set(name, value)
    }
  }

  /// The shortest words of a command line that give the experiment and the view back.
  public var command: String {
    (["convscope"] + experiment.arguments + view.arguments).map(shellQuoted).joined(separator: " ")
  }

  /// How a screen looks that no word says anything of.
  public static let plainAppearance = Appearance()

  /// Options without a value on the command line.
  private static let flags: Set<String> = ["flip", "full", "ascii", "no-motion", "no-color"]

  private mutating func setAppearance(_ option: String, _ value: String) throws(WordsError) -> Bool {
    switch option {
    case "theme":
      guard let theme = Theme(rawValue: value) else {
        throw WordsError(
          option: option, expected: "one of " + Theme.allCases.map(\.rawValue).joined(separator: ", "), got: value)
      }
      appearance.theme = theme
    case "ascii": appearance.ascii = true
    case "no-color": appearance.depth = .mono
    case "no-motion": appearance.motion = false
    default: return false
    }
    return true
  }
}
