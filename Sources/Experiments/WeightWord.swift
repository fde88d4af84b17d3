/// Where a weight comes from: the value of `--weight`.
public enum WeightWord: Hashable, Sendable {
  case file(String)
  case named(BuiltInKernel)
  /// 0, 1, 2, … in row-major order.
  case arange([Int])
  /// Standard normal numbers, the same on every machine.
  case random([Int], seed: UInt64)
  /// A layer of a small trained network that reads digits.
  case digits(DigitsNetwork.Layer)
}

extension WeightWord {
  private static func isBuiltIn(_ word: String) -> Bool {
    BuiltInKernel(rawValue: word) != nil
      || ["arange:", "random:", DigitsWord.weightPrefix].contains { word.hasPrefix($0) }
  }

  /// Whether getting it means reading from outside.
  public var needsReading: Bool {
    if case .file = self { true } else { false }
  }

  static let builtInNames =
    BuiltInKernel.allCases.map(\.rawValue).joined(separator: ", ")
    + ", arange:KhxKw, random:KhxKwxCxO, \(DigitsWord.expectedWeight)"

  /// Reads the word.
  ///
  /// - Throws: `WordsError` for a built-in name with a malformed size. Whether a file exists is not looked at.
  public init(_ word: String) throws(WordsError) {
    let reader = WordReader(option: "weight", value: word)
    let size = word.firstIndex(of: ":").map { word[word.index(after: $0)...] } ?? ""
    if let kernel = BuiltInKernel(rawValue: word) {
      self = .named(kernel)
    } else if word.isEmpty || word.hasPrefix("-") {
      throw reader.error("a file or one of \(Self.builtInNames)")
    } else if word.hasPrefix("arange:") {
      self = .arange(try reader.shape(size, ranks: 2...4, "arange:KhxKw or arange:KhxKwxCxO"))
    } else if word.hasPrefix("random:") {
      let expected = "random:KhxKw or random:KhxKwxCxO, then perhaps ,SEED"
      let (shape, seed) = try reader.seededShape(size, ranks: 2...4, expected)
      self = .random(shape, seed: seed)
    } else if word.hasPrefix(DigitsWord.weightPrefix) {
      guard let layer = DigitsWord.layer(ofWeight: word) else { throw reader.error(DigitsWord.expectedWeight) }
      self = .digits(layer)
    } else {
      self = .file(FileWord.path(of: word, isBuiltIn: Self.isBuiltIn))
    }
  }

  /// The shortest word that is read back as this.
  public var word: String {
    switch self {
    case .file(let path): FileWord.word(for: path, isBuiltIn: Self.isBuiltIn)
    case .named(let kernel): kernel.rawValue
    case .arange(let shape): "arange:" + shapeText(shape)
    case .random(let shape, let seed): "random:" + shapeText(shape) + (seed == 0 ? "" : ",\(seed)")
    case .digits(let layer): DigitsWord.weight(of: layer)
    }
  }

  /// What a title calls it: a file's own name, or the built-in name without its size.
  public var name: String {
    switch self {
    case .file(let path): String(path.split(separator: "/").last ?? "file")
    case .named(let kernel): kernel.rawValue
    case .arange: "arange"
    case .random: "random"
    case .digits(let layer): "digits \(layer.rawValue)"
    }
  }
}
