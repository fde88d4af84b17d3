import Measuring

/// The results of `bench` as text: a block for each shape, a bar for each line, the fastest the longest.
enum BenchTable {
  private static let barWidth = 24

  static func text(_ machine: Machine, _ results: [BenchResult]) -> String {
    var lines = [
      "\(machine.processor), \(machine.processors) processors, \(machine.instructionSet.rawValue)",
      "one thread: peak \(digits(machine.peakGigaflops, 1)) GFLOP/s in registers, "
        + "copy \(digits(machine.copyGigabytes, 1)) GB/s read and written",
    ]
    var title = ""
    for (index, result) in results.enumerated() {
      if result.title != title {
        title = result.title
        let block = results[index...].prefix { $0.title == title }
        lines += ["", title, header(isCopy: result.isCopy)]
        let best = block.compactMap(\.rate).max() ?? 0
        lines += block.map { line($0, best: best) }
      }
    }
    return lines.joined(separator: "\n") + "\n"
  }

  private static func header(isCopy: Bool) -> String {
    left("algorithm", 21) + right("median ms", 10) + right("min ms", 10) + right("±", 6)
      + right(isCopy ? "GB/s" : "GFLOP/s", 10) + right("vs naive", 9) + right("error", 9) + right("scratch", 10)
  }

  private static func line(_ result: BenchResult, best: Double) -> String {
    let name = result.chosen.map { "\(result.name) (\($0))" } ?? result.name
    guard let statistics = result.statistics, let rate = result.rate else {
      return left(name, 21) + "  " + (result.note ?? "not measured")
    }
    let filled = best > 0 ? max(Int((rate / best * Double(barWidth)).rounded()), rate > 0 ? 1 : 0) : 0
    return left(name, 21) + right(digits(statistics.median * 1e3, 3), 10)
      + right(digits(statistics.minimum * 1e3, 3), 10)
      + right("\(Int((statistics.spread * 100).rounded()))%", 6) + right(digits(rate, 1), 10)
      + right(result.ratioToNaive.map { digits($0, 1) + "×" } ?? "", 9)
      + right(result.error.map(scientific) ?? "", 9) + right(result.scratchBytes.map(bytes) ?? "", 10) + "  "
      + String(repeating: "█", count: filled) + (result.note.map { "  " + $0 } ?? "")
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
