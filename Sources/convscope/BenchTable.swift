import Measuring

/// The results of `bench` as text: a block for each shape, a bar for each line, the fastest the longest.
enum BenchTable {
  private static let barWidth = 24

  static func text(_ report: MeasuringReport) -> String {
    var lines = [
      "\(report.machine.processor), \(report.machine.processors) processors, \(report.machine.instructionSet.rawValue)"
    ]
    lines += report.ceilings.map(ceilingLine)
    for item in report.cases {
      let rows = item.contenders.filter { $0.statistics != nil || $0.failure != nil }
      guard !rows.isEmpty else { continue }
      lines += ["", title(item.measured), header(item)]
      let best = rows.compactMap(rate).max() ?? 0
      lines += rows.map { line($0, item, best: best) }
    }
    return lines.joined(separator: "\n") + "\n"
  }

  private static func ceilingLine(_ ceilings: Ceilings) -> String {
    let threads = ceilings.threads == 1 ? "one thread" : "\(ceilings.threads) threads"
    let levels = ceilings.levels.map { "\($0.level.rawValue) \(digits($0.gigabytes, 1))" }.joined(separator: ", ")
    return "\(threads): peak \(digits(ceilings.peakGigaflops, 1)) GFLOP/s in registers; GB/s: \(levels)"
  }

  private static func title(_ item: MeasuringCase) -> String {
    switch item.subject {
    case .convolution: item.specification
    case .product: "product \(item.specification)"
    case .patchCopy: "patches of \(item.specification)"
    }
  }

  /// 10⁹ operations, or bytes of copies, a second.
  private static func rate(_ row: ContenderReport) -> Double? { row.gigaflops ?? row.gigabytes }

  private static func header(_ item: CaseReport) -> String {
    let isCopy = if case .patchCopy = item.measured.subject { true } else { false }
    let reference = item.reference.map { "vs \(item.contenders[$0].name)" } ?? ""
    return left("algorithm", 22) + right("median ms", 10) + right("min ms", 10) + right("±", 6)
      + right(isCopy ? "GB/s" : "GFLOP/s", 10) + right(reference, 10) + right("error", 9) + right("scratch", 10)
  }

  private static func line(_ row: ContenderReport, _ item: CaseReport, best: Double) -> String {
    let name = row.chosen.map { "\(row.name) (\($0.rawValue))" } ?? row.name
    guard let statistics = row.statistics, let rate = rate(row) else {
      return left(name, 22) + "  " + (row.failure ?? "not measured")
    }
    let filled = best > 0 ? max(Int((rate / best * Double(barWidth)).rounded()), rate > 0 ? 1 : 0) : 0
    let notes = [row.part.map { "measured on \($0)" }, row.failure].compactMap { $0 }.joined(separator: "; ")
    return left(name, 22) + right(digits(statistics.median * 1e3, 3), 10)
      + right(digits(statistics.minimum * 1e3, 3), 10)
      + right("\(Int((statistics.spread * 100).rounded()))%", 6) + right(digits(rate, 1), 10)
      + right(row.ratio.map { digits($0.ratio, 1) + "×" } ?? "", 10)
      + right(row.error.map { scientific($0.largest) } ?? "", 9) + right(row.scratchBytes.map(bytes) ?? "", 10) + "  "
      + String(repeating: "█", count: filled) + (notes.isEmpty ? "" : "  " + notes)
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
