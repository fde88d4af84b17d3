/// What a row of repeated times comes down to.
public struct SampleStatistics: Hashable, Sendable {
  public let count: Int
  public let minimum: Double
  public let lowerQuartile: Double
  public let median: Double
  public let upperQuartile: Double
  /// Nine of ten samples are no slower.
  public let p90: Double
  /// Ends of the bootstrap's 95 % interval of the median; the median itself until it is worked out.
  public var medianLow: Double
  public var medianHigh: Double

  /// Quantiles by linear interpolation between neighbours, as NumPy's; nil without times.
  public init?(_ times: [Double]) {
    guard !times.isEmpty else { return nil }
    let sorted = times.sorted()
    func quantile(_ part: Double) -> Double {
      let place = part * Double(sorted.count - 1)
      let below = Int(place)
      let above = min(below + 1, sorted.count - 1)
      return sorted[below] + (sorted[above] - sorted[below]) * (place - Double(below))
    }
    count = sorted.count
    minimum = sorted[0]
    lowerQuartile = quantile(0.25)
    median = quantile(0.5)
    upperQuartile = quantile(0.75)
    p90 = quantile(0.9)
    medianLow = median
    medianHigh = median
  }

  /// Half the distance between the quartiles, over the median: how far typical samples lie apart.
  public var spread: Double { median > 0 ? (upperQuartile - lowerQuartile) / 2 / median : 0 }
  /// Half the width of the median's interval, over the median: how well it is known.
  public var uncertainty: Double { median > 0 ? (medianHigh - medianLow) / 2 / median : 0 }
}
