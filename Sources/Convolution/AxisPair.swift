/// One number for each of the two picture axes, height first, as in PyTorch's `(sH, sW)`.
public struct AxisPair: Hashable, Sendable {
  public var vertical: Int
  public var horizontal: Int

  public init(_ vertical: Int, _ horizontal: Int) {
    self.vertical = vertical
    self.horizontal = horizontal
  }

  /// The same number for both axes.
  public init(_ both: Int) { self.init(both, both) }
}
