/// Turns styles into what a terminal can show: roles into a theme's colours, data colours into the nearest allowed ones.
///
/// Keep one as long as the appearance lasts: it remembers the colours it has quantised, so that a frame of 200×60 cells
/// costs a small part of a millisecond.
public struct Palette: Sendable {
  public let appearance: Appearance

  private let foregrounds: [ResolvedColor]
  private let backgrounds: [ResolvedColor]
  private let attributes: [Style.Attributes]
  private let backgroundAttributes: [Style.Attributes]
  private let text: ResolvedColor
  private let hasColor: Bool

  /// The last style asked for, as neighbours on a screen are mostly alike.
  private var last = (style: Style.plain, resolved: ResolvedStyle.plain)
  /// Quantised colours as 0xRRGGBBII, by a hash of the colour; 0 is an empty place (or black, as it should be).
  ///
  /// As many places as a large photograph has colours, where anything is quantised at all.
  private var quantized: [UInt32]
  private static let placeBits: UInt32 = 16

  public init(_ appearance: Appearance) {
    self.appearance = appearance
    let depth = appearance.depth
    hasColor = appearance.hasColor
    let looks = Role.allCases.map { RoleLook($0, in: appearance.theme, hasColor: appearance.hasColor) }
    foregrounds = looks.map { Self.allowed($0.foreground, $0.foreground16, depth) }
    backgrounds = looks.map { Self.allowed($0.background, $0.background16, depth) }
    attributes = looks.map(\.attributes)
    backgroundAttributes = looks.map(\.groundAttributes)
    let colors = ThemeColors.of(appearance.theme)
    text = Self.allowed(colors.text, colors.text16, depth)
    let quantizes = hasColor && depth != .truecolor
    quantized = [UInt32](repeating: 0, count: quantizes ? 1 << Int(Self.placeBits) : 0)
  }

  /// What the terminal is to show for a style.
  ///
  /// Text without a colour of its own on a coloured background gets one that is readable there, whatever the terminal's
  /// own is. O(1).
  public mutating func resolve(_ style: Style) -> ResolvedStyle {
    if style == last.style { return last.resolved }
    let resolved = resolved(style)
    last = (style, resolved)
    return resolved
  }

  /// The same for one style; for many, keep a palette.
  public static func resolve(_ style: Style, _ appearance: Appearance) -> ResolvedStyle {
    var palette = Palette(appearance)
    return palette.resolve(style)
  }

  private mutating func resolved(_ style: Style) -> ResolvedStyle {
    var result = ResolvedStyle(attributes: style.attributes)
    switch style.foreground {
    case .terminal: break
    case .role(let role):
      result.attributes.formUnion(attributes[Int(role.rawValue)])
      if hasColor { result.foreground = foregrounds[Int(role.rawValue)] }
    case .rgb(let red, let green, let blue):
      result.foreground = nearest(RGB(red, green, blue))
    }
    switch style.background {
    case .terminal: break
    case .role(let role):
      result.attributes.formUnion(backgroundAttributes[Int(role.rawValue)])
      if hasColor {
        result.background = backgrounds[Int(role.rawValue)]
        if style.foreground == .terminal { result.foreground = text }
      }
    case .rgb(let red, let green, let blue):
      let color = RGB(red, green, blue)
      result.background = nearest(color)
      if hasColor, style.foreground == .terminal { result.foreground = nearest(color.readableText) }
    }
    if appearance.theme == .projector { result.attributes.remove(.dim) }
    return result
  }

  private mutating func nearest(_ color: RGB) -> ResolvedColor {
    guard hasColor else { return .terminal }
    if appearance.depth == .truecolor { return .rgb(color.red, color.green, color.blue) }
    let key = UInt32(color.red) << 16 | UInt32(color.green) << 8 | UInt32(color.blue)
    let place = Int((key &* 2_654_435_769) >> (32 - Self.placeBits))
    let found = quantized[place]
    if found != 0, found >> 8 == key { return .index(UInt8(truncatingIfNeeded: found)) }
    let index =
      appearance.depth == .palette256 ? TerminalPalette.nearestOf256(color) : TerminalPalette.nearestOf16(color)
    quantized[place] = key << 8 | UInt32(index)
    return .index(index)
  }

  private static func allowed(_ color: RGB, _ index16: UInt8, _ depth: ColorDepth) -> ResolvedColor {
    switch depth {
    case .truecolor: .rgb(color.red, color.green, color.blue)
    case .palette256: .index(TerminalPalette.nearestOf256(color))
    case .palette16: .index(index16)
    case .mono: .terminal
    }
  }
}

extension Theme {
  /// The colours of ordinary text and of the paper where no terminal gives them, as in an exported picture.
  public var page: (text: RGB, paper: RGB) {
    let colors = ThemeColors.of(self)
    return (colors.text, colors.paper)
  }

  /// The colour of a role's text.
  public func color(of role: Role) -> RGB { RGB(hex: ThemeColors.of(self).entry(role).text) }
}
