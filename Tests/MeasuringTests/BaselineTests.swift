import Experiments
import Foundation
import Measuring
import Testing

/// Earlier runs, read from what was written.
@Suite struct BaselineTests {
  private let measured: MeasuringCase
  private let direct: ContenderReport

  init() throws {
    let shape = try ShapeSpecification("10,32,32,8,3,16")
    measured = MeasuringCase(.convolution(shape.geometry))
    direct = ContenderReport(
      name: "direct", kind: .algorithm(.direct), threads: 1, work: ContenderWork(directOperations: 1))
  }

  private func baseline(_ text: String) throws -> MeasuringBaseline {
    try MeasuringBaseline(json: Data(text.utf8), file: "a.json")
  }

  @Test func theMedianAndItsIntervalAreRead() throws {
    let run = try baseline(
      """
      {"results": [{"shape": "10,32,32,8,3,16,s1", "algorithm": "direct", "threads": 1, "dtype": "float32", \
      "median_s": 2, "median_interval_s": [1.9, 2.2]}]}
      """)
    let entry = try #require(run.entry(for: direct, of: measured, elementType: "float32"))
    #expect(entry.median == 2 && entry.low == 1.9 && entry.high == 2.2)
    #expect(run.entry(for: direct, of: measured, elementType: "float64") == nil)
    // Twice as fast as before, known as well as the earlier run is.
    let now = try #require(SampleStatistics([1, 1, 1]))
    let ratio = try #require(entry.ratio(to: now))
    #expect(ratio.ratio == 2)
    #expect(abs(ratio.low - 1.9) < 1e-12 && abs(ratio.high - 2.2) < 1e-12)
    #expect(ratio.showsDifference)
  }

  /// Products and copies, which are told from the convolution of the same words.
  @Test func productsAndCopiesAreReadToo() throws {
    let run = try baseline(
      """
      {"results": [
      {"gemm": "64,32,16", "algorithm": "product", "threads": 1, "dtype": "float32", "median_s": 1, "times_s": [1]},
      {"copy": "10,32,32,8,3,16", "algorithm": "direct", "threads": 1, "dtype": "float32", "median_s": 2, "times_s": [2]}]}
      """)
    #expect(run.entry(for: direct, of: measured, elementType: "float32") == nil)
    let patches = MeasuringCase(.patchCopy(try #require(measured.subject.geometry)))
    #expect(run.entry(for: direct, of: patches, elementType: "float32")?.median == 2)
    let product = ContenderReport(
      name: "product", kind: .product, threads: 1, work: ContenderWork(directOperations: 1))
    let sizes = MeasuringCase(.product(rows: 64, depth: 32, columns: 16))
    #expect(run.entry(for: product, of: sizes, elementType: "float32")?.median == 1)
    #expect(
      run.entry(for: product, of: MeasuringCase(.product(rows: 32, depth: 64, columns: 16)), elementType: "float32")
        == nil)
  }

  /// A 95 % interval of two runs that know nothing of each other should hold the true ratio in about 95 of 100.
  @Test func theRatioHoldsTheTruthAsOftenAsItSays() throws {
    var random = SplitMix64(seed: 23)
    func times(around center: Double) -> [Double] {
      (0..<30).map { _ in center * (1 + Double.random(in: -0.3...0.3, using: &random)) }
    }
    var held = 0
    let runs = 400
    for run in 0..<runs {
      let bootstrap = Bootstrap(seed: UInt64(run), resamples: 400)
      let (then, now) = (times(around: 3), times(around: 1))
      let median = try #require(SampleStatistics(then)).median
      let earlier = try baseline(
        """
        {"results": [{"shape": "10,32,32,8,3,16", "algorithm": "direct", "threads": 1, "dtype": "float32", \
        "median_s": \(median), "times_s": \(then)}]}
        """)
      let entry = try #require(earlier.entry(for: direct, of: measured, elementType: "float32"))
      var statistics = try #require(SampleStatistics(now))
      let estimate = try #require(bootstrap.estimates([now], reference: nil)[0])
      (statistics.medianLow, statistics.medianHigh) = (estimate.medianLow, estimate.medianHigh)
      let ratio = try #require(entry.ratio(to: statistics))
      if ratio.low <= 3, 3 <= ratio.high { held += 1 }
    }
    #expect(Double(held) / Double(runs) > 0.9 && Double(held) / Double(runs) < 0.995)
  }

  /// Files of before intervals were written have the times.
  @Test func anIntervalIsWorkedOutFromTheTimes() throws {
    let run = try baseline(
      """
      {"results": [{"shape": "10,32,32,8,3,16", "algorithm": "direct", "threads": 1, "dtype": "float32", \
      "median_s": 2, "times_s": [1, 2, 3]}]}
      """)
    let entry = try #require(run.entry(for: direct, of: measured, elementType: "float32"))
    #expect(entry.low >= 1 && entry.low <= 2 && entry.high >= 2 && entry.high <= 3)
  }

  @Test(arguments: [
    "", "not JSON", "[]", "{}", #"{"results": []}"#, #"{"results": [{"shape": "1,2", "algorithm": "direct"}]}"#,
    #"{"results": [{"shape": "10,32,32,8,3,16", "algorithm": "direct", "threads": 1, "dtype": "float32", "median_s": -1}]}"#,
  ])
  func whatIsNoRunIsRefused(_ text: String) throws {
    #expect(throws: MeasuringError.self) { _ = try baseline(text) }
  }
}
