import Screens

/// Seconds as columns of the screen.
struct TimeAxis: Hashable {
  let kind: TimingWords.Axis
  /// Both ends in seconds; 0 at the left of a linear axis.
  let low: Double
  let high: Double
  let columns: Int

  /// An axis that holds all times, its ends round numbers, so that it stands still while times come in.
  init?(_ kind: TimingWords.Axis, holding times: [Double], columns: Int) {
    let times = times.filter { $0 > 0 && $0.isFinite }
    guard let least = times.min(), let most = times.max(), columns >= 8 else { return nil }
    self.kind = kind
    self.columns = columns
    high = Self.round(most, up: true)
    switch kind {
    case .linear: low = 0
    case .log:
      let below = Self.round(least, up: false)
      low = below < high ? below : below / 2
    }
  }

  /// The column of a time, from 0; outside the axis its nearer end.
  func column(of seconds: Double) -> Int {
    let share: Double
    switch kind {
    case .linear: share = seconds / high
    case .log:
      share =
        seconds > 0
        ? RealFunctions.naturalLogarithm(seconds / low) / RealFunctions.naturalLogarithm(high / low) : 0
    }
    return Meters.knobColumn(share, columns: columns)
  }

  /// Round times with their places: powers of ten, and 2 and 5 of them where there is room; the ends' halves on a linear axis.
  var ticks: [(seconds: Double, column: Int)] {
    let values: [Double]
    switch kind {
    case .linear: values = [0, high / 4, high / 2, high * 3 / 4, high]
    case .log:
      let decades = RealFunctions.naturalLogarithm(high / low) / RealFunctions.naturalLogarithm(10)
      let steps: [Double] = Double(columns) / max(decades, 0.1) >= 36 ? [1, 2, 5] : [1]
      var power = 1e-9
      var found: [Double] = []
      while power <= high * 1.001 {
        found += steps.map { $0 * power }
        power *= 10
      }
      let inside = found.filter { $0 >= low * 0.999 && $0 <= high * 1.001 }
      values = inside.count >= 2 ? inside : [low, high]
    }
    return values.map { ($0, column(of: $0)) }
  }

  /// The nearest of 1, 2 and 5 times a power of ten that is not below, or not above.
  private static func round(_ value: Double, up: Bool) -> Double {
    var power = 1e-12
    while power * 10 <= value { power *= 10 }
    let steps: [Double] = [1, 2, 5, 10]
    let tolerance = 1e-9
    if up { return (steps.first { $0 * power >= value * (1 - tolerance) } ?? 10) * power }
    return (steps.last { $0 * power <= value * (1 + tolerance) } ?? 1) * power
  }
}
