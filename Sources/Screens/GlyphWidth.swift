extension Unicode.Scalar {
  /// Terminal columns that this scalar fills: 0 for combining and control characters, 2 for East Asian wide ones.
  public var cellWidth: Int {
    switch value {
    case 0x20...0x7E, 0xA0...0x2FF: return 1
    case 0..<0x20, 0x7F..<0xA0: return 0
    case 0x1100...0x115F, 0x2E80...0x303E, 0x3041...0x33FF, 0x3400...0x4DBF, 0x4E00...0x9FFF, 0xA000...0xA4CF,
      0xAC00...0xD7A3, 0xF900...0xFAFF, 0xFE30...0xFE6F, 0xFF00...0xFF60, 0xFFE0...0xFFE6, 0x1F300...0x1F64F,
      0x1F900...0x1F9FF, 0x20000...0x3FFFD:
      return 2
    default:
      switch properties.generalCategory {
      case .nonspacingMark, .enclosingMark, .format, .control, .surrogate: return 0
      default: return 1
      }
    }
  }
}

extension String {
  /// Terminal columns that the text fills.
  public var cellWidth: Int { unicodeScalars.reduce(0) { $0 + $1.cellWidth } }
}
