/// A word of the command line, or of the `:` prompt, that cannot be understood: which one, what was expected, what came.
public struct WordsError: Error, Hashable, Sendable {
  /// The option's name without dashes, or `input`.
  public let option: String
  public let expected: String
  public let got: String

  public init(option: String, expected: String, got: String) {
    self.option = option
    self.expected = expected
    self.got = got
  }

  /// What a message about a part of a word expected: without "expected", and without what came, which the whole word says.
  public static func expectation(in message: String) -> String {
    guard message.hasPrefix("expected ") else { return message }
    let text = message.dropFirst("expected ".count)
    return String(text.firstRange(of: ", got ").map { text[..<$0.lowerBound] } ?? text)
  }

  /// The exit status of a program that was given this word: `EX_USAGE` of `sysexits.h`.
  public var exitStatus: Int32 { 64 }
}

extension WordsError: CustomStringConvertible {
  public var description: String {
    (option == "input" ? "INPUT" : "--\(option)")
      + ": expected \(expected), got \(got.isEmpty ? "nothing" : "'\(got)'")"
  }
}
