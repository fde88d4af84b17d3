import Screens

/// Small, fast and the same everywhere (Steele, Lea and Flood, 2014).
public struct SplitMix64: RandomNumberGenerator {
  private var state: UInt64
  public init(seed: UInt64) { state = seed }

  public mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }
}

extension Frame {
  /// A frame of random glyphs, wide ones among them, in random data colours and roles.
  public static func random(seed: UInt64, size: Size, colors: Int = 40) -> Frame {
    var generator = SplitMix64(seed: seed)
    let glyphs = Array(" abcXYZ019~·▀█░╱│─┼→é×漢字日".unicodeScalars)
    let roles = Role.allCases
    let inks: [Ink] = (0..<max(colors, 1)).map { _ in
      switch UInt8.random(in: 0..<4, using: &generator) {
      case 0: .terminal
      case 1: .role(roles[Int.random(in: 0..<roles.count, using: &generator)])
      default:
        .rgb(
          .random(in: 0...255, using: &generator), .random(in: 0...255, using: &generator),
          .random(in: 0...255, using: &generator))
      }
    }
    let attributes: [Style.Attributes] = [[], [], [], .bold, .underline, .reverse, [.bold, .reverse]]
    return Frame.drawn(size: size) { canvas in
      for row in 0..<size.rows {
        var column = 0
        while column < size.columns {
          let style = Style(
            inks[Int.random(in: 0..<inks.count, using: &generator)],
            on: inks[Int.random(in: 0..<inks.count, using: &generator)],
            attributes[Int.random(in: 0..<attributes.count, using: &generator)])
          var glyph = glyphs[Int.random(in: 0..<glyphs.count, using: &generator)]
          // Not every terminal can show a wide glyph at the end of the last row.
          let room = size.columns - column - (row == size.rows - 1 ? 2 : 0)
          if glyph.cellWidth > max(room, 1) { glyph = "w" }
          column = canvas.put(String(glyph), column: column, row: row, style)
        }
      }
    }
  }
}

extension TerminalEvent {
  /// The event as a test program writes it on its screen.
  public var shown: String { "\(self)".replacing("Screens.", with: "") }
}
