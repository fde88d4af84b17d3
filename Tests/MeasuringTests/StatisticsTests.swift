import Experiments
import Measuring
import Testing

/// Statistics of samples whose answers are known.
@Suite struct StatisticsTests {
  @Test func quantilesOfKnownTimes() throws {
    let odd = try #require(SampleStatistics([3, 1, 2]))
    #expect(odd.minimum == 1 && odd.median == 2 && odd.lowerQuartile == 1.5 && odd.upperQuartile == 2.5)
    let even = try #require(SampleStatistics([4, 1, 3, 2]))
    #expect(even.median == 2.5 && even.spread == 0.75 / 2.5)
    let eleven = try #require(SampleStatistics((0...10).map(Double.init)))
    #expect(eleven.p90 == 9 && eleven.count == 11)
    #expect(SampleStatistics([5])?.spread == 0)
    #expect(SampleStatistics([]) == nil)
  }

  /// Against plain sorting: ties, rows in order, organ pipes, one place after the other.
  @Test(arguments: [1, 2, 3, 33, 100, 1001, 20_000])
  func quantilesAreThoseOfSortedTimes(count: Int) throws {
    var random = SplitMix64(seed: UInt64(count))
    let rows: [[Double]] = [
      (0..<count).map { _ in Double.random(in: 0..<1, using: &random) },
      (0..<count).map { _ in Double(Int.random(in: 0..<4, using: &random)) },
      (0..<count).map(Double.init), (0..<count).map { Double(-$0) }, (0..<count).map { Double(min($0, count - $0)) },
      (0..<count).map { Double($0 % 7) }, [Double](repeating: 2, count: count),
    ]
    for row in rows {
      let sorted = row.sorted()
      func quantile(_ part: Double) -> Double {
        let place = part * Double(count - 1)
        let (below, above) = (sorted[Int(place)], sorted[min(Int(place) + 1, count - 1)])
        return below + (above - below) * (place - Double(Int(place)))
      }
      let found = try #require(SampleStatistics(row))
      #expect(found.count == count && found.minimum == sorted[0])
      #expect(found.lowerQuartile == quantile(0.25) && found.median == quantile(0.5))
      #expect(found.upperQuartile == quantile(0.75) && found.p90 == quantile(0.9))
      #expect(StepReport(name: "copy", seconds: row).median == quantile(0.5))
    }
  }

  /// Times around a centre, spread by a factor: logarithms uniform in ±spread, so that the median is the centre.
  private func times(_ count: Int, around center: Double, spread: Double, _ random: inout SplitMix64) -> [Double] {
    (0..<count).map { _ in center * (1 + Double.random(in: -spread...spread, using: &random)) }
  }

  @Test func equalTimesAreKnownExactly() throws {
    let estimates = Bootstrap(seed: 1).estimates([[2, 2, 2, 2], [1, 1, 1, 1]], reference: 0)
    let own = try #require(estimates[1])
    #expect(own.medianLow == 1 && own.medianHigh == 1)
    #expect(own.ratio == RatioEstimate(ratio: 2, low: 2, high: 2) && own.ratio?.showsDifference == true)
  }

  @Test func aRatioOfTwoIsFoundAndOneIsNotTakenForADifference() throws {
    var random = SplitMix64(seed: 7)
    let slow = times(60, around: 2, spread: 0.2, &random)
    let fast = times(60, around: 1, spread: 0.2, &random)
    let same = times(60, around: 2, spread: 0.2, &random)
    let estimates = Bootstrap(seed: 1).estimates([slow, fast, same], reference: 0)
    let two = try #require(estimates[1]?.ratio)
    #expect(two.low < 2 && two.high > 2 && two.showsDifference && two.high - two.low < 0.6)
    let one = try #require(estimates[2]?.ratio)
    #expect(one.low < 1 && one.high > 1 && !one.showsDifference)
  }

  /// A 95 % interval should hold the true ratio in about 95 of 100 runs; medians of few samples make it a little less.
  @Test(arguments: [12, 30, 101])
  func intervalsHoldTheTruthAsOftenAsTheySay(rounds: Int) throws {
    var random = SplitMix64(seed: UInt64(rounds))
    var held = (ratio: 0, median: 0)
    let runs = 400
    for run in 0..<runs {
      let slow = times(rounds, around: 3, spread: 0.3, &random)
      let fast = times(rounds, around: 1, spread: 0.3, &random)
      let bootstrap = Bootstrap(seed: UInt64(run), resamples: 400)
      let own = try #require(bootstrap.estimates([slow, fast], reference: 0)[1])
      let ratio = try #require(own.ratio)
      if ratio.low <= 3, 3 <= ratio.high { held.ratio += 1 }
      if own.medianLow <= 1, 1 <= own.medianHigh { held.median += 1 }
    }
    for count in [held.ratio, held.median] {
      #expect(Double(count) / Double(runs) > 0.9 && Double(count) / Double(runs) < 0.995)
    }
  }

  /// Of very many rounds a part is drawn from, and the interval holds the truth as often, being as narrow as that of all.
  @Test func aPartOfManyRoundsTellsTheIntervalOfAll() throws {
    var random = SplitMix64(seed: 17)
    var held = 0
    var widths = 0.0
    let runs = 100
    for run in 0..<runs {
      let slow = times(16_000, around: 3, spread: 0.3, &random)
      let fast = times(16_000, around: 1, spread: 0.3, &random)
      let bootstrap = Bootstrap(seed: UInt64(run), resamples: 200)
      let own = try #require(bootstrap.estimates([slow, fast], reference: 0)[1])
      let ratio = try #require(own.ratio)
      #expect(try ratio.ratio == #require(SampleStatistics(slow)).median / #require(SampleStatistics(fast)).median)
      if ratio.low <= 3, 3 <= ratio.high { held += 1 }
      widths += own.medianHigh - own.medianLow
    }
    #expect(held > 88 && held < 100)
    // The standard error of a median of n times that are evenly spread over w is w / (2·√n).
    let expected = 2 * 1.96 * 0.6 / (2 * 16_000.0.squareRoot())
    #expect(abs(widths / Double(runs) / expected - 1) < 0.1)
  }

  /// What slows a whole round slows both, and the ratio does not suffer from it.
  @Test func roundsStayTogether() throws {
    var random = SplitMix64(seed: 3)
    let drift = (0..<40).map { _ in Double.random(in: 1...3, using: &random) }
    let jitter = (0..<40).map { _ in Double.random(in: 0.99...1.01, using: &random) }
    let slow = drift.map { 2 * $0 }
    let fast = zip(drift, jitter).map { $0 * $1 }
    let together = try #require(Bootstrap(seed: 1).estimates([slow, fast], reference: 0)[1]?.ratio)
    // The same times, but each in a round of its own.
    let apart = try #require(Bootstrap(seed: 1).estimates([slow, fast.reversed()], reference: 0)[1]?.ratio)
    #expect(together.high - together.low < 0.3 * (apart.high - apart.low))
    #expect(together.low <= 2 && 2 <= together.high)
  }

  @Test func theSameSeedGivesTheSameIntervals() {
    var random = SplitMix64(seed: 5)
    let series = (1...3).map { times(25, around: Double($0), spread: 0.3, &random) }
    let first = Bootstrap(seed: 9).estimates(series, reference: 0)
    #expect(first == Bootstrap(seed: 9).estimates(series, reference: 0))
    #expect(first != Bootstrap(seed: 10).estimates(series, reference: 0))
  }

  @Test func seriesOfDifferentLengthsAreComparedWhereBothAre() throws {
    // The third round of the reference is out of line, and the other has none.
    let estimates = Bootstrap(seed: 1).estimates([[4, 4, 400], [2, 2], []], reference: 0)
    #expect(estimates[1]?.ratio == RatioEstimate(ratio: 2, low: 2, high: 2))
    #expect(estimates[2] == nil)
  }

  @Test func disturbanceWidensTheInterval() throws {
    var random = SplitMix64(seed: 11)
    let quiet = times(30, around: 1, spread: 0.02, &random)
    let loud = quiet.enumerated().map { $0 % 2 == 0 ? $1 : $1 * 1.8 }
    let bootstrap = Bootstrap(seed: 1)
    let (before, after) = (
      bootstrap.estimates([quiet], reference: nil)[0], bootstrap.estimates([loud], reference: nil)[0]
    )
    let (narrow, wide) = (try #require(before), try #require(after))
    #expect(wide.medianHigh - wide.medianLow > 5 * (narrow.medianHigh - narrow.medianLow))
  }
}
