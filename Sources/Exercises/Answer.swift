/// What is answered: whole numbers in order, or one of a few words.
public enum Answer: Hashable, Sendable {
  case numbers([Int])
  case word(String)

  static func number(_ number: Int) -> Answer { .numbers([number]) }
}

extension Answer: CustomStringConvertible {
  /// As it is typed: `6,1` or `im2col`.
  public var description: String {
    switch self {
    case .numbers(let numbers): numbers.map(String.init).joined(separator: ",")
    case .word(let word): word
    }
  }
}

/// What an answer must look like, whether it is right or not.
public enum AnswerForm: Hashable, Sendable {
  /// So many whole numbers.
  case numbers(Int)
  /// One of these words.
  case words([String])

  /// What is expected, for prompts and errors.
  public var expectation: String {
    switch self {
    case .numbers(1): "a whole number"
    case .numbers(let count):
      "\(count) whole numbers, such as " + (1...max(count, 1)).map(String.init).joined(separator: ",")
    case .words(let words): words.joined(separator: " or ")
    }
  }

  /// Reads what was typed: numbers parted by commas, spaces or ×, in brackets or not, with ASCII's minus or U+2212.
  ///
  /// - Throws: `AnswerError` for what is no answer of this form.
  public func read(_ text: String) throws(AnswerError) -> Answer {
    switch self {
    case .words(let words):
      let word = text.lowercased().filter { !$0.isWhitespace }
      let matches = words.filter { $0 == word }.isEmpty ? words.filter { $0.hasPrefix(word) } : [word]
      guard !word.isEmpty, let match = matches.first, matches.count == 1 else { throw error(text) }
      return .word(match)
    case .numbers(let count):
      var numbers: [Int] = []
      for part in text.split(whereSeparator: { " ,;×x*()[]\t".contains($0) }) {
        guard let number = Int(part.replacing("\u{2212}", with: "-")) else { throw error(text) }
        numbers.append(number)
      }
      guard numbers.count == count else { throw error(text) }
      return .numbers(numbers)
    }
  }

  private func error(_ text: String) -> AnswerError { AnswerError(expected: expectation, got: text) }
}

/// Something typed that is no answer to the question.
public struct AnswerError: Error, Hashable, Sendable, CustomStringConvertible {
  public let expected: String
  public let got: String

  public var description: String { "expected \(expected), got " + (got.isEmpty ? "nothing" : "'\(got)'") }
}
