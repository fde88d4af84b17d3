import Measuring
import Screens

/// A column of `bench`'s table, from left to right.
enum BenchColumn: CaseIterable {
  case median, minimum, spread, rate, ratio, error, moved, scratch

  /// In the order that they are given up where there is no room, the most wanted first.
  static let byImportance: [BenchColumn] = [.median, .rate, .ratio, .spread, .error, .minimum, .moved, .scratch]

  func heading(_ item: CaseReport) -> String {
    switch self {
    case .median: "median ms"
    case .minimum: "min ms"
    case .spread: "±"
    case .rate: item.isCopy ? "GB/s" : "GFLOP/s"
    case .ratio: item.reference.map { "vs \(item.contenders[$0].name)" } ?? ""
    case .error: "error"
    case .moved: "moved"
    case .scratch: "scratch"
    }
  }

  /// What stands in a row that was measured; empty where nothing is known.
  func text(_ row: ContenderReport, _ statistics: SampleStatistics) -> String {
    switch self {
    case .median: BenchText.marked(BenchText.digits(statistics.median * 1e3, 3), isDoubtful: row.isMostlyTainted)
    case .minimum: BenchText.digits(statistics.minimum * 1e3, 3)
    case .spread: "\(Int((statistics.spread * 100).rounded()))%"
    case .rate: row.rate.map { (row.isEffective ? "~" : "") + BenchText.digits($0, 1) } ?? ""
    case .ratio: row.ratio.map(BenchText.ratio) ?? ""
    case .error: row.error.map { BenchText.scientific($0.relative) } ?? ""
    case .moved: row.work.traffic.map { (row.work.isLeast ? "≥" : "") + ByteCount.text($0.bytes) } ?? ""
    case .scratch: row.scratchBytes.map(ByteCount.text) ?? ""
    }
  }
}

extension CaseReport {
  var isCopy: Bool { if case .patchCopy = measured.subject { true } else { false } }
}

extension ContenderReport {
  /// 10⁹ operations, or bytes of copies, a second.
  var rate: Double? { gigaflops ?? gigabytes }
}
