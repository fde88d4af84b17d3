import StridedTensor

/// A view as it is typed and printed: `SHAPE:STRIDES:OFFSET`, such as `3,3,2,2:12,2,6,1:0`, in elements.
///
/// Only the numbers are read here; whether they make a layout and whether it fits a buffer is asked afterwards. The
/// offset may be left out and is 0 then.
public struct ViewWord: Hashable, Sendable {
  public var shape: [Int]
  public var strides: [Int]
  public var offset: Int

  public init(shape: [Int], strides: [Int], offset: Int = 0) {
    self.shape = shape
    self.strides = strides
    self.offset = offset
  }

  public init(_ layout: Layout) { self.init(shape: layout.shape, strides: layout.strides, offset: layout.offset) }

  /// Reads a word; the minus may be ASCII's or U+2212.
  ///
  /// - Throws: `WalkthroughError.viewWord`.
  public init(parsing word: String) throws(WalkthroughError) {
    let parts = word.split(separator: ":", omittingEmptySubsequences: false)
    guard parts.count == 2 || parts.count == 3 else {
      throw .viewWord(word, reason: "expected SHAPE:STRIDES:OFFSET, such as 3,3,2,2:12,2,6,1:0")
    }
    shape = try Self.list(parts[0], called: "shape", in: word)
    strides = try Self.list(parts[1], called: "strides", in: word)
    offset = 0
    if parts.count == 3 {
      let numbers = try Self.list(parts[2], called: "offset", in: word)
      guard let only = numbers.first, numbers.count == 1 else {
        throw .viewWord(word, reason: "expected one offset, got '\(parts[2])'")
      }
      offset = only
    }
    guard shape.count == strides.count else {
      throw .viewWord(word, reason: "expected one stride for each of \(shape.count) axes, got \(strides.count)")
    }
  }

  private static func list(
    _ text: Substring, called name: String, in word: String
  ) throws(WalkthroughError) -> [Int] {
    guard !text.allSatisfy(\.isWhitespace) else { return [] }
    var numbers: [Int] = []
    for part in text.split(separator: ",", omittingEmptySubsequences: false) {
      var digits = String(part.filter { !$0.isWhitespace })
      if digits.first == "\u{2212}" { digits = "-" + digits.dropFirst() }
      guard let number = Int(digits) else {
        throw .viewWord(word, reason: "expected whole numbers in the \(name), got '\(part)'")
      }
      numbers.append(number)
    }
    return numbers
  }

  /// The layout, if the numbers make one.
  public func layout() throws(StridedTensorError) -> Layout {
    try Layout(shape: shape, strides: strides, offset: offset)
  }
}

extension ViewWord: CustomStringConvertible {
  /// The word that reads back as this value.
  public var description: String {
    func list(_ numbers: [Int]) -> String { numbers.map(String.init).joined(separator: ",") }
    return "\(list(shape)):\(list(strides)):\(offset)"
  }
}
