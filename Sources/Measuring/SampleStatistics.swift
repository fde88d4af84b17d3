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
    let places = Set(parts.flatMap { [Int($0 * last), Int(($0 * last).rounded(.up))] }).sorted()
    let found = Dictionary(uniqueKeysWithValues: zip(places, times.elements(atSortedPlaces: places)))
    func quantile(_ part: Double) -> Double {
      let place = part * last
      guard let below = found[Int(place)], let above = found[Int(place.rounded(.up))] else { return .nan }
      return below + (above - below) * (place - place.rounded(.down))
    }
    count = times.count
    minimum = quantile(parts[0])
    lowerQuartile = quantile(parts[1])
    median = quantile(parts[2])
    upperQuartile = quantile(parts[3])
    p90 = quantile(parts[4])
    medianLow = median
    medianHigh = median
  }

  /// Half the distance between the quartiles, over the median: how far typical samples lie apart.
  public var spread: Double { median > 0 ? (upperQuartile - lowerQuartile) / 2 / median : 0 }
  /// Half the width of the median's interval, over the median: how well it is known.
  public var uncertainty: Double { median > 0 ? (medianHigh - medianLow) / 2 / median : 0 }
}
