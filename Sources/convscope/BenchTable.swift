import Measuring

/// The results of `bench` as text: a block for each case, a bar for each line, the fastest the longest.
enum BenchTable {
  private static let barWidth = 16

  static func text(_ report: MeasuringReport, _ earlier: MeasuringBaseline? = nil) -> String {
    var lines = [
      "\(report.machine.processor), \(report.machine.processors) processors, \(report.machine.instructionSet.rawValue)"
    ]
    lines += report.ceilings.map(ceilingLine)
    for item in report.cases {
      let rows = item.contenders.filter { $0.statistics != nil || $0.failure != nil }
      guard !rows.isEmpty else { continue }
      let peak = report.ceilings.first { $0.threads == item.measured.threads }?.peakGigaflops
      let isCopy = if case .patchCopy = item.measured.subject { true } else { false }
      lines += ["", title(item.measured), header(item, isCopy: isCopy)]
      let best = max(rows.compactMap(rate).max() ?? 0, isCopy ? 0 : peak ?? 0)
      let type = report.request.elementType.rawValue
      lines += rows.map { row in
        line(row, item, best: best)
          + (earlier?.entry(for: row, of: item.measured, elementType: type).map { "  " + beside($0, row) } ?? "")
      }
      if let peak, !isCopy {
        lines.append(
          left("FMA peak", 22) + right(digits(peak, 1), 34) + String(repeating: " ", count: 50) + "  "
            + bar(peak, of: best))
      }
    }
    lines += ["", conditions(report.conditions)]
    return lines.joined(separator: "\n") + "\n"
  }

  private static func ceilingLine(_ ceilings: Ceilings) -> String {
    let threads = ceilings.threads == 1 ? "one thread" : "\(ceilings.threads) threads"
    let levels = ceilings.levels.map { "\($0.level.rawValue) \(digits($0.gigabytes, 1))" }.joined(separator: ", ")
    return "\(threads): peak \(digits(ceilings.peakGigaflops, 1)) GFLOP/s in registers; GB/s: \(levels)"
  }

  /// How quiet the machine was.
  private static func conditions(_ conditions: MeasuringConditions) -> String {
    var words = ["\(conditions.samples) samples, \(conditions.taintedSamples) disturbed"]
    if let clock = conditions.slowestClock { words.append("clock down to \(digits(clock * 100, 1)) % of its fastest") }
    if let stolen = conditions.stolenSeconds { words.append("\(digits(stolen, 2)) s stolen by the host") }
    if let waited = conditions.waitedSeconds { words.append("\(digits(waited, 2)) s waited for a processor") }
    if let switches = conditions.involuntarySwitches { words.append("\(switches) involuntary switches") }
    return words.joined(separator: " · ")
  }

  private static func title(_ item: MeasuringCase) -> String {
    let threads = item.threads == 1 ? "" : " · \(item.threads) threads"
    return switch item.subject {
    case .convolution: item.specification + threads
    case .product: "product \(item.specification)" + threads
    case .patchCopy: "patches of \(item.specification)" + threads
    }
  }

  /// 10⁹ operations, or bytes of copies, a second.
  private static func rate(_ row: ContenderReport) -> Double? { row.gigaflops ?? row.gigabytes }

  private static func header(_ item: CaseReport, isCopy: Bool) -> String {
    let reference = item.reference.map { "vs \(item.contenders[$0].name)" } ?? ""
    return left("algorithm", 22) + right("median ms", 10) + right("min ms", 10) + right("±", 5)
      + right(isCopy ? "GB/s" : "GFLOP/s", 9) + right(reference, 21) + right("error", 9) + right("moved", 10)
      + right("scratch", 10)
  }

  private static func line(_ row: ContenderReport, _ item: CaseReport, best: Double) -> String {
    let name = row.chosen.map { "\(row.name) (\($0.rawValue))" } ?? row.name
    guard let statistics = row.statistics, let rate = rate(row) else {
      return left(name, 22) + "  " + (row.failure ?? "not measured")
    }
    return left(name, 22) + right(digits(statistics.median * 1e3, 3), 10)
      + right(digits(statistics.minimum * 1e3, 3), 10)
      + right("\(Int((statistics.spread * 100).rounded()))%", 5)
      + right((row.isEffective ? "~" : "") + digits(rate, 1), 9) + right(row.ratio.map(ratio) ?? "", 21)
      + right(row.error.map { scientific($0.largest) } ?? "", 9)
      + right(row.work.traffic.map { bytes($0.bytes) } ?? "", 10) + right(row.scratchBytes.map(bytes) ?? "", 10) + "  "
      + bar(rate, of: best) + notes(row).map { "  " + $0 }.joined()
  }

  /// What is special about a row.
  private static func notes(_ row: ContenderReport) -> [String] {
    var notes: [String] = []
    if let part = row.part { notes.append("measured on \(part)") }
    let steps = row.steps.compactMap { step in step.median.map { "\(step.name) \(digits($0 * 1e3, 3)) ms" } }
    if !steps.isEmpty { notes.append(steps.joined(separator: " + ")) }
    if let failure = row.failure { notes.append(failure) }
    return notes
  }

  /// A row beside its earlier self.
  private static func beside(_ earlier: MeasuringBaseline.Entry, _ row: ContenderReport) -> String {
    let words = "\(digits(earlier.median * 1e3, 3)) ms earlier"
    guard let ratio = row.statistics.flatMap({ earlier.ratio(to: $0) }) else { return words }
    guard ratio.showsDifference else { return words + ": no difference shown" }
    return words + ": now \(digits(ratio.ratio, 2))× as fast, \(digits(ratio.low, 2))–\(digits(ratio.high, 2))"
  }

  /// A ratio and its interval, to three digits.
  private static func ratio(_ ratio: RatioEstimate) -> String {
    guard ratio.showsDifference else { return "no difference" }
    let places = ratio.ratio < 0.1 ? 4 : ratio.ratio < 10 ? 2 : 1
    return "\(digits(ratio.ratio, places))× \(digits(ratio.low, places))–\(digits(ratio.high, places))"
  }

  private static func bar(_ rate: Double, of best: Double) -> String {
    let filled = best > 0 ? max(Int((rate / best * Double(barWidth)).rounded()), rate > 0 ? 1 : 0) : 0
    return String(repeating: "█", count: filled)
  }

  static func digits(_ value: Double, _ places: Int) -> String {
    guard value.isFinite, abs(value) < 1e15 else { return "\(value)" }
    var power = 1.0
    for _ in 0..<places { power *= 10 }
    let scaled = Int((abs(value) * power).rounded())
    let whole = "\(scaled / Int(power))"
    let sign = value < 0 ? "-" : ""
    guard places > 0 else { return sign + whole }
    let fraction = "\(scaled % Int(power))"
    return sign + whole + "." + String(repeating: "0", count: places - fraction.count) + fraction
  }

  /// One digit and a power of ten, as errors are read.
  private static func scientific(_ value: Double) -> String {
    guard value > 0, value.isFinite else { return value == 0 ? "0" : "\(value)" }
    var (mantissa, exponent) = (value, 0)
    while mantissa < 1 { (mantissa, exponent) = (mantissa * 10, exponent - 1) }
    while mantissa >= 9.95 { (mantissa, exponent) = (mantissa / 10, exponent + 1) }
    return digits(mantissa, 1) + "e\(exponent)"
  }

  private static func bytes(_ count: Int) -> String {
    switch count {
    case ..<1024: "\(count) B"
    case ..<(1 << 20): digits(Double(count) / 1024, 1) + " KiB"
    case ..<(1 << 30): digits(Double(count) / Double(1 << 20), 1) + " MiB"
    default: digits(Double(count) / Double(1 << 30), 1) + " GiB"
    }
  }

  private static func left(_ text: String, _ width: Int) -> String {
    text + String(repeating: " ", count: max(width - text.count, 1))
  }

  private static func right(_ text: String, _ width: Int) -> String {
    String(repeating: " ", count: max(width - text.count, 1)) + text
  }
}
