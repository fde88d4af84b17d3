import Experiments

/// Intervals for medians and their ratios by drawing the rounds again, with replacement.
///
/// Rounds are drawn as wholes: what slowed the machine in one round slowed its contenders together, and that stays together
/// (Efron and Tibshirani, "An Introduction to the Bootstrap", 1993, percentile intervals). The same seed and the same samples
/// give the same intervals.
public struct Bootstrap: Sendable {
  public let seed: UInt64
  public let resamples: Int

  /// Fewer resamples are drawn where there are very many samples.
  public init(seed: UInt64, resamples: Int = 1000) {
    self.seed = seed
    self.resamples = resamples
  }

  /// What is known of one series.
  public struct Estimate: Hashable, Sendable {
    public var medianLow: Double
    public var medianHigh: Double
    /// The reference's median over this one's.
    public var ratio: RatioEstimate?
  }

  /// Estimates for every series of times, one time a round; nil for empty ones.
  ///
  /// Series of different lengths are compared in the rounds that both have.
  ///
  /// - Complexity: O(resamples · rounds · series).
  public func estimates(_ series: [[Double]], reference: Int?) -> [Estimate?] {
    var result = [Estimate?](repeating: nil, count: series.count)
    let whole = reference.map { series[$0].count } ?? 0
    // Those of the same length share their draws.
    let lengths = Set(series.indices.map { length(of: series[$0], beside: whole) }).filter { $0 > 0 }
    for rounds in lengths.sorted() {
      let members = series.indices.filter { length(of: series[$0], beside: whole) == rounds }
      let own = members.map { SortedRounds(series[$0].prefix(rounds)) }
      let base = reference.map { SortedRounds(series[$0].prefix(rounds)) }
      for (member, estimate) in zip(members, draw(own, base, rounds: rounds)) { result[member] = estimate }
    }
    return result
  }

  private func length(of series: [Double], beside whole: Int) -> Int {
    whole > 0 ? min(series.count, whole) : series.count
  }

  private func draw(_ series: [SortedRounds], _ base: SortedRounds?, rounds: Int) -> [Estimate] {
    var random = SplitMix64(seed: seed)
    let draws = max(200, min(resamples, 2_000_000 / rounds))
    var counts = [Int32](repeating: 0, count: rounds)
    var medians = [[Double]](repeating: [], count: series.count)
    var ratios = medians
    for _ in 0..<draws {
      for round in counts.indices { counts[round] = 0 }
      for _ in 0..<rounds { counts[Int.random(in: 0..<rounds, using: &random)] += 1 }
      let reference = base?.median(counts)
      for (index, own) in series.enumerated() {
        let median = own.median(counts)
        medians[index].append(median)
        if let reference { ratios[index].append(reference / median) }
      }
    }
    let once = [Int32](repeating: 1, count: rounds)
    return series.indices.map { index in
      let (low, high) = Self.middle(medians[index])
      guard let base else { return Estimate(medianLow: low, medianHigh: high) }
      let (ratioLow, ratioHigh) = Self.middle(ratios[index])
      let ratio = base.median(once) / series[index].median(once)
      return Estimate(
        medianLow: low, medianHigh: high, ratio: RatioEstimate(ratio: ratio, low: ratioLow, high: ratioHigh))
    }
  }

  /// The ratio of the medians of two runs that shared no rounds: each is drawn by itself.
  public func ratioOfSeparateRuns(_ reference: [Double], _ own: [Double]) -> RatioEstimate? {
    guard let above = SampleStatistics(reference)?.median, let below = SampleStatistics(own)?.median else { return nil }
    var random = SplitMix64(seed: seed)
    func medians(_ times: [Double]) -> [Double] {
      let sorted = SortedRounds(times[...])
      return (0..<max(200, min(resamples, 2_000_000 / times.count))).map { _ in
        var counts = [Int32](repeating: 0, count: times.count)
        for _ in times { counts[Int.random(in: times.indices, using: &random)] += 1 }
        return sorted.median(counts)
      }
    }
    let (low, high) = Self.middle(zip(medians(reference), medians(own)).map { $0 / $1 })
    return RatioEstimate(ratio: above / below, low: low, high: high)
  }

  /// The ends of the middle 95 %.
  private static func middle(_ values: [Double]) -> (Double, Double) {
    let sorted = values.sorted()
    guard let last = sorted.indices.last else { return (.nan, .nan) }
    let low = Int((0.025 * Double(last)).rounded())
    return (sorted[low], sorted[last - low])
  }
}

/// The times of rounds in ascending order, so that the median of any draw is found in one walk.
private struct SortedRounds {
  private let order: [Int]
  private let values: [Double]

  init(_ times: ArraySlice<Double>) {
    let times = Array(times)
    order = times.indices.sorted { times[$0] < times[$1] }
    values = order.map { times[$0] }
  }

  /// The median of a draw that took each round so often.
  func median(_ counts: [Int32]) -> Double {
    let total = values.count
    let (lower, upper) = ((total - 1) / 2, total / 2)
    var seen = 0
    var low: Double?
    for (rank, round) in order.enumerated() {
      seen += Int(counts[round])
      if low == nil, seen > lower { low = values[rank] }
      if seen > upper { return ((low ?? values[rank]) + values[rank]) / 2 }
    }
    return low ?? .nan
  }
}
