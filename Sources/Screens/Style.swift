/// What a cell's colour means; a theme turns it into a colour.
public enum Ink: Hashable, Sendable {
  /// The terminal's own foreground or background.
  case terminal
  /// A meaning, coloured by the theme.
  case role(Role)
  /// A colour computed from data: a picture, a ramp, a kernel coordinate.
  case rgb(UInt8, UInt8, UInt8)
}

/// The semantic colours of the interface.
public enum Role: UInt8, Hashable, Sendable, CaseIterable {
  /// Titles of panels and tabs.
  case title
  /// Borders of panels, and of the focused one.
  case border, focusedBorder
  /// Text that can be missed: hints, axis labels.
  case faint
  /// The one sentence that explains the screen, keys in the footer.
  case explanation, key
  /// The receptive field (as a background).
  case field
  /// The cell being written.
  case written
  /// The selected memory and its copies.
  case selected
  /// Zeros around the input, and cells that lie outside the buffer.
  case padding, outOfBounds
  /// Messages.
  case good, warning, error
  /// The running line of code (as a background).
  case runningLine
}

/// How a cell looks, before a theme and a terminal's abilities are applied.
public struct Style: Hashable, Sendable {
  public struct Attributes: OptionSet, Hashable, Sendable {
    public let rawValue: UInt8
    public init(rawValue: UInt8) { self.rawValue = rawValue }
    public static let bold = Attributes(rawValue: 1)
    public static let dim = Attributes(rawValue: 2)
    public static let underline = Attributes(rawValue: 4)
    public static let reverse = Attributes(rawValue: 8)
  }

  public var foreground: Ink {
    get { packedForeground.ink }
    set { packedForeground = PackedInk(newValue) }
  }
  public var background: Ink {
    get { packedBackground.ink }
    set { packedBackground = PackedInk(newValue) }
  }
  public var attributes: Attributes {
    get { Attributes(rawValue: UInt8(truncatingIfNeeded: packedAttributes)) }
    set { packedAttributes = UInt32(newValue.rawValue) }
  }

  private var packedForeground, packedBackground: PackedInk
  /// As wide as the inks, so that a style has no unused bytes between its numbers.
  private var packedAttributes: UInt32

  public init(_ foreground: Ink = .terminal, on background: Ink = .terminal, _ attributes: Attributes = []) {
    packedForeground = PackedInk(foreground)
    packedBackground = PackedInk(background)
    packedAttributes = UInt32(attributes.rawValue)
  }

  /// Plain text in the terminal's own colours.
  public static let plain = Style()

  public init(_ role: Role, _ attributes: Attributes = []) { self.init(.role(role), on: .terminal, attributes) }

  /// The same style with attributes added.
  public func adding(_ more: Attributes) -> Style {
    Style(foreground, on: background, attributes.union(more))
  }

  /// The same style on another background.
  public func on(_ background: Ink) -> Style { Style(foreground, on: background, attributes) }
}

/// An ink as one number: two frames' cells are compared by the thousand, and enums with contents compare slowly.
private struct PackedInk: Hashable, Sendable {
  private let bits: UInt32

  init(_ ink: Ink) {
    switch ink {
    case .terminal: bits = 0
    case .role(let role): bits = 1 << 24 | UInt32(role.rawValue)
    case .rgb(let red, let green, let blue):
      bits = 2 << 24 | UInt32(red) << 16 | UInt32(green) << 8 | UInt32(blue)
    }
  }

  var ink: Ink {
    switch bits >> 24 {
    case 1: Role(rawValue: UInt8(truncatingIfNeeded: bits)).map(Ink.role) ?? .terminal
    case 2:
      .rgb(
        UInt8(truncatingIfNeeded: bits >> 16), UInt8(truncatingIfNeeded: bits >> 8), UInt8(truncatingIfNeeded: bits))
    default: .terminal
    }
  }
}
