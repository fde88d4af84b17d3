/// Where an input comes from: the word INPUT of the command line.
public enum InputWord: Hashable, Sendable {
  /// A path, perhaps `FILE.npz:NAME`.
  case file(String)
  /// `-`: an array on standard input.
  case standardInput
  /// The picture that the program draws itself.
  case picture(height: Int, width: Int, channels: Int)
  /// 0, 1, 2, … in row-major order.
  case arange([Int])
  /// Standard normal numbers, the same on every machine.
  case random([Int], seed: UInt64)
  /// A handwritten digit, 8×8, or what the digits network makes of it up to a layer.
  case digit(Int, after: DigitsNetwork.Layer? = nil)

  static let builtInNames = "picture, picture:HxW, arange:HxW, random:NxHxWxC and digit:D"
  public static let defaultPicture = InputWord.picture(height: 48, width: 64, channels: 1)
}

extension InputWord {
  private static let prefixes = ["picture:", "arange:", "random:", "digit:"]

  private static func isBuiltIn(_ word: String) -> Bool {
    word == "picture" || prefixes.contains { word.hasPrefix($0) }
  }

  /// Whether getting it means reading from outside.
  public var needsReading: Bool {
    switch self {
    case .file, .standardInput: true
    default: false
    }
  }

  /// Reads the word.
  ///
  /// - Throws: `WordsError` for a built-in name with a malformed size. Whether a file exists is not looked at.
  public init(_ word: String) throws(WordsError) {
    let reader = WordReader(option: "input", value: word)
    let size = word.firstIndex(of: ":").map { word[word.index(after: $0)...] } ?? ""
    switch word {
    case "": throw reader.error("a file, - or a built-in name such as picture or arange:6x6")
    case "-": self = .standardInput
    case "picture": self = .defaultPicture
    case let word where word.hasPrefix("picture:"):
      let expected = "picture:HxW or picture:HxWx3"
      let shape = try reader.shape(size, ranks: 2...3, expected)
      guard shape.count == 2 || shape[2] == 1 || shape[2] == 3 else { throw reader.error(expected) }
      self = .picture(height: shape[0], width: shape[1], channels: shape.count == 3 ? shape[2] : 1)
    case let word where word.hasPrefix("arange:"):
      self = .arange(try reader.shape(size, ranks: 1...8, "arange:HxW, arange:HxWxC or arange:NxHxWxC"))
    case let word where word.hasPrefix("random:"):
      let (shape, seed) = try reader.seededShape(size, ranks: 1...8, "random:HxW or random:NxHxWxC, then perhaps ,SEED")
      self = .random(shape, seed: seed)
    case let word where word.hasPrefix("digit:"):
      guard let digit = DigitsWord.input(size) else { throw reader.error(DigitsWord.expectedInput) }
      self = digit
    default: self = .file(FileWord.path(of: word, isBuiltIn: Self.isBuiltIn))
    }
  }

  /// The shortest word that is read back as this.
  public var word: String {
    switch self {
    case .file(let path): FileWord.word(for: path, isBuiltIn: Self.isBuiltIn)
    case .standardInput: "-"
    case .defaultPicture: "picture"
    case .picture(let height, let width, let channels):
      "picture:" + shapeText(channels == 1 ? [height, width] : [height, width, channels])
    case .arange(let shape): "arange:" + shapeText(shape)
    case .random(let shape, let seed): "random:" + shapeText(shape) + (seed == 0 ? "" : ",\(seed)")
    case .digit(let digit, let layer): "digit:\(digit)" + (layer.map { ":\($0.rawValue)" } ?? "")
    }
  }

  /// What a title calls it: a file's own name, or the built-in name without its size.
  public var name: String {
    switch self {
    case .file(let path): String(path.split(separator: "/").last ?? "file")
    case .standardInput: "standard input"
    case .picture: "picture"
    case .arange: "arange"
    case .random: "random"
    case .digit(let digit, let layer): "digit \(digit)" + (layer.map { " after \($0.rawValue)" } ?? "")
    }
  }
}
