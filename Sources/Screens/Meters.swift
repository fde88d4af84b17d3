/// Bars, sparklines and progress lines as text.
public enum Meters {
  /// A bar of a share from 0 to 1 in the given columns, filled with blanks; NaN counts as 0.
  public static func bar(_ share: Double, columns: Int, _ glyphs: GlyphSet = .unicode) -> String {
    let steps = glyphs.widths.count - 1
    guard columns > 0, steps > 0 else { return "" }
    let filled = Int((clamped(share) * Double(columns * steps)).rounded())
    var text = String.UnicodeScalarView()
    for column in 0..<columns {
      text.append(glyphs.widths[min(max(filled - column * steps, 0), steps)])
    }
    return String(text)
  }

  /// One glyph a value, as high as the value is between the least and the greatest; NaN and infinity are `?`.
  public static func sparkline(_ values: [Double], _ glyphs: GlyphSet = .unicode) -> String {
    let finite = values.filter(\.isFinite)
    guard let least = finite.min(), let greatest = finite.max() else {
      return String(repeating: "?", count: values.count)
    }
    // The lowest value still shows a mark: blank means no value.
    let steps = Double(glyphs.heights.count - 2)
    let span = greatest / 2 - least / 2
    var text = String.UnicodeScalarView()
    for value in values {
      guard value.isFinite else {
        text.append("?")
        continue
      }
      let share = span > 0 ? (value / 2 - least / 2) / span : 0.5
      text.append(glyphs.heights[1 + Int((share * steps).rounded())])
    }
    return String(text)
  }

  /// A line with a knob at a share from 0 to 1: `━━●──`.
  public static func progress(_ share: Double, columns: Int, _ glyphs: GlyphSet = .unicode) -> String {
    guard columns > 0 else { return "" }
    let knob = knobColumn(share, columns: columns)
    var text = String.UnicodeScalarView()
    for column in 0..<columns {
      text.append(column < knob ? glyphs.passed : column == knob ? glyphs.knob : glyphs.ahead)
    }
    return String(text)
  }

  /// Where `progress` draws its knob.
  public static func knobColumn(_ share: Double, columns: Int) -> Int {
    Int((clamped(share) * Double(max(columns - 1, 0))).rounded())
  }

  /// The share that a click on a column of `progress` means.
  public static func share(column: Int, columns: Int) -> Double {
    columns > 1 ? clamped(Double(column) / Double(columns - 1)) : 0
  }

  private static func clamped(_ share: Double) -> Double { share.isNaN ? 0 : min(max(share, 0), 1) }
}
