/// Why something cannot be measured.
public enum MeasuringError: Error, Hashable, Sendable {
  /// A word of the command line is not of the form that was expected.
  case malformed(String, expected: String)
  /// A worker did not start, died, hung, or answered what cannot be true.
  case peer(String, String)
  /// The numbers given are not of the type that was asked for.
  case elementType(expected: String, got: String)
  /// A file that is no earlier run.
  case baseline(String, String)
}

extension MeasuringError: CustomStringConvertible {
  public var description: String {
    switch self {
    case .malformed(let word, let expected): "expected \(expected), got '\(word)'"
    case .peer(let name, let reason): "\(name): \(reason)"
    case .baseline(let file, let reason): "baseline \(file): \(reason)"
    case .elementType(let expected, let got): "expected input and weight of \(expected), got \(got)"
    }
  }
}
