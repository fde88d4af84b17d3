import StridedTensor

/// The built-in picture: a lighthouse by the sea at evening, with edges, curves, stripes, gradients and letters to filter.
///
/// It is drawn in plain arithmetic (no mathematics library, no fonts), so that every machine gets the same numbers: whole steps
/// of 1/255, as from a file. At 64×48 a unit of the drawing is a pixel.
enum LighthousePicture {
  /// The pixels row by row, channels last.
  ///
  /// - Parameter channels: 3 for colour, 1 for grey.
  /// - Complexity: O(height · width); nine samples a pixel, one in pictures of more than a million pixels.
  static func draw(
    height: Int, width: Int, channels: Int, into pixels: UnsafeMutableBufferPointer<Float>
  ) {
    let samples = height > (1 << 20) / max(width, 1) ? 1 : 3
    var place = 0
    for row in 0..<height {
      for column in 0..<width {
        var sum = Color(repeating: 0)
        for i in 0..<samples {
          for j in 0..<samples {
            let y = (Double(row) + (Double(i) + 0.5) / Double(samples)) * 48 / Double(height)
            let x = (Double(column) + (Double(j) + 0.5) / Double(samples)) * 64 / Double(width)
            sum += color(x: x, y: y)
          }
        }
        let mean = sum / Double(samples * samples)
        if channels == 3 {
          for channel in 0..<3 { pixels.initializeElement(at: place + channel, to: level(mean[channel])) }
        } else {
          pixels.initializeElement(at: place, to: level(0.299 * mean.x + 0.587 * mean.y + 0.114 * mean.z))
        }
        place += channels
      }
    }
  }

  /// The nearest whole step of 1/255.
  private static func level(_ value: Double) -> Float { Float(min(max((value * 255).rounded(), 0), 255)) / 255 }

  /// Red, green and blue in 0…1.
  private typealias Color = SIMD3<Double>

  /// What stands at a point: the nearest thing first.
  private static func color(x: Double, y: Double) -> Color {
    letters(x, y) ?? lighthouse(x, y) ?? house(x, y) ?? headland(x, y) ?? boat(x, y)
      ?? (y < horizon ? sky(x, y) : sea(x, y))
  }

  private static let horizon = 33.0

  private static func sky(_ x: Double, _ y: Double) -> Color {
    let depth = y / horizon
    var color = blend(Color(0.16, 0.28, 0.55), Color(0.98, 0.72, 0.48), depth * depth)
    let distance = (x - 15) * (x - 15) + (y - 19) * (y - 19)
    if distance < 36 { return Color(1, 0.95, 0.72) }
    if distance < 90 { color = blend(color, Color(1, 0.88, 0.6), 0.45 * (90 - distance) / 54) }
    // The beam widens from the lantern towards the left.
    if x < 44, abs(y - 7.5 + (44 - x) * 0.06) < 0.4 + (44 - x) * 0.09 { color = blend(color, Color(1, 0.98, 0.8), 0.4) }
    return color
  }

  private static func sea(_ x: Double, _ y: Double) -> Color {
    let depth = (y - horizon) / (48 - horizon)
    let water = blend(Color(0.42, 0.45, 0.55), Color(0.05, 0.14, 0.3), depth)
    // Waves: a zigzag of period 6 makes the crests, every third unit one.
    let phase = x / 6 - (x / 6).rounded(.down)
    let crest = (y + abs(phase - 0.5) * 1.6) / 3
    let isCrest = crest - crest.rounded(.down) < 0.22
    let isGlitter = abs(x - 15) < 3 + depth * 3
    guard isCrest else { return water }
    return blend(water, isGlitter ? Color(1, 0.85, 0.6) : Color(0.75, 0.82, 0.9), isGlitter ? 0.85 : 0.3)
  }

  private static func lighthouse(_ x: Double, _ y: Double) -> Color? {
    let aside = abs(x - 46)
    switch y {
    case 2..<5: return aside < (y - 2) * 0.9 ? Color(0.55, 0.1, 0.1) : nil
    case 5..<9:
      guard aside < 2.2 else { return nil }
      return aside > 1.6 ? Color(0.15, 0.15, 0.2) : Color(1, 0.97, 0.7)
    case 9..<10: return aside < 4 ? Color(0.12, 0.12, 0.16) : nil
    case 10..<37:
      guard aside < 2.6 + (y - 10) * 0.08 else { return nil }
      if aside < 0.8, (16..<18.5).contains(y) || (24..<26.5).contains(y) { return Color(0.1, 0.1, 0.15) }
      if aside < 1.3, y > 33 { return Color(0.3, 0.18, 0.1) }
      let stripe = ((y - 10) / 4.5).rounded(.down)
      let paint = stripe / 2 == (stripe / 2).rounded(.down) ? Color(repeating: 0.97) : Color(0.78, 0.15, 0.14)
      // Round: the right side lies in shade.
      return paint * (1 - 0.4 * max(0, (x - 45) / 5))
    default: return nil
    }
  }

  private static func house(_ x: Double, _ y: Double) -> Color? {
    if y >= 26, y < 30.5, abs(x - 57) < 1 + (y - 26) * 1.1 { return Color(0.42, 0.16, 0.12) }
    guard (53..<61).contains(x), (30.5..<38).contains(y) else { return nil }
    if (54..<56).contains(x), (32..<34.5).contains(y) { return Color(1, 0.85, 0.4) }
    if (58..<60).contains(x), y >= 33 { return Color(0.25, 0.15, 0.1) }
    return Color(0.88, 0.82, 0.7)
  }

  private static func headland(_ x: Double, _ y: Double) -> Color? {
    let across = (x - 54) / 21
    let up = (y - 47) / 12
    guard across * across + up * up < 1 else { return nil }
    return blend(Color(0.32, 0.42, 0.2), Color(0.1, 0.16, 0.1), (y - 35) / 13)
  }

  private static func boat(_ x: Double, _ y: Double) -> Color? {
    if (35..<37.5).contains(y), abs(x - 24) < 4.5 - (y - 35) * 0.8 { return Color(0.35, 0.16, 0.08) }
    guard (26..<34.5).contains(y) else { return nil }
    if abs(x - 24) < 0.4 { return Color(0.2, 0.12, 0.08) }
    return x > 24 && x - 24 < (y - 26) * 0.5 ? Color(0.98, 0.96, 0.9) : nil
  }

  /// "CONV" in letters of 3×5 cells, the first at column 3, row 41.
  private static func letters(_ x: Double, _ y: Double) -> Color? {
    guard (3..<19).contains(x), (41..<46).contains(y) else { return nil }
    let column = Int(x - 3)
    guard column % 4 < 3 else { return nil }
    let rows = [0b111_111_110_101, 0b100_101_101_101, 0b100_101_101_101, 0b100_101_101_101, 0b111_111_101_010]
    let bit = 11 - column / 4 * 3 - column % 4
    return rows[Int(y - 41)] >> bit & 1 == 1 ? Color(0.96, 0.95, 0.85) : nil
  }

  private static func blend(_ from: Color, _ to: Color, _ part: Double) -> Color {
    let part = min(max(part, 0), 1)
    return from * (1 - part) + to * part
  }
}
