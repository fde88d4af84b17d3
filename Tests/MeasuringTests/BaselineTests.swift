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
