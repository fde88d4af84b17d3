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
  /// The same, because it cannot be read.
  case noBaseline(String, String)

  /// The exit status of `sysexits.h`: 65 for a file that does not fit, 66 for one that cannot be read, 64 for all else.
  public var exitStatus: Int32 {
    switch self {
    case .baseline: 65
    case .noBaseline: 66
    case .malformed, .peer, .elementType: 64
    }
  }
}

extension MeasuringError: CustomStringConvertible {
  public var description: String {
    switch self {
    case .malformed(let word, let expected): "expected \(expected), got '\(word)'"
    case .peer(let name, let reason): "\(name): \(reason)"
    case .baseline(let file, let reason), .noBaseline(let file, let reason): "baseline \(file): \(reason)"
    case .elementType(let expected, let got): "expected input and weight of \(expected), got \(got)"
    }
  }
}
