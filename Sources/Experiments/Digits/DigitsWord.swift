/// The words of the digits network: `digit:D` and `digit:D:LAYER` for inputs, `digits-cnn:LAYER` for weights and biases.
enum DigitsWord {
  static let weightPrefix = "digits-cnn:"
  static let expectedWeight = DigitsNetwork.weightWords.joined(separator: ", ")
  /// The layers whose output another layer reads.
  static let innerLayers = DigitsNetwork.Layer.allCases.dropLast()
  static let expectedInput =
    "digit:0 to digit:9, then perhaps " + innerLayers.map { ":\($0.rawValue)" }.joined(separator: " or ")

  static func weight(of layer: DigitsNetwork.Layer) -> String { weightPrefix + layer.rawValue }

  /// The layer that a weight's or a bias's word names; nil if it names none.
  static func layer(ofWeight word: String) -> DigitsNetwork.Layer? {
    guard word.hasPrefix(weightPrefix) else { return nil }
    return DigitsNetwork.Layer(rawValue: String(word.dropFirst(weightPrefix.count)))
  }

  /// `D` or `D:LAYER`.
  static func input(_ text: Substring) -> InputWord? {
    let parts = text.split(separator: ":", omittingEmptySubsequences: false)
    guard let first = parts.first, let digit = Int(first), (0...9).contains(digit) else { return nil }
    if parts.count == 1 { return .digit(digit) }
    guard parts.count == 2, let layer = innerLayers.first(where: { $0.rawValue == parts[1] }) else { return nil }
    return .digit(digit, after: layer)
  }
}
