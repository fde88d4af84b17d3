/// The 256 colours of xterm and the nearest of them to a given colour.
///
/// 0–15 are the user's (here with xterm's values), 16–231 a 6×6×6 cube, 232–255 greys.
public enum TerminalPalette {
  public static let colors: [RGB] = {
    let named: [UInt32] = [
      0x000000, 0xCD0000, 0x00CD00, 0xCDCD00, 0x0000EE, 0xCD00CD, 0x00CDCD, 0xE5E5E5,
      0x7F7F7F, 0xFF0000, 0x00FF00, 0xFFFF00, 0x5C5CFF, 0xFF00FF, 0x00FFFF, 0xFFFFFF,
    ]
    var colors = named.map(RGB.init(hex:))
    for index in 0..<216 {
      colors.append(RGB(cubeLevels[index / 36], cubeLevels[index / 6 % 6], cubeLevels[index % 6]))
    }
    for level in 0..<24 {
      let grey = UInt8(8 + 10 * level)
      colors.append(RGB(grey, grey, grey))
    }
    return colors
  }()

  /// The fixed palette entry (16 to 255) that looks nearest, by distance in Oklab.
  ///
  /// Only the cube's neighbours of the colour and the greys near its lightness are compared.
  public static func nearestOf256(_ color: RGB) -> UInt8 {
    let target = Oklab(color)
    var best = UInt8(16)
    var bestDistance = Double.infinity
    func consider(_ index: Int) {
      let distance = target.squaredDistance(to: perceived[index])
      if distance < bestDistance { (best, bestDistance) = (UInt8(index), distance) }
    }
    let (red, green, blue) = (neighbours(color.red), neighbours(color.green), neighbours(color.blue))
    for r in red { for g in green { for b in blue { consider(16 + 36 * r + 6 * g + b) } } }
    let grey = (Int(color.red) * 2 + Int(color.green) * 5 + Int(color.blue)) / 8
    let level = min(max((grey - 8) / 10, 0), 23)
    for level in max(level - 1, 0)...min(level + 2, 23) { consider(232 + level) }
    return best
  }

  /// The nearest of the first 16 as xterm shows them; a user may have changed them.
  public static func nearestOf16(_ color: RGB) -> UInt8 {
    let target = Oklab(color)
    var best = 0
    for index in 1..<16 where target.squaredDistance(to: perceived[index]) < target.squaredDistance(to: perceived[best])
    {
      best = index
    }
    return UInt8(best)
  }

  private static let cubeLevels: [UInt8] = [0, 95, 135, 175, 215, 255]
  private static let perceived = colors.map(Oklab.init)

  /// The cube levels just below and above a channel's value.
  private static func neighbours(_ channel: UInt8) -> ClosedRange<Int> {
    let above = cubeLevels.firstIndex { $0 >= channel } ?? 5
    return cubeLevels[above] == channel ? above...above : max(above - 1, 0)...above
  }
}
