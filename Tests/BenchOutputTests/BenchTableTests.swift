import BenchOutput
import Convolution
import Measuring
import Testing

/// What `bench` prints of reports whose figures are known.
@Suite struct BenchTableTests {
  private static let disturbed: [Taint] = [.waited(share: 0.3)]

  /// Two rows of four samples; of the first so many are tainted, and the ceilings are doubted where asked for.
  private func report(
    tainted: Int = 0, peak: [Taint] = [], memory: [Taint] = []
  ) throws -> MeasuringReport {
    let geometry = try ConvolutionGeometry(input: [1, 8, 8, 4], weight: [3, 3, 4, 4])
    let measured = MeasuringCase(.convolution(geometry))
    var report = MeasuringReport(request: MeasuringRequest(cases: [measured]), machine: .ofThisProcess())
    report.ceilings = [
      Ceilings(
        threads: 1, peakGigaflops: 95,
        levels: [
          MemoryCeiling(level: .l2, blockBytes: 1, read: 40, copy: 30),
          MemoryCeiling(level: .dram, blockBytes: 1, read: 8, copy: 9, taints: memory),
        ], peakTaints: peak)
    ]
    var item = CaseReport(measured)
    item.contenders = [("im2col", 0.002, tainted), ("direct", 0.001, 0)].map { name, seconds, tainted in
      var row = ContenderReport(
        name: name, kind: .product, threads: 1, work: ContenderWork(directOperations: 1e7))
      row.samples = (0..<4).map { k in
        Sample(round: k, seconds: seconds, taints: k < tainted ? Self.disturbed : [])
      }
      row.statistics = SampleStatistics(row.samples.map(\.seconds))
      return row
    }
    report.cases = [item]
    return report
  }

  private func lines(_ report: MeasuringReport) -> [String] {
    BenchTable(columns: nil).text(report).split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
  }

  private func line(_ start: String, of lines: [String]) throws -> String {
    try #require(lines.first { $0.hasPrefix(start) })
  }

  @Test func aQuietRunHasNoMarks() throws {
    let lines = lines(try report(tainted: 2))
    #expect(!lines.contains { $0.contains("?") })
    #expect(try line("one thread", of: lines).contains("peak 95.0 GFLOP/s in registers; GB/s: L2 40.0, DRAM 9.0"))
  }

  @Test func aMedianOfMostlyTaintedSamplesIsMarked() throws {
    let lines = lines(try report(tainted: 3))
    #expect(try line("im2col", of: lines).contains(" 2.000?  ") && lines.count { $0.contains("?") } == 2)
    #expect(lines.contains("?: of a median most samples are tainted"))
  }

  @Test func ceilingsOfADisturbedMachineAreMarked() throws {
    let peak = lines(try report(peak: Self.disturbed))
    #expect(try line("one thread", of: peak).contains("peak 95.0? GFLOP/s in registers; GB/s: L2 40.0, DRAM 9.0"))
    #expect(
      try line("FMA peak", of: peak).contains(" 95.0? ")
        && peak.contains("?: a ceiling was disturbed, and may be higher"))
    let memory = lines(try report(memory: Self.disturbed))
    #expect(try line("one thread", of: memory).contains("peak 95.0 GFLOP/s in registers; GB/s: L2 40.0, DRAM 9.0?"))
    #expect(try !line("FMA peak", of: memory).contains("?"))
    let both = lines(try report(tainted: 4, memory: Self.disturbed))
    #expect(both.contains("?: of a median most samples are tainted; a ceiling was disturbed, and may be higher"))
  }

  /// Behind a mark or a blank in its place: digits and bars stand where they stand in the other rows.
  @Test func digitsStayInLineBesideMarks() throws {
    let lines = lines(try report(tainted: 3, peak: Self.disturbed))
    let rows = try ["im2col", "direct"].map { try line($0, of: lines) }
    let points = rows.map { row in
      row.indices.filter { row[$0] == "." }.map { row.distance(from: row.startIndex, to: $0) }
    }
    #expect(points[0] == points[1])
    let bars = (rows + [try line("FMA peak", of: lines)]).map { row in
      row.firstIndex(of: "█").map { row.distance(from: row.startIndex, to: $0) }
    }
    #expect(bars[0] != nil && Set(bars).count == 1)
  }

  /// On a narrow terminal no line is longer than it, marks or not.
  @Test(arguments: [60, 80, 100], [0, 4])
  func marksKeepToTheTerminal(columns: Int, tainted: Int) throws {
    let text = BenchTable(columns: columns).text(
      try report(tainted: tainted, peak: Self.disturbed, memory: Self.disturbed))
    #expect(text.split(separator: "\n").allSatisfy { $0.count <= columns })
  }
}
