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
    let last = Double(times.count - 1)
    let parts = [0, 0.25, 0.5, 0.75, 0.9]
    let ends = parts.flatMap { [Int($0 * last), Int(($0 * last).rounded(.up))] }
    let found = times.elements(atSortedPlaces: ends)
    let quantiles = parts.enumerated().map { k, part in
      let (below, above) = (found[2 * k], found[2 * k + 1])
      return below + (above - below) * (part * last - Double(ends[2 * k]))
    }
    count = times.count
    minimum = quantiles[0]
    lowerQuartile = quantiles[1]
    median = quantiles[2]
    upperQuartile = quantiles[3]
    p90 = quantiles[4]
    medianLow = median
    medianHigh = median
  }

  /// Half the distance between the quartiles, over the median: how far typical samples lie apart.
  public var spread: Double { median > 0 ? (upperQuartile - lowerQuartile) / 2 / median : 0 }
  /// Half the width of the median's interval, over the median: how well it is known.
  public var uncertainty: Double { median > 0 ? (medianHigh - medianLow) / 2 / median : 0 }
}
