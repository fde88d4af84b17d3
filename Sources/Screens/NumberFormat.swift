/// How numbers of one panel are printed, so that they line up and nothing moves: one width, one count of decimals.
public struct NumberFormat: Hashable, Sendable {
  /// The columns of every number, blanks at its left included.
  public var columns: Int
  /// Digits after the point.
  public var decimals: Int
  /// Whether a number that rounds to nothing is printed as the zero that it rounds to, so that no other notation stands
  /// among the numbers of a grid; else as a power of ten.
  public var roundsToZero: Bool

  public init(columns: Int, decimals: Int = 0, roundsToZero: Bool = false) {
    self.columns = max(columns, 0)
    self.decimals = min(max(decimals, 0), 15)
    self.roundsToZero = roundsToZero
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

  /// The number, right-aligned in exactly `columns`: `nan` and `inf` by name, scientific where it is too long or (unless
  /// `roundsToZero`) rounds to nothing, and stars where even that does not fit.
  public func text(_ value: Double) -> String {
    let value = shown(value)
    // Nearly every number, made in one go.
    if value.isFinite, !vanishes(value), let text = Self.fixed(value, decimals: decimals, columns: columns),
      text.utf8.count == columns
    {
      return text
    }
    let shown = bare(value)
    let missing = columns - shown.utf8.count
    return missing > 0 ? String(repeating: " ", count: missing) + shown : shown
  }

  /// The number without the blanks at its left.
  public func bare(_ value: Double) -> String {
    let value = shown(value)
    func fits(_ text: String?) -> String? { text.flatMap { $0.utf8.count <= columns ? $0 : nil } }
    guard value.isFinite else { return fits(Self.name(of: value)) ?? stars }
    let vanishes = vanishes(value)
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

  /// A negative zero is a zero, and so may be what rounds to it.
  private func shown(_ value: Double) -> Double { value == 0 || roundsToZero && vanishes(value) ? 0 : value }

  /// Whether a number rounds to nothing.
  private func vanishes(_ value: Double) -> Bool {
    value != 0 && abs(value) * 2 * Self.powersOfTen[decimals] < 1
  }

  private var stars: String { String(repeating: "*", count: columns) }

  private static let powersOfTen: [Double] = (0...15).map { exponent in
    (0..<exponent).reduce(1) { power, _ in power * 10 }
  }

  private static func name(of value: Double) -> String {
    value.isNaN ? "nan" : value < 0 ? "-inf" : "inf"
  }

  /// A number with fixed decimals, with blanks before it up to so many columns; nil where it has more than 17 digits.
  static func fixed(_ value: Double, decimals: Int, columns: Int = 0) -> String? {
    guard value.isFinite else { return nil }
    let decimals = min(max(decimals, 0), 15)
    let scaled = (abs(value) * powersOfTen[decimals]).rounded(.toNearestOrEven)
    guard scaled < 1e17 else { return nil }
    let isNegative = value.sign == .minus
    var rest = UInt64(scaled)
    var digits = 1
    var power: UInt64 = 10
    while power <= rest {
      digits += 1
      power *= 10
    }
    digits = max(digits, decimals + 1)
    let length = max(digits + (decimals > 0 ? 1 : 0) + (isNegative ? 1 : 0), columns)
    return String(unsafeUninitializedCapacity: length) { characters in
      // From the last digit to the first.
      var place = length
      func put(_ character: UInt8) {
        place -= 1
        characters[place] = character
      }
      for digit in 0..<digits {
        if digit == decimals, decimals > 0 { put(UInt8(ascii: ".")) }
        put(UInt8(ascii: "0") + UInt8(rest % 10))
        rest /= 10
      }
      if isNegative { put(UInt8(ascii: "-")) }
      while place > 0 { put(UInt8(ascii: " ")) }
      return length
    }
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
