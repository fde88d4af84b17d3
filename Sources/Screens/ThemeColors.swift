/// The colours of one theme, by role; for text and as a background.
///
/// Text has a WCAG contrast of 4.5 or more with the background that the theme is made for (7 in the projector theme);
/// borders 3 or more.
struct ThemeColors {
  /// 0xRRGGBB twice, and the nearest of a user's 16 colours.
  struct Entry {
    var text: UInt32
    var ground: UInt32
    var text16: UInt8
    var ground16: UInt8

    init(_ text: UInt32, _ text16: UInt8, on ground: UInt32, _ ground16: UInt8) {
      self.text = text
      self.ground = ground
      self.text16 = text16
      self.ground16 = ground16
    }
  }

  /// Ordinary text, where it must be named: on a coloured background, in an exported picture.
  var text: RGB
  /// The paper of an exported picture; a terminal keeps its own.
  var paper: RGB
  /// `text` among 16 colours.
  var text16: UInt8
  var entry: @Sendable (Role) -> Entry

  static func of(_ theme: Theme) -> ThemeColors {
    switch theme {
    case .dark: dark
    case .light, .mono: light
    case .projector: projector
    }
  }

  private static let dark = ThemeColors(text: RGB(hex: 0xE4E4E4), paper: RGB(hex: 0x12161C), text16: 15) { role in
    switch role {
    case .title: Entry(0x87D7FF, 14, on: 0x005F87, 6)
    case .border: Entry(0x6C6C6C, 8, on: 0x303030, 8)
    case .focusedBorder: Entry(0x5FAFFF, 12, on: 0x005F87, 4)
    case .faint: Entry(0x9E9E9E, 7, on: 0x303030, 8)
    case .explanation: Entry(0xE4E4E4, 15, on: 0x303030, 8)
    case .key: Entry(0xFFD75F, 11, on: 0x303030, 8)
    case .field: Entry(0x87AFFF, 12, on: 0x1F3F66, 4)
    case .written: Entry(0xFFAF5F, 11, on: 0x754500, 1)
    case .selected: Entry(0xFFFF87, 13, on: 0x5F2F7A, 5)
    case .padding: Entry(0x8A8A8A, 8, on: 0x262626, 8)
    case .outOfBounds: Entry(0xFF8787, 9, on: 0x5F1F1F, 1)
    case .good: Entry(0x87D787, 10, on: 0x1F5F2F, 2)
    case .warning: Entry(0xFFD75F, 11, on: 0x5F4F00, 3)
    case .error: Entry(0xFF8787, 9, on: 0x7F1F1F, 1)
    case .runningLine: Entry(0xFFFFFF, 15, on: 0x3A3A4E, 8)
    }
  }

  private static let light = ThemeColors(text: RGB(hex: 0x1C1C1C), paper: RGB(hex: 0xFDFDFB), text16: 0) { role in
    switch role {
    case .title: Entry(0x005F87, 4, on: 0xC6E3F2, 14)
    case .border: Entry(0x8A8A8A, 8, on: 0xE4E4E4, 7)
    case .focusedBorder: Entry(0x005FD7, 4, on: 0xC6E3F2, 14)
    case .faint: Entry(0x626262, 8, on: 0xEEEEEE, 7)
    case .explanation: Entry(0x1C1C1C, 0, on: 0xEEEEEE, 7)
    case .key: Entry(0x875F00, 1, on: 0xEEEEEE, 7)
    case .field: Entry(0x005FAF, 4, on: 0xD0E4FA, 7)
    case .written: Entry(0x9F4300, 1, on: 0xFFDDB5, 3)
    case .selected: Entry(0x870087, 5, on: 0xEBD3F7, 7)
    case .padding: Entry(0x6C6C6C, 8, on: 0xE9E9E9, 7)
    case .outOfBounds: Entry(0xAF1F1F, 1, on: 0xFADADA, 7)
    case .good: Entry(0x006F2F, 2, on: 0xD4F0D9, 7)
    case .warning: Entry(0x875F00, 1, on: 0xFCEFC0, 7)
    case .error: Entry(0xAF0000, 1, on: 0xFBD5D5, 7)
    case .runningLine: Entry(0x1C1C1C, 0, on: 0xE6E6F2, 7)
    }
  }

  private static let projector = ThemeColors(text: .black, paper: .white, text16: 0) { role in
    switch role {
    case .title: Entry(0x003F7F, 4, on: 0xA8D8FF, 14)
    case .border: Entry(0x4E4E4E, 0, on: 0xD0D0D0, 7)
    case .focusedBorder: Entry(0x0000AF, 4, on: 0xA8D8FF, 14)
    case .faint: Entry(0x303030, 0, on: 0xE4E4E4, 7)
    case .explanation: Entry(0x000000, 0, on: 0xE4E4E4, 7)
    case .key: Entry(0x7F0000, 1, on: 0xFFE6A0, 7)
    case .field: Entry(0x00309F, 4, on: 0xA8D8FF, 14)
    case .written: Entry(0x7F2F00, 1, on: 0xFFC46B, 11)
    case .selected: Entry(0x6F006F, 5, on: 0xF0B8FF, 13)
    case .padding: Entry(0x3A3A3A, 0, on: 0xD0D0D0, 7)
    case .outOfBounds: Entry(0x8F0000, 1, on: 0xFFB8B8, 7)
    case .good: Entry(0x004F1F, 2, on: 0xB0F0C0, 10)
    case .warning: Entry(0x5F3F00, 1, on: 0xFFE680, 11)
    case .error: Entry(0x8F0000, 1, on: 0xFFB8B8, 7)
    case .runningLine: Entry(0x000000, 0, on: 0xFFF2A8, 11)
    }
  }
}
