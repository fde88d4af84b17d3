import Measuring
import Screens

/// A column of Timing's tables.
enum TimingColumn: CaseIterable {
  case median, minimum, ratio, gigaflops, moved, scratch, error, norm, coldCall, p90, samples, earlier

  /// Columns of the screen, a blank before them included.
  var width: Int {
    switch self {
    case .median, .minimum, .p90, .coldCall: 9
    case .ratio: 23
    case .gigaflops: 11
    case .moved, .scratch: 9
    case .error, .norm: 9
    case .samples: 13
    case .earlier: 23
    }
  }

  /// Those beside the points, in the order that they are given up where there is no room.
  static let besidePoints: [TimingColumn] = [
    .median, .ratio, .gigaflops, .moved, .minimum, .error, .scratch, .coldCall, .norm, .samples, .p90,
  ]
  /// Those of the table of all figures: first those that are not beside the points on a small screen.
  static let ofTable: [TimingColumn] = [
    .minimum, .gigaflops, .moved, .scratch, .error, .norm, .median, .ratio, .p90, .coldCall, .samples,
  ]

  /// The heading; longer wordings first.
  func heading(reference: String?) -> [String] {
    switch self {
    case .median: ["median"]
    case .minimum: ["min"]
    case .p90: ["p90"]
    case .ratio: ["× \(reference ?? "the first")'s speed", "ratio"]
    case .gigaflops: ["GFLOP/s"]
    case .moved: ["moved"]
    case .scratch: ["scratch"]
    case .error: ["error"]
    case .norm: ["norm"]
    case .coldCall: ["1st call"]
    case .samples: ["tainted"]
    case .earlier: ["× the earlier speed", "× earlier"]
    }
  }

  /// What stands in a row; empty where nothing is known.
  func text(_ row: TimedRow, isReference: Bool) -> String {
    let contender = row.contender
    switch self {
    case .median: return contender.statistics.map { TimingText.time($0.median, of: contender) } ?? ""
    case .minimum: return contender.statistics.map { TimingText.time($0.minimum, of: contender) } ?? ""
    case .p90: return contender.statistics.map { TimingText.time($0.p90, of: contender) } ?? ""
    case .ratio: return isReference ? "1" : contender.ratio.map(TimingText.ratio) ?? ""
    case .gigaflops:
      return contender.gigaflops.map { TimingText.factor($0) + (contender.isEffective ? " eff" : "    ") } ?? ""
    case .moved:
      return contender.work.traffic.map { (contender.work.isLeast ? "≥" : "") + ByteCount.text($0.bytes) } ?? ""
    case .scratch: return contender.scratchBytes.map(ByteCount.text) ?? ""
    case .error: return contender.error.map { TimingText.error($0.relative) } ?? ""
    case .norm: return contender.error.map { ($0.isSampled ? "~" : "") + TimingText.error($0.norm) } ?? ""
    case .coldCall: return contender.coldCall.map { TimingText.time($0, of: contender) } ?? ""
    case .samples:
      return contender.samples.isEmpty ? "" : "\(contender.taintedCount) of \(contender.samples.count)"
    case .earlier: return row.earlierRatio.map(TimingText.ratio) ?? ""
    }
  }
}
