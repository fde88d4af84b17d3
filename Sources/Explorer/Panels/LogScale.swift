import Screens

/// Numbers as places on a logarithmic axis.
struct LogScale: Hashable {
  let low: Double
  let high: Double
  /// Places, from 0.
  let places: Int

  init(_ low: Double, _ high: Double, places: Int) {
    self.low = max(low, 1e-12)
    self.high = max(high, self.low * 1.0001)
    self.places = max(places, 1)
  }

  /// The place of a number; outside the axis one below 0 or above the last.
  func place(_ value: Double) -> Int { Int(position(value).rounded()) }

  /// The same between two places.
  func position(_ value: Double) -> Double {
    guard value > 0, value.isFinite else { return -1 }
    let share = RealFunctions.naturalLogarithm(value / low) / RealFunctions.naturalLogarithm(high / low)
    return min(max(share * Double(places - 1), -1), Double(places))
  }

  /// The number at a place.
  func value(at place: Int) -> Double {
    let share = Double(place) / Double(max(places - 1, 1))
    return low * RealFunctions.exponential(share * RealFunctions.naturalLogarithm(high / low))
  }

  /// Powers of a base within the axis.
  func powers(of base: Double) -> [Double] {
    var value = 1.0
    while value > low * 1.0001 { value /= base }
    while value < low * 0.9999 { value *= base }
    var found: [Double] = []
    while value <= high * 1.0001, found.count < 64 {
      found.append(value)
      value *= base
    }
    return found
  }
}
