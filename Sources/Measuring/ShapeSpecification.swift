import Convolution

/// A convolution in short: `N,H,W,Cin,K,Cout`, then any of `sS`, `pP`, `dD`, `gG`.
///
/// `1,224,224,3,7,64,s2,p3` is the first layer of a ResNet. Where the axes differ, `3x5` is a kernel, `s2x1` and `d1x2` are
/// vertical before horizontal, and `p1x0x2x2` pads top, bottom, left and right.
public struct ShapeSpecification: Hashable, Sendable, CustomStringConvertible {
  /// As it was written.
  public let description: String
  public let geometry: ConvolutionGeometry

  public static let form = "N,H,W,Cin,K,Cout, then any of sS, pP, dD, gG, as in 1,224,224,3,7,64,s2,p3"

  /// - Throws: `MeasuringError.malformed` for the form, `ConvolutionError` for sizes that do not fit.
  public init(_ text: String) throws {
    let malformed = MeasuringError.malformed(text, expected: Self.form)
    let words = text.split(separator: ",", omittingEmptySubsequences: false)
    let sizes = words.prefix(6).compactMap { Self.numbers($0) }
    guard sizes.count == 6, sizes.allSatisfy({ $0.allSatisfy { $0 > 0 } }),
      sizes.indices.allSatisfy({ sizes[$0].count == 1 || $0 == 4 && sizes[$0].count == 2 })
    else { throw malformed }
    var letters: [Character: [Int]] = [:]
    for word in words.dropFirst(6) {
      guard let letter = word.first, let lengths = ["s": [1, 2], "p": [1, 4], "d": [1, 2], "g": [1]][letter],
        let values = Self.numbers(word.dropFirst()), lengths.contains(values.count),
        values.allSatisfy({ $0 > 0 || letter == "p" && $0 == 0 }), letters.updateValue(values, forKey: letter) == nil
      else { throw malformed }
    }
    let groups = letters["g"]?[0] ?? 1
    description = text
    let (channels, kernel) = (sizes[3][0], sizes[4])
    guard channels % groups == 0 else {
      throw ConvolutionError.groups(groups, divide: "input", channels: channels)
    }
    let padding = letters["p"] ?? [0]
    geometry = try ConvolutionGeometry(
      input: sizes[0..<4].map { $0[0] }, weight: [kernel[0], kernel[kernel.count - 1], channels / groups, sizes[5][0]],
      parameters: ConvolutionParameters(
        stride: Self.pair(letters["s"]),
        padding: .explicit(
          padding.count == 1
            ? Padding(padding[0])
            : Padding(top: padding[0], bottom: padding[1], left: padding[2], right: padding[3])),
        dilation: Self.pair(letters["d"]), groups: groups))
  }

  /// The shortest words for a geometry.
  public init(_ geometry: ConvolutionGeometry) {
    self.geometry = geometry
    func axes(_ vertical: Int, _ horizontal: Int) -> String {
      vertical == horizontal ? "\(vertical)" : "\(vertical)x\(horizontal)"
    }
    var words = geometry.inputShape.map { "\($0)" }
    words += [axes(geometry.kernelHeight, geometry.kernelWidth), "\(geometry.outputChannels)"]
    if geometry.stride != AxisPair(1) { words.append("s" + axes(geometry.stride.vertical, geometry.stride.horizontal)) }
    let padding = geometry.padding
    if padding == Padding(padding.top) {
      if !padding.isNone { words.append("p\(padding.top)") }
    } else {
      words.append("p\(padding.top)x\(padding.bottom)x\(padding.left)x\(padding.right)")
    }
    if geometry.dilation != AxisPair(1) {
      words.append("d" + axes(geometry.dilation.vertical, geometry.dilation.horizontal))
    }
    if geometry.groups != 1 { words.append("g\(geometry.groups)") }
    description = words.joined(separator: ",")
  }

  private static func numbers(_ word: Substring) -> [Int]? {
    let parts = word.split(separator: "x", omittingEmptySubsequences: false)
    let numbers = parts.compactMap { Int($0) }
    return numbers.count == parts.count ? numbers : nil
  }

  private static func pair(_ values: [Int]?) -> AxisPair {
    guard let values, let first = values.first, let last = values.last else { return AxisPair(1) }
    return AxisPair(first, last)
  }
}
