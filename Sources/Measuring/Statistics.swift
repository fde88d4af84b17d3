/// What a row of repeated times comes down to.
public struct Statistics: Hashable, Sendable {
  public let minimum: Double
  public let median: Double
  /// Half the distance between the quartiles, over the median: how far typical repeats lie apart.
  public let spread: Double

  /// Nil without times.
  public init?(_ times: [Double]) {
    guard !times.isEmpty else { return nil }
    let sorted = times.sorted()
    func quantile(_ part: Double) -> Double {
      let place = part * Double(sorted.count - 1)
      let below = Int(place)
      let above = min(below + 1, sorted.count - 1)
      return sorted[below] + (sorted[above] - sorted[below]) * (place - Double(below))
    }
    minimum = sorted[0]
    median = quantile(0.5)
    spread = median > 0 ? (quantile(0.75) - quantile(0.25)) / 2 / median : 0
  }
}
