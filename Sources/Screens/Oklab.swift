/// A colour in Oklab, in which equal distances look about equally different.
///
/// Source: Björn Ottosson, "A perceptual color space for image processing", 2020.
public struct Oklab: Hashable, Sendable {
  /// Lightness from 0 (black) to 1 (white).
  public var lightness: Double
  /// Green (negative) to red.
  public var a: Double
  /// Blue (negative) to yellow.
  public var b: Double

  public init(lightness: Double, a: Double, b: Double) {
    self.lightness = lightness
    self.a = a
    self.b = b
  }

  /// A colour by lightness, chroma (0 is grey, about 0.3 the most vivid) and hue in degrees.
  public init(lightness: Double, chroma: Double, hue: Double) {
    let angle = hue * .pi / 180
    self.init(
      lightness: lightness, a: chroma * RealFunctions.cosine(angle), b: chroma * RealFunctions.sine(angle))
  }

  public init(_ color: RGB) {
    let (r, g, b) = (
      RGB.linear[Int(color.red)], RGB.linear[Int(color.green)], RGB.linear[Int(color.blue)]
    )
    let l = RealFunctions.cubeRoot(0.4122214708 * r + 0.5363325363 * g + 0.0514459929 * b)
    let m = RealFunctions.cubeRoot(0.2119034982 * r + 0.6806995451 * g + 0.1073969566 * b)
    let s = RealFunctions.cubeRoot(0.0883024619 * r + 0.2817188376 * g + 0.6299787005 * b)
    self.init(
      lightness: 0.2104542553 * l + 0.7936177850 * m - 0.0040720468 * s,
      a: 1.9779984951 * l - 2.4285922050 * m + 0.4505937099 * s,
      b: 0.0259040371 * l + 0.7827717662 * m - 0.8086757660 * s)
  }

  /// The nearest sRGB colour of the same lightness and hue: chroma gives way where the screen cannot show it.
  public var rgb: RGB {
    var share = 1.0
    var channels = linearChannels(chromaShare: 1)
    if !Self.fits(channels) {
      var (low, high) = (0.0, 1.0)
      for _ in 0..<16 {
        share = (low + high) / 2
        if Self.fits(linearChannels(chromaShare: share)) { low = share } else { high = share }
      }
      channels = linearChannels(chromaShare: low)
    }
    return RGB(Self.encoded(channels.0), Self.encoded(channels.1), Self.encoded(channels.2))
  }

  /// The square of the distance between two colours.
  public func squaredDistance(to other: Oklab) -> Double {
    let (dl, da, db) = (lightness - other.lightness, a - other.a, b - other.b)
    return dl * dl + da * da + db * db
  }

  /// A mixture; share 0 is this colour, 1 the other.
  public func mixed(with other: Oklab, share: Double) -> Oklab {
    Oklab(
      lightness: lightness + (other.lightness - lightness) * share,
      a: a + (other.a - a) * share,
      b: b + (other.b - b) * share)
  }

  private func linearChannels(chromaShare: Double) -> (Double, Double, Double) {
    let (a, b) = (a * chromaShare, b * chromaShare)
    let l = lightness + 0.3963377774 * a + 0.2158037573 * b
    let m = lightness - 0.1055613458 * a - 0.0638541728 * b
    let s = lightness - 0.0894841775 * a - 1.2914855480 * b
    let (l3, m3, s3) = (l * l * l, m * m * m, s * s * s)
    return (
      4.0767416621 * l3 - 3.3077115913 * m3 + 0.2309699292 * s3,
      -1.2684380046 * l3 + 2.6097574011 * m3 - 0.3413193965 * s3,
      -0.0041960863 * l3 - 0.7034186147 * m3 + 1.7076147010 * s3
    )
  }

  private static func fits(_ channels: (Double, Double, Double)) -> Bool {
    let range = -0.0005...1.0005
    return range.contains(channels.0) && range.contains(channels.1) && range.contains(channels.2)
  }

  private static func encoded(_ linear: Double) -> UInt8 {
    guard linear > 0 else { return 0 }
    let x = min(linear, 1)
    let value = x <= 0.0031308 ? 12.92 * x : 1.055 * RealFunctions.power(x, 1 / 2.4) - 0.055
    return UInt8((value * 255).rounded())
  }
}
