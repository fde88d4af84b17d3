/// The colour of a kernel coordinate: its row gives the hue, its column the lightness.
///
/// There are no nine hues that every eye can tell apart; a few hues and steps of lightness are. The labels beside the
/// cells say the same in text.
public enum KernelColors {
  /// A coordinate's two colours.
  public struct Pair: Hashable, Sendable {
    /// For a glyph on the theme's paper.
    public var foreground: RGB
    /// For the background under ordinary text.
    public var background: RGB
    /// Black or white, whichever is easier to read on `background`.
    public var text: RGB

    /// A number on the tinted background.
    public var tinted: Style { Style(text.ink, on: background.ink) }
    /// A number in the tint itself.
    public var colored: Style { Style(foreground.ink) }
  }

  /// Hues in degrees that stay apart under the common colour blindnesses while they are few: blue, orange, green, pink,
  /// yellow, cyan.
  private static let hues: [Double] = [255, 60, 155, 350, 105, 205]

  /// The colours of coordinate (row, column) in a kernel of rows × columns; any integers are accepted.
  public static func color(row: Int, column: Int, rows: Int, columns: Int, theme: Theme) -> Pair {
    let place = row % max(rows, 1)
    let hue = place < 0 ? 0 : rows <= hues.count ? hues[place % hues.count] : evenHue(place, rows)
    let share = columns > 1 ? Double(min(max(column, 0), columns - 1)) / Double(columns - 1) : 0.5
    let foreground: Oklab
    let background: Oklab
    if theme.isLight {
      let darkest = theme == .projector ? 0.32 : 0.38
      foreground = Oklab(lightness: darkest + 0.14 * share, chroma: 0.14, hue: hue)
      background = Oklab(lightness: 0.94 - 0.14 * share, chroma: 0.05 + 0.05 * share, hue: hue)
    } else {
      foreground = Oklab(lightness: 0.68 + 0.22 * share, chroma: 0.13, hue: hue)
      background = Oklab(lightness: 0.30 + 0.17 * share, chroma: 0.07 + 0.03 * share, hue: hue)
    }
    let ground = background.rgb
    return Pair(foreground: foreground.rgb, background: ground, text: ground.readableText)
  }

  /// Many rows: hues around the circle, each far from the one before.
  private static func evenHue(_ row: Int, _ rows: Int) -> Double {
    let turn = 255 + Double(row) * 137.508
    return turn.truncatingRemainder(dividingBy: 360)
  }
}
