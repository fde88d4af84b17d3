import Experiments
import Screens

extension State {
  /// The command that comes back to this screen, and renders the identical frame.
  public var command: String {
    let words = ["convscope"] + experiment.words.arguments + view.arguments + appearanceArguments
    return words.map(shellQuoted).joined(separator: " ")
  }

  /// The screen as a file: SVG, ANSI or plain text, by the name's ending.
  func exported(as path: String) -> String { settled.written(as: ExportFormat(path: path)) }

  /// The screen as text in a format.
  ///
  /// Plain text has no colours, so pictures become ramps of glyphs.
  public func written(as format: ExportFormat) -> String {
    var state = self
    state.motion = nil
    switch format {
    case .text:
      state.appearance.depth = .mono
      return TextWriter().write(draw(state))
    case .ansi:
      return AnsiWriter(state.appearance).write(draw(state))
    case .svg:
      if state.appearance.hasColor { state.appearance.depth = .truecolor }
      return SvgWriter(state.appearance, title: "convscope").write(draw(state))
    }
  }

  /// The same state with nothing open and nothing moving: what the command comes back to.
  public var settled: State {
    var state = self
    state.mode = .browsing
    state.notice = nil
    state.playback = Playback()
    state.motion = nil
    state.lesson = nil
    state.tour = nil
    state.tileCosts?.progress = .waiting
    state.timing.settle()
    // A view that was being typed is gone; what is seen again is weighed again.
    state.workOutBalanceIfQuick()
    return state
  }

  private var appearanceArguments: [String] {
    var words: [String] = []
    if appearance.theme != .dark { words += ["--theme", appearance.theme.rawValue] }
    if appearance.depth == .mono { words.append("--no-color") }
    if appearance.ascii { words.append("--ascii") }
    if !appearance.motion { words.append("--no-motion") }
    return words
  }
}

/// How a screen is written to a file.
public enum ExportFormat: String, Sendable, CaseIterable {
  case text, ansi, svg

  /// The format that a file's name ends in; text if it says nothing else.
  public init(path: String) {
    self = path.hasSuffix(".svg") ? .svg : path.hasSuffix(".ansi") ? .ansi : .text
  }
}
