import Measuring

/// How `bench` writes its figures.
enum BenchText {
  /// A ratio and its interval, to three digits.
  static func ratio(_ ratio: RatioEstimate) -> String {
    guard ratio.showsDifference else { return "no difference" }
    let places = ratio.ratio < 0.1 ? 4 : ratio.ratio < 10 ? 2 : 1
    return "\(digits(ratio.ratio, places))× \(digits(ratio.low, places))–\(digits(ratio.high, places))"
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
  static func scientific(_ value: Double) -> String {
    guard value > 0, value.isFinite else { return value == 0 ? "0" : "\(value)" }
    var (mantissa, exponent) = (value, 0)
    while mantissa < 1 { (mantissa, exponent) = (mantissa * 10, exponent - 1) }
    while mantissa >= 9.95 { (mantissa, exponent) = (mantissa / 10, exponent + 1) }
    return digits(mantissa, 1) + "e\(exponent)"
  }

  /// A number that may be that of a disturbed machine has a question mark.
  static func marked(_ text: String, isDoubtful: Bool) -> String { text + (isDoubtful ? "?" : "") }
}
