import Convolution

/// A convolution in short: `N,H,W,Cin,K,Cout`, then any of `sS`, `pP`, `dD`, `gG`.
///
/// `1,224,224,3,7,64,s2,p3` is the first layer of a ResNet.
public struct ShapeSpecification: Hashable, Sendable, CustomStringConvertible {
  /// As it was written.
  public let description: String
  public let geometry: ConvolutionGeometry

  public static let form = "N,H,W,Cin,K,Cout, then any of sS, pP, dD, gG, as in 1,224,224,3,7,64,s2,p3"

  /// - Throws: `MeasuringError.malformed` for the form, `ConvolutionError` for sizes that do not fit.
  public init(_ text: String) throws {
    let malformed = MeasuringError.malformed(text, expected: Self.form)
    let words = text.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
    let sizes = words.prefix(6).compactMap { Int($0) }
    guard sizes.count == 6, sizes.allSatisfy({ $0 > 0 }) else { throw malformed }
    var letters: [Character: Int] = [:]
    for word in words.dropFirst(6) {
      guard let letter = word.first, "spdg".contains(letter), let value = Int(word.dropFirst()), value >= 0,
        letters.updateValue(value, forKey: letter) == nil, value > 0 || letter == "p"
      else { throw malformed }
    }
    let groups = letters["g"] ?? 1
    description = text
    guard sizes[3] % groups == 0 else {
      throw ConvolutionError.groups(groups, divide: "input", channels: sizes[3])
    }
    geometry = try ConvolutionGeometry(
      input: Array(sizes[0..<4]), weight: [sizes[4], sizes[4], sizes[3] / groups, sizes[5]],
      parameters: ConvolutionParameters(
        stride: AxisPair(letters["s"] ?? 1), padding: .explicit(Padding(letters["p"] ?? 0)),
        dilation: AxisPair(letters["d"] ?? 1), groups: groups))
  }
}
