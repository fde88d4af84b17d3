import Experiments

/// Intervals for medians and their ratios by drawing the rounds again, with replacement.
///
/// Rounds are drawn as wholes: what slowed the machine in one round slowed its contenders together, and that stays together
/// (Efron and Tibshirani, "An Introduction to the Bootstrap", 1993, percentile intervals). The same seed and the same samples
/// give the same intervals.
public struct Bootstrap {
  public let seed: UInt64
  public let resamples: Int

  /// Rounds that are drawn from at most: of more rounds a part is, so that no number of them takes more than tens of
  /// milliseconds, and what is drawn varies as much less as the whole does (Politis and Romano, "Large Sample Confidence
  /// Regions Based on Subsamples under Minimal Assumptions", 1994).
  private static let mostRounds = 1000
  /// Draws that are made at least.
  private static let fewestResamples = 200
  private let isHurried: () -> Bool

  /// `isHurried` is asked before each draw: a few of them have to do for whoever wants to stop.
  public init(seed: UInt64, resamples: Int = 1000, isHurried: @escaping () -> Bool = { false }) {
    self.seed = seed
    self.resamples = resamples
    self.isHurried = isHurried
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
  /// - Complexity: O(resamples · min(rounds, 1000) · series + rounds · series).
  public func estimates(_ series: [[Double]], reference: Int?) -> [Estimate?] {
    var result = [Estimate?](repeating: nil, count: series.count)
    let whole = reference.map { series[$0].count } ?? 0
    // Those of the same length share their draws.
    let lengths = Set(series.indices.map { length(of: series[$0], beside: whole) }).filter { $0 > 0 }
    for rounds in lengths.sorted() {
      let members = series.indices.filter { length(of: series[$0], beside: whole) == rounds }
      let drawn = drawn(of: rounds)
      let own = members.map { SortedRounds(series[$0].prefix(rounds), drawn: drawn) }
      let base = whole > 0 ? reference.map { SortedRounds(series[$0].prefix(rounds), drawn: drawn) } : nil
      let estimates = draw(own, base, rounds: drawn?.count ?? rounds)
      for (member, estimate) in zip(members, estimates) { result[member] = estimate }
    }
    return result
  }

  private func length(of series: [Double], beside whole: Int) -> Int {
    whole > 0 ? min(series.count, whole) : series.count
  }

  /// The rounds that are drawn from, in their order; nil for all.
  private func drawn(of rounds: Int) -> [Int]? {
    guard rounds > Self.mostRounds else { return nil }
    var random = SplitMix64(seed: seed)
    // One of each stretch of neighbours: all times of the run are there, and no rhythm of the machine is met.
    return (0..<Self.mostRounds).map { k in
      Int.random(in: (rounds * k / Self.mostRounds)..<(rounds * (k + 1) / Self.mostRounds), using: &random)
    }
  }

  private func draw(_ series: [SortedRounds], _ base: SortedRounds?, rounds: Int) -> [Estimate] {
    var random = SplitMix64(seed: seed)
    var counts = [Int32](repeating: 0, count: rounds)
    var medians = [[Double]](repeating: [], count: series.count)
    var ratios = medians
    for draw in 0..<resamples {
      if draw >= Self.fewestResamples, isHurried() { break }
      for round in counts.indices { counts[round] = 0 }
      for _ in 0..<rounds { counts[Int.random(in: 0..<rounds, using: &random)] += 1 }
      let reference = base?.median(counts)
      for (index, own) in series.enumerated() {
        let median = own.median(counts)
        medians[index].append(median)
        if let reference { ratios[index].append(reference / median) }
      }
    }
    return series.indices.map { index in
      let (low, high) = Self.middle(medians[index])
      guard let base else { return Estimate(medianLow: low, medianHigh: high) }
      let (ratioLow, ratioHigh) = Self.middle(ratios[index])
      let ratio = base.whole / series[index].whole
      return Estimate(
        medianLow: low, medianHigh: high, ratio: RatioEstimate(ratio: ratio, low: ratioLow, high: ratioHigh))
    }
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
  /// The median of all rounds.
  let whole: Double
  /// Where the drawn rounds are but a part of all: the median of that part, and how much less that of the whole varies.
  private let part: (median: Double, scale: Double)?

  /// - Parameters:
  ///   - times: of all rounds; not empty.
  ///   - drawn: the rounds that are drawn from; nil for all.
  init(_ times: ArraySlice<Double>, drawn: [Int]?) {
    let all = Array(times)
    let times = drawn.map { $0.map { all[$0] } } ?? all
    order = times.indices.sorted { times[$0] < times[$1] }
    values = order.map { times[$0] }
    let median = (values[(values.count - 1) / 2] + values[values.count / 2]) / 2
    whole = drawn == nil ? median : all.median
    part = drawn == nil ? nil : (median, (Double(times.count) / Double(all.count)).squareRoot())
  }

  /// The median of a draw that took each round so often, as one of all rounds would vary.
  func median(_ counts: [Int32]) -> Double {
    let drawn = medianOfDraw(counts)
    return part.map { whole + (drawn - $0.median) * $0.scale } ?? drawn
  }

  private func medianOfDraw(_ counts: [Int32]) -> Double {
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
