/// Writes a frame as plain text.
public struct TextWriter: Sendable {
  public init() {}

  /// Every line without the blanks at its end, each followed by a newline.
  public func write(_ frame: Frame) -> String {
    frame.lines.map { $0 + "\n" }.joined()
  }
}
