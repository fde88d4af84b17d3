/// A view's axes cut into levels that do not disturb each other.
///
/// A level's strides are multiples of its `unit`, and everything below it reaches less far than one unit. So a
/// distance from the lowest offset splits uniquely into a multiple of the unit and a remainder for the levels below, as
/// a number splits into digits. The view of all windows of a picture has one level for its rows (y and i), one for its
/// columns (x and j), one for the channels: questions about it are answered level by level.
struct AxisLevels {
  struct Level {
    let unit: Int
    /// The axes, with strides divided by the unit, so that their greatest common divisor is 1 (or more for an outer
    /// level made finer by none below).
    let axes: [ForwardAxes.Axis]
    /// The farthest multiple of the unit that the axes reach together.
    var reach: Int { axes.reduce(0) { $0 + $1.reach } }
  }

  let base: Int
  let levels: [Level]
  let repeats: Int

  init(_ layout: Layout) {
    let forward = ForwardAxes(layout)
    base = forward.base
    repeats = forward.repeats
    var levels: [Level] = []
    var open: [ForwardAxes.Axis] = []
    var unit = 0
    for (k, axis) in forward.axes.enumerated() {
      open.append(axis)
      unit = greatestCommonDivisor(unit, axis.stride)
      guard forward.tails[k + 1] < unit else { continue }
      levels.append(
        Level(
          unit: unit,
          axes: open.map {
            ForwardAxes.Axis(
              source: $0.source, length: $0.length, stride: $0.stride / unit, isFlipped: $0.isFlipped)
          }))
      open = []
      unit = 0
    }
    self.levels = levels
  }

  /// What each level has to sum to for an offset, in its units; nil if no entry can show the offset.
  func targets(for offset: Int) -> [Int]? {
    let (distance, overflow) = offset.subtractingReportingOverflow(base)
    guard !overflow, distance >= 0 else { return nil }
    var rest = distance
    var targets: [Int] = []
    for level in levels {
      targets.append(rest / level.unit)
      rest %= level.unit
    }
    return rest == 0 ? targets : nil
  }
}

/// The greatest common divisor of two numbers of 0 or more.
func greatestCommonDivisor(_ a: Int, _ b: Int) -> Int {
  var (a, b) = (a, b)
  while b != 0 { (a, b) = (b, a % b) }
  return a
}
