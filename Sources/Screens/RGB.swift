/// A colour in sRGB, 8 bits a channel.
public struct RGB: Hashable, Sendable {
  public var red: UInt8
  public var green: UInt8
  public var blue: UInt8

  public init(_ red: UInt8, _ green: UInt8, _ blue: UInt8) {
    self.red = red
    self.green = green
    self.blue = blue
  }

  /// The colour written 0xRRGGBB.
  public init(hex: UInt32) {
    self.init(UInt8(hex >> 16 & 0xFF), UInt8(hex >> 8 & 0xFF), UInt8(hex & 0xFF))
  }

  public static let black = RGB(0, 0, 0)
  public static let white = RGB(255, 255, 255)

  /// The same colour as ink for a cell.
  public var ink: Ink { .rgb(red, green, blue) }

  /// `#rrggbb`.
  public var hexText: String {
    var text = "#"
    for channel in [red, green, blue] {
      text += channel < 16 ? "0" : ""
      text += String(channel, radix: 16)
    }
    return text
  }

  /// Relative luminance from 0 (black) to 1 (white), as WCAG 2.1 defines it.
  public var luminance: Double {
    0.2126 * Self.linear[Int(red)] + 0.7152 * Self.linear[Int(green)] + 0.0722 * Self.linear[Int(blue)]
  }

  /// The contrast ratio of WCAG 2.1, from 1 to 21; text wants 4.5.
  public func contrast(with other: RGB) -> Double {
    let (one, two) = (luminance, other.luminance)
    return (max(one, two) + 0.05) / (min(one, two) + 0.05)
  }

  /// Black or white, whichever is easier to read on this colour.
  public var readableText: RGB { contrast(with: .black) >= contrast(with: .white) ? .black : .white }

  /// A mixture in sRGB; share 0 is this colour, 1 the other.
  public func mixed(with other: RGB, share: Double) -> RGB {
    let share = min(max(share, 0), 1)
    func channel(_ one: UInt8, _ two: UInt8) -> UInt8 {
      UInt8((Double(one) + (Double(two) - Double(one)) * share).rounded())
    }
    return RGB(channel(red, other.red), channel(green, other.green), channel(blue, other.blue))
  }

  /// Linear light, 0 to 1, of each sRGB channel value.
  static let linear: [Double] = (0...255).map { value in
    let x = Double(value) / 255
    return x <= 0.04045 ? x / 12.92 : RealFunctions.power((x + 0.055) / 1.055, 2.4)
  }
}
