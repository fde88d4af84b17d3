/// A colour as a terminal understands it.
public enum ResolvedColor: Hashable, Sendable {
  /// The terminal's own foreground or background.
  case terminal
  /// An entry of the terminal's palette: below 16 the user's own colours, from 16 the fixed cube and greys.
  case index(UInt8)
  case rgb(UInt8, UInt8, UInt8)

  /// The colour, where it is known; palette entries below 16 as xterm shows them.
  public var rgb: RGB? {
    switch self {
    case .terminal: nil
    case .index(let index): TerminalPalette.colors[Int(index)]
    case .rgb(let red, let green, let blue): RGB(red, green, blue)
    }
  }
}

/// How a cell looks on a given terminal: no roles are left.
public struct ResolvedStyle: Hashable, Sendable {
  public var foreground: ResolvedColor
  public var background: ResolvedColor
  public var attributes: Style.Attributes

  public init(
    foreground: ResolvedColor = .terminal, background: ResolvedColor = .terminal, attributes: Style.Attributes = []
  ) {
    self.foreground = foreground
    self.background = background
    self.attributes = attributes
  }

  public static let plain = ResolvedStyle()
}
