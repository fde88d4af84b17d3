/// The part of its cell that a block glyph covers, in eighths of its width and height.
struct BlockShape: Hashable {
  var x: Int
  var y: Int
  var width: Int
  var height: Int
  /// Eighths of the foreground in the mixture: 8 for solid blocks, 2, 4, 6 for shades.
  var density = 8

  init(_ x: Int, _ y: Int, _ width: Int, _ height: Int, density: Int = 8) {
    (self.x, self.y, self.width, self.height, self.density) = (x, y, width, height, density)
  }

  /// The pieces of a block element, empty if the glyph is none.
  static func pieces(of glyph: Unicode.Scalar) -> [BlockShape] {
    switch glyph.value {
    case 0x2580: [BlockShape(0, 0, 8, 4)]
    case 0x2581...0x2588: [BlockShape(0, 8 - Int(glyph.value - 0x2580), 8, Int(glyph.value - 0x2580))]
    case 0x2589...0x258F: [BlockShape(0, 0, 8 - Int(glyph.value - 0x2588), 8)]
    case 0x2590: [BlockShape(4, 0, 4, 8)]
    case 0x2591...0x2593: [BlockShape(0, 0, 8, 8, density: Int(glyph.value - 0x2590) * 2)]
    case 0x2594: [BlockShape(0, 0, 8, 1)]
    case 0x2595: [BlockShape(7, 0, 1, 8)]
    case 0x2596...0x259F: quadrants[Int(glyph.value - 0x2596)].map { BlockShape($0 % 2 * 4, $0 / 2 * 4, 4, 4) }
    default: []
    }
  }

  /// For U+2596 to U+259F the quarters covered: 0 and 1 above, 2 and 3 below.
  private static let quadrants = [
    [2], [3], [0], [0, 2, 3], [0, 3], [0, 1, 2], [0, 1, 3], [1], [1, 2], [1, 2, 3],
  ]
}
