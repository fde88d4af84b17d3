/// How numbers of one panel are printed, so that they line up and nothing moves: one width, one count of decimals.
public struct NumberFormat: Hashable, Sendable {
  /// The columns of every number, blanks at its left included.
  public var columns: Int
  /// Digits after the point.
  public var decimals: Int

  public init(columns: Int, decimals: Int = 0) {
    self.columns = max(columns, 0)
    self.decimals = min(max(decimals, 0), 15)
  }

  /// The format for values between two bounds in the given columns: no decimals for whole numbers, else as many as fit.
  public init(least: Double, greatest: Double, whole: Bool, columns: Int, mostDecimals: Int = 4) {
    var decimals = whole ? 0 : min(max(mostDecimals, 0), 15)
    func fits(_ decimals: Int) -> Bool {
      [least, greatest].allSatisfy { value in
        !value.isFinite || (Self.fixed(value, decimals: decimals).map { $0.count <= columns } ?? false)
      }
    }
    while decimals > 0, !fits(decimals) { decimals -= 1 }
    self.init(columns: columns, decimals: decimals)
  }

  /// The format for some values; whole numbers get no decimals.
  public init(_ values: some Sequence<Double>, columns: Int, mostDecimals: Int = 4) {
    let finite = values.filter(\.isFinite)
    self.init(
      least: finite.min() ?? 0, greatest: finite.max() ?? 0, whole: finite.allSatisfy { $0.rounded() == $0 },
      columns: columns, mostDecimals: mostDecimals)
  }

  /// The columns that every value between two bounds needs with so many decimals.
  public static func columns(least: Double, greatest: Double, decimals: Int = 0) -> Int {
    [least, greatest].map { value in
      value.isFinite ? (fixed(value, decimals: decimals)?.count ?? 8) : value < 0 ? 4 : 3
    }.max() ?? 1
  }

  /// The number, right-aligned in exactly `columns`: `nan` and `inf` by name, scientific where it is too long or rounds
  /// to nothing, and stars where even that does not fit.
  public func text(_ value: Double) -> String {
    let shown = bare(value)
    let missing = columns - shown.utf8.count
    return missing > 0 ? String(repeating: " ", count: missing) + shown : shown
  }

  /// The number without the blanks at its left.
  public func bare(_ value: Double) -> String {
    // A negative zero is a zero.
    let value = value == 0 ? 0 : value
    func fits(_ text: String?) -> String? { text.flatMap { $0.utf8.count <= columns ? $0 : nil } }
    guard value.isFinite else { return fits(Self.name(of: value)) ?? stars }
    let vanishes = value != 0 && abs(value) * 2 * Self.powersOfTen[decimals] < 1
    if !vanishes {
      for decimals in stride(from: decimals, through: 0, by: -1) {
        if let text = fits(Self.fixed(value, decimals: decimals)) { return text }
      }
    }
    for digits in stride(from: 3, through: 0, by: -1) {
      if let text = fits(Self.scientific(value, decimals: digits)) { return text }
    }
    // A number too small for its format, where there is no room to say how small.
    guard vanishes else { return stars }
    return fits(Self.fixed(value, decimals: decimals)) ?? fits(value < 0 ? "-0" : "0") ?? stars
  }

  private var stars: String { String(repeating: "*", count: columns) }

  private static let powersOfTen: [Double] = (0...15).map { exponent in
    (0..<exponent).reduce(1) { power, _ in power * 10 }
  }

  private static func name(of value: Double) -> String {
    value.isNaN ? "nan" : value < 0 ? "-inf" : "inf"
  }

  /// A number with fixed decimals; nil where it has more than 17 digits.
  static func fixed(_ value: Double, decimals: Int) -> String? {
    guard value.isFinite else { return nil }
    let decimals = min(max(decimals, 0), 15)
    let scaled = (abs(value) * powersOfTen[decimals]).rounded(.toNearestOrEven)
    guard scaled < 1e17 else { return nil }
    let sign = value.sign == .minus ? "-" : ""
    guard decimals > 0 else { return sign + String(Int64(scaled)) }
    let one = Int64(powersOfTen[decimals])
    let (whole, part) = Int64(scaled).quotientAndRemainder(dividingBy: one)
    // The part with a digit before it keeps its zeros.
    return sign + String(whole) + "." + String(one + part).dropFirst()
  }

  /// `-1.5e-7`, with at most so many decimals and no zeros at their end.
  static func scientific(_ value: Double, decimals: Int) -> String {
    guard value != 0, value.isFinite else { return value == 0 ? "0" : name(of: value) }
    var exponent = 0
    var mantissa = abs(value)
    while mantissa >= 10 {
      mantissa /= 10
      exponent += 1
    }
    while mantissa < 1 {
      mantissa *= 10
      exponent -= 1
    }
    var digits = fixed(mantissa, decimals: decimals) ?? ""
    if digits.hasPrefix("10") {
      digits = fixed(1, decimals: decimals) ?? ""
      exponent += 1
    }
    if decimals > 0 {
      while digits.hasSuffix("0") { digits.removeLast() }
      if digits.hasSuffix(".") { digits.removeLast() }
    }
    return (value < 0 ? "-" : "") + digits + "e\(exponent)"
  }
}
