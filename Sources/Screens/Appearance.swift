/// How many colours may be used.
public enum ColorDepth: String, Hashable, Sendable, CaseIterable {
  case truecolor
  case palette256 = "256"
  case palette16 = "16"
  case mono
}

/// The schemes that turn roles into colours.
public enum Theme: String, Hashable, Sendable, CaseIterable {
  case dark, light, mono
  /// For a lecture hall: no dim tones, strong contrast on white.
  case projector
}

/// What drawing must know of the screen it draws for.
public struct Appearance: Hashable, Sendable {
  public var theme: Theme
  public var depth: ColorDepth
  /// Only ASCII glyphs.
  public var ascii: Bool
  /// Gliding and flashing; without it, steps.
  public var motion: Bool

  public init(
    theme: Theme = .dark, depth: ColorDepth = .palette256, ascii: Bool = false, motion: Bool = true
  ) {
    self.theme = theme
    self.depth = depth
    self.ascii = ascii
    self.motion = motion
  }

  /// Whether data can be shown by colour alone; if not, pixels need a ramp of glyphs.
  public var hasColor: Bool { depth != .mono && theme != .mono }
}
