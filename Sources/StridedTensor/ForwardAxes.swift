/// A view's axes turned to positive strides, longest stride first: what remains is a question about sums.
///
/// An entry of the view shows offset `base + Σ positionₖ·strideₖ` with every position in 0..<lengthₖ. Axes of length 1
/// are left out; axes of stride 0 only multiply and are kept aside.
struct ForwardAxes {
  struct Axis {
    /// Which axis of the layout this is.
    let source: Int
    let length: Int
    let stride: Int
    /// Whether the layout walks it backwards, so that position p is index length − 1 − p.
    let isFlipped: Bool
    var reach: Int { (length - 1) * stride }
  }

  /// The lowest offset touched.
  let base: Int
  let axes: [Axis]
  /// The entries that stride-0 axes make of each sum.
  let repeats: Int
  /// `tails[k]`: how far axes k, k + 1, … reach together.
  let tails: [Int]

  /// The axes of a layout; none if it has no elements.
  init(_ layout: Layout) {
    base = layout.touchedOffsets?.lowerBound ?? layout.offset
    var axes: [Axis] = []
    var repeats = 1
    for axis in 0..<layout.rank where layout.shape[axis] != 1 && layout.count > 0 {
      let stride = layout.strides[axis]
      if stride == 0 {
        repeats *= layout.shape[axis]
      } else {
        // The reach of an axis longer than 1 fits in an Int, and so does its stride turned round.
        axes.append(
          Axis(source: axis, length: layout.shape[axis], stride: abs(stride), isFlipped: stride < 0))
      }
    }
    axes.sort { $0.stride > $1.stride }
    var tails = [Int](repeating: 0, count: axes.count + 1)
    for k in axes.indices.reversed() { tails[k] = tails[k + 1] + axes[k].reach }
    self.axes = axes
    self.repeats = repeats
    self.tails = tails
  }

  /// How far an offset lies above the lowest one touched, clamped to 0 … one past the highest.
  func distance(to offset: Int) -> Int {
    guard offset > base else { return 0 }
    let (distance, overflow) = offset.subtractingReportingOverflow(base)
    return overflow ? tails[0] + 1 : min(distance, tails[0] + 1)
  }

  /// How many entries have a sum below a bound; nil once the work is used up.
  func countSums(below bound: Int, work: inout Int) -> Int? {
    guard let sums = countSums(below: bound, from: 0, work: &work) else { return nil }
    return sums * repeats
  }

  private func countSums(below bound: Int, from k: Int, work: inout Int) -> Int? {
    guard bound > 0 else { return 0 }
    var all = 1
    if bound > tails[k] {
      for axis in axes[k...] { all *= axis.length }
      return all
    }
    work -= 1
    guard work >= 0 else { return nil }
    let axis = axes[k]
    // Positions below `sure` keep every sum under the bound, those from `none` on keep none.
    let sure = bound > tails[k + 1] ? min((bound - tails[k + 1] - 1) / axis.stride + 1, axis.length) : 0
    let none = min((bound - 1) / axis.stride + 1, axis.length)
    for later in axes[(k + 1)...] { all *= later.length }
    var result = sure * all
    for position in sure..<max(none, sure) {
      guard let inner = countSums(below: bound - position * axis.stride, from: k + 1, work: &work) else { return nil }
      result += inner
    }
    return result
  }
}
