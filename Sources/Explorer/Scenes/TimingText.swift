import Measuring
import Screens

/// How Timing's figures are written: three digits, and the unit.
enum TimingText {
  /// `1.23 ms`, in three digits.
  static func time(_ seconds: Double) -> String {
    guard seconds.isFinite, seconds >= 0 else { return "?" }
    guard seconds > 0 else { return "0 s" }
    var value = seconds
    for unit in ["s", "ms", "µs"] {
      if value >= 0.9995 { return "\(digits(value)) \(unit)" }
      value *= 1000
    }
    return "\(digits(value)) ns"
  }

  /// A time that is reckoned from a part says so.
  static func time(_ seconds: Double, of contender: ContenderReport) -> String {
    (contender.isExtrapolated ? "~" : "") + time(seconds)
  }

  /// Three digits: `0.0123`, `1.23`, `12.3`, `123`, `1230`.
  static func digits(_ value: Double) -> String {
    guard value.isFinite else { return "?" }
    let size = abs(value)
    let decimals = size >= 99.95 ? 0 : size >= 9.995 ? 1 : size >= 0.9995 ? 2 : size >= 0.09995 ? 3 : 4
    var unit = 1.0
    while size / unit >= 999.5 { unit *= 10 }
    return NumberFormat(columns: 9, decimals: decimals).bare(unit > 1 ? (value / unit).rounded() * unit : value)
  }

  /// A factor in three digits, three decimals at most; a tiny one as a part, 1/20100.
  static func factor(_ value: Double) -> String {
    guard value.isFinite else { return "?" }
    if value > 0, value < 0.00095 { return "1/\(digits(1 / value))" }
    return abs(value) < 0.09995 ? NumberFormat(columns: 7, decimals: 3).bare(value) : digits(value)
  }

  /// `2.31 (2.28–2.35)`, or that none is shown.
  static func ratio(_ ratio: RatioEstimate) -> String {
    guard ratio.showsDifference else { return "no difference shown" }
    if ratio.ratio < 0.1, ratio.low > 0 {
      // As what it is a part of: 1/57 is read more easily than 0.0175.
      let (part, more, less) = (1 / ratio.ratio, 1 / ratio.low, 1 / ratio.high)
      guard part >= 999.5 else { return "1/\(digits(part)) (1/\(digits(more))–1/\(digits(less)))" }
      return "1/\(digits(part)) ±\(percent((more - less) / 2 / part))"
    }
    return "\(factor(ratio.ratio)) (\(factor(ratio.low))–\(factor(ratio.high)))"
  }

  static func percent(_ share: Double) -> String {
    guard share.isFinite else { return "?" }
    let value = share * 100
    if value > 0, value < 0.0005 { return "< 0.001 %" }
    if value > 0, value < 0.0995 { return NumberFormat(columns: 6, decimals: 3).bare(value) + " %" }
    return NumberFormat(columns: 6, decimals: value < 9.95 ? 1 : 0).bare(value) + " %"
  }

  /// One digit after the point and a power of ten, as errors are read.
  static func error(_ value: Double) -> String {
    guard value.isFinite, value > 0 else { return value == 0 ? "0" : "nan" }
    var (mantissa, exponent) = (value, 0)
    while mantissa < 1, exponent > -400 { (mantissa, exponent) = (mantissa * 10, exponent - 1) }
    while mantissa >= 9.95 { (mantissa, exponent) = (mantissa / 10, exponent + 1) }
    return NumberFormat(columns: 4, decimals: 1).bare(mantissa) + "e\(exponent)"
  }

  /// 10⁹ operations a second that the machine can do at most; with a question mark if that was disturbed.
  static func peak(_ ceilings: Ceilings) -> String {
    digits(ceilings.peakGigaflops) + (ceilings.peakTaints.isEmpty ? "" : "?")
  }

  /// 10⁹ bytes a second that a level of memory gives at most; with a question mark if that was disturbed.
  static func gigabytes(_ ceiling: MemoryCeiling) -> String {
    digits(ceiling.gigabytes) + (ceiling.isDoubtful ? "?" : "")
  }

  static func seconds(_ seconds: Double) -> String {
    guard seconds.isFinite, seconds >= 0, seconds < 1e6 else { return "?" }
    return "\(Int(seconds.rounded())) s"
  }
}
