/// Another library that convolves, run by the user's own `python3`.
public enum PeerName: String, CaseIterable, Sendable {
  case numpy, pytorch

  /// The names in a comma-separated list; nil is none.
  public static func parse(_ text: String?) throws -> [PeerName] {
    try (text?.split(separator: ",", omittingEmptySubsequences: false) ?? []).map { word in
      guard let name = PeerName(rawValue: String(word)) else {
        throw MeasuringError.malformed(String(word), expected: "numpy or pytorch in --peers")
      }
      return name
    }
  }

  /// The name that Python imports.
  var module: String { self == .numpy ? "numpy" : "torch" }
}
