/// A ratio of two medians and how well it is known.
public struct RatioEstimate: Hashable, Sendable {
  public let ratio: Double
  /// Ends of the bootstrap's 95 % interval.
  public let low: Double
  public let high: Double

  public init(ratio: Double, low: Double, high: Double) {
    self.ratio = ratio
    self.low = low
    self.high = high
  }

  /// Whether the interval leaves out 1; if not, no difference is shown.
  public var showsDifference: Bool { low > 1 || high < 1 }
}
