/// Colours for values, in at most 64 levels that differ evenly to the eye.
public struct Ramp: Hashable, Sendable {
  public let colors: [RGB]

  /// The levels of a ramp; one at least.
  init(levels: Int, _ color: (Double) -> Oklab) {
    colors = (0..<levels).map { color(Double($0) / Double(max(levels - 1, 1))).rgb }
  }

  /// For counts and heat: from the paper's side of the scale through green to yellow, or to violet on light paper.
  ///
  /// Lightness and hue change linearly in Oklab, in the manner of viridis (van der Walt and Smith, 2015).
  public static func sequential(_ theme: Theme) -> Ramp { theme.isLight ? sequentialOnLight : sequentialOnDark }

  /// For signed values: blue below zero, orange above, and near the paper at zero, which is the middle level.
  public static func diverging(_ theme: Theme) -> Ramp { theme.isLight ? divergingOnLight : divergingOnDark }

  /// From black to white, even in lightness.
  public static let grey = Ramp(levels: 64) { Oklab(lightness: $0, a: 0, b: 0) }

  /// What stands for NaN and infinity: a magenta that no ramp contains.
  public static let notFinite = RGB(hex: 0xFF00D7)

  /// The level for a share from 0 to 1, clamped; nil for NaN.
  public func level(share: Double) -> Int? {
    guard !share.isNaN else { return nil }
    return Int((min(max(share, 0), 1) * Double(colors.count - 1)).rounded())
  }

  /// The colour for a share from 0 to 1, clamped; `notFinite` for NaN and infinity.
  public func color(share: Double) -> RGB {
    guard share.isFinite, let level = level(share: share) else { return Self.notFinite }
    return colors[level]
  }

  /// The colour of a value between the least and the greatest; the lowest level where both are equal.
  public func color(_ value: Double, from least: Double, to greatest: Double) -> RGB {
    guard value.isFinite else { return Self.notFinite }
    // Halves first, so that the difference of huge numbers stays finite.
    let span = greatest / 2 - least / 2
    return span > 0 ? color(share: (value / 2 - least / 2) / span) : colors.first ?? Self.notFinite
  }

  /// The colour of a signed value on a diverging ramp: zero in the middle, ±limit at the ends.
  public func color(_ value: Double, limit: Double) -> RGB {
    guard value.isFinite else { return Self.notFinite }
    return color(share: limit > 0 ? 0.5 + 0.5 * min(max(value / limit, -1), 1) : 0.5)
  }

  private static let sequentialOnDark = Ramp(levels: 64) { share in
    Oklab(lightness: 0.26 + 0.67 * share, chroma: 0.10 + 0.07 * share, hue: 290 - 185 * share)
  }

  private static let sequentialOnLight = Ramp(levels: 64) { share in
    Oklab(lightness: 0.95 - 0.62 * share, chroma: 0.06 + 0.08 * share, hue: 105 + 185 * share)
  }

  private static let divergingOnDark = diverging(neutral: 0.26, end: 0.80, chroma: 0.15)
  private static let divergingOnLight = diverging(neutral: 0.96, end: 0.52, chroma: 0.16)

  /// 63 levels, so that zero has one of its own.
  private static func diverging(neutral: Double, end: Double, chroma: Double) -> Ramp {
    Ramp(levels: 63) { share in
      let signed = 2 * share - 1
      let strength = abs(signed)
      return Oklab(
        lightness: neutral + (end - neutral) * strength, chroma: chroma * strength, hue: signed < 0 ? 250 : 60)
    }
  }
}

extension Theme {
  /// Whether the theme is made for light paper.
  public var isLight: Bool { page.paper.luminance > 0.5 }
}
