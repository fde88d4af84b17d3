/// Why there is no screen to draw on.
public enum TerminalError: Error, Hashable, Sendable, CustomStringConvertible {
  /// Standard output, or every place that keys could come from, is no terminal.
  case notATerminal(String)
  /// The terminal cannot be drawn on.
  case notUsable(term: String, reason: String)
  /// The system refused something.
  case system(String)

  public var description: String {
    switch self {
    case .notATerminal(let what): "expected a terminal, but \(what) is none"
    case .notUsable(let term, let reason): "the terminal type '\(term)' cannot be used: \(reason)"
    case .system(let what): "the system refused \(what)"
    }
  }
}
