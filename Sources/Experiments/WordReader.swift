import Convolution

/// Reads the numbers and lists in the value of one option.
struct WordReader {
  let option: String
  let value: String

  /// Beyond any length of use, and small enough that sums of such numbers never overflow.
  static let largest = 1 << 40

  func error(_ expected: String) -> WordsError { WordsError(option: option, expected: expected, got: value) }

  /// Whole numbers separated by commas.
  func list(counts: Set<Int>, least: Int, _ expected: String) throws(WordsError) -> [Int] {
    let parts = value.split(separator: ",", omittingEmptySubsequences: false).map { Int($0) }
    let numbers = parts.compactMap(\.self)
    guard numbers.count == parts.count, counts.contains(numbers.count),
      numbers.allSatisfy({ $0 >= least && $0 < Self.largest })
    else { throw error(expected) }
    return numbers
  }

  /// `N` for both axes or `Ny,Nx`, each at least 1.
  func pair() throws(WordsError) -> AxisPair {
    let numbers = try list(
      counts: [1, 2], least: 1, "a whole number of at least 1, or two of them as vertical,horizontal")
    return AxisPair(numbers[0], numbers[numbers.count - 1])
  }

  func padding() throws(WordsError) -> PaddingRule {
    if value == "same" { return .same }
    if value == "valid" { return .valid }
    let expected = "P, Py,Px or top,bottom,left,right, each at least 0, or same or valid"
    let numbers = try list(counts: [1, 2, 4], least: 0, expected)
    switch numbers.count {
    case 1: return .explicit(Padding(numbers[0]))
    case 2: return .explicit(Padding(top: numbers[0], bottom: numbers[0], left: numbers[1], right: numbers[1]))
    default: return .explicit(Padding(top: numbers[0], bottom: numbers[1], left: numbers[2], right: numbers[3]))
    }
  }

  func positive() throws(WordsError) -> Int { try list(counts: [1], least: 1, "a whole number of at least 1")[0] }

  /// One of the names of an enumeration.
  func choice<Choice: RawRepresentable & CaseIterable>(
    _: Choice.Type, among allowed: (Choice) -> Bool = { _ in true }
  ) throws(WordsError) -> Choice where Choice.RawValue == String {
    guard let choice = Choice(rawValue: value), allowed(choice) else {
      throw error("one of " + Choice.allCases.filter(allowed).map(\.rawValue).joined(separator: ", "))
    }
    return choice
  }

  /// `AxBxC`: lengths of at least 1, as many as allowed.
  func shape(_ text: Substring, ranks: ClosedRange<Int>, _ expected: String) throws(WordsError) -> [Int] {
    let parts = text.split(separator: "x", omittingEmptySubsequences: false).map { Int($0) }
    let lengths = parts.compactMap(\.self)
    guard lengths.count == parts.count, ranks.contains(lengths.count),
      lengths.allSatisfy({ $0 >= 1 && $0 < Self.largest })
    else { throw error(expected) }
    return lengths
  }

  /// `SHAPE[,SEED]`.
  func seededShape(
    _ text: Substring, ranks: ClosedRange<Int>, _ expected: String
  ) throws(WordsError) -> (shape: [Int], seed: UInt64) {
    let parts = text.split(separator: ",", omittingEmptySubsequences: false)
    guard parts.count <= 2, let first = parts.first else { throw error(expected) }
    let shape = try shape(first, ranks: ranks, expected)
    guard parts.count == 2 else { return (shape, 0) }
    guard let seed = UInt64(parts[1]) else { throw error(expected) }
    return (shape, seed)
  }
}

/// How built-in names and files are told apart where either may stand.
enum FileWord {
  /// Names of subcommands, which the first word of a command line would be taken for.
  private static let commands = [
    "explore", "conv", "im2col", "strided", "verify", "bench", "render", "record", "lesson", "exercise", "handout",
    "manual",
    "help",
  ]

  /// The path that a word means: `./` in front makes a file of any name.
  static func path(of word: String, isBuiltIn: (String) -> Bool) -> String {
    guard word.hasPrefix("./"), isAmbiguous(String(word.dropFirst(2)), isBuiltIn) else { return word }
    return String(word.dropFirst(2))
  }

  /// The word that means a path.
  static func word(for path: String, isBuiltIn: (String) -> Bool) -> String {
    isAmbiguous(path, isBuiltIn) ? "./" + path : path
  }

  private static func isAmbiguous(_ path: String, _ isBuiltIn: (String) -> Bool) -> Bool {
    var rest = path
    while rest.hasPrefix("./") { rest.removeFirst(2) }
    return rest.isEmpty || rest.hasPrefix("-") || isBuiltIn(rest) || commands.contains(rest)
  }
}

func shapeText(_ shape: [Int]) -> String { shape.map(String.init).joined(separator: "x") }
