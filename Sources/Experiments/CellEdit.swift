/// One cell of the input or of the weight that was changed by hand.
public struct CellEdit: Hashable, Sendable {
  /// (n, y, x, c) in the input, (i, j, c, o) in the weight.
  public var index: [Int]
  public var value: Double

  public init(index: [Int], value: Double) {
    self.index = index
    self.value = value
  }
}

extension CellEdit {
  /// What the cell belongs to; it decides which coordinates may be left out.
  enum Target: String {
    case input, weight

    var option: String { "edit-\(rawValue)" }

    /// The index that a short list of coordinates stands for: what is left out is 0.
    func index(_ coordinates: [Int]) -> [Int]? {
      switch (coordinates.count, self) {
      case (4, _): coordinates
      case (2...3, .input): [0] + coordinates + [Int](repeating: 0, count: 3 - coordinates.count)
      case (2...3, .weight): coordinates + [Int](repeating: 0, count: 4 - coordinates.count)
      default: nil
      }
    }

    /// The shortest list of coordinates that stands for an index.
    func coordinates(_ index: [Int]) -> [Int] {
      guard index.count == 4 else { return index }
      switch self {
      case .input: return index[0] != 0 ? index : index[3] == 0 ? Array(index[1...2]) : Array(index[1...3])
      case .weight: return index[3] != 0 ? index : index[2] == 0 ? Array(index[0...1]) : Array(index[0...2])
      }
    }
  }

  /// The number that a text says; nil also for one beyond float64, which would be read as an infinity that nobody wrote.
  public static func value(_ text: some StringProtocol) -> Double? {
    Double(text).flatMap { $0.isInfinite && text.contains(where: \.isNumber) ? nil : $0 }
  }

  /// Reads `y,x[,c]=VALUE` or all four coordinates.
  init(word: String, target: Target) throws(WordsError) {
    let error = WordsError(
      option: target.option,
      expected: (target == .input ? "[n,]y,x[,c]=VALUE" : "i,j[,c[,o]]=VALUE") + ", a number within float64", got: word)
    let parts = word.split(separator: "=", omittingEmptySubsequences: false)
    guard parts.count == 2, let value = Self.value(parts[1]) else { throw error }
    let numbers = parts[0].split(separator: ",", omittingEmptySubsequences: false).map { Int($0) }
    let known = numbers.compactMap(\.self)
    guard known.count == numbers.count, known.allSatisfy({ $0 >= 0 }), let index = target.index(known) else {
      throw error
    }
    self.init(index: index, value: value)
  }

  func word(target: Target) -> String {
    target.coordinates(index).map(String.init).joined(separator: ",") + "=" + Self.text(value)
  }

  /// The shortest text that reads back as the same number.
  private static func text(_ value: Double) -> String {
    let text = "\(value)"
    return text.hasSuffix(".0") ? String(text.dropLast(2)) : text
  }
}

extension [CellEdit] {
  /// Adds an edit, in place of an earlier one of the same cell.
  public mutating func replace(_ edit: CellEdit) {
    removeAll { $0.index == edit.index }
    append(edit)
  }
}
