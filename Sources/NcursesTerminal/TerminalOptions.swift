import Screens

/// How a terminal is to be started.
public struct TerminalOptions: Sendable {
  /// Theme and glyphs; its depth is used only if `depth` says so.
  public var appearance: Appearance
  /// The colours asked for; nil takes what the terminal has, but never `truecolor`, which must be asked for.
  public var depth: ColorDepth?
  /// Whether the mouse reports at first.
  public var mouse: Bool
  /// The terminal type; nil takes `TERM` from the environment.
  public var term: String?
  /// Where the screen is.
  public var output: Int32
  /// Where keys come from; nil takes standard input if it is a terminal, else the controlling terminal.
  public var input: Int32?

  public init(
    appearance: Appearance = Appearance(), depth: ColorDepth? = nil, mouse: Bool = true, term: String? = nil,
    output: Int32 = 1, input: Int32? = nil
  ) {
    self.appearance = appearance
    self.depth = depth
    self.mouse = mouse
    self.term = term
    self.output = output
    self.input = input
  }
}
