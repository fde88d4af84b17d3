extension Layout {
  /// How many entries of the view show the element at an offset; nil if not decided within the work bound.
  ///
  /// - Complexity: O(rank²) for separable views (see `overlap`), else up to `workLimit` steps.
  public func multiplicity(of offset: Int, workLimit: Int = analysisWorkLimit) -> Int? {
    ElementMultiplicity(self).count(of: offset, workLimit: workLimit)
  }

  /// The indices of all entries that show the element at an offset, in row-major order, found as they are asked for.
  ///
  /// Every search step costs O(rank); after `workLimit` steps in all the sequence ends, which on separable views
  /// it never does early unless so many indices were given out.
  public func indices(showing offset: Int, workLimit: Int = analysisWorkLimit) -> IndicesShowingElement {
    IndicesShowingElement(self, offset: offset, workLimit: workLimit)
  }
}

/// How many entries of one view show an element, for asking about many elements: the axes are taken apart only once.
public struct ElementMultiplicity: Sendable {
  private let levels: AxisLevels
  private let isEmpty: Bool

  public init(_ layout: Layout) {
    levels = AxisLevels(layout)
    isEmpty = layout.count == 0
  }

  /// The entries that show the element at an offset; nil if not decided within the work bound.
  public func count(of offset: Int, workLimit: Int = Layout.analysisWorkLimit) -> Int? {
    guard !isEmpty else { return 0 }
    guard let targets = levels.targets(for: offset) else { return 0 }
    var result = levels.repeats
    var work = workLimit
    for (level, target) in zip(levels.levels, targets) {
      guard let solutions = countSolutions(level.axes[...], target, work: &work) else { return nil }
      guard solutions > 0 else { return 0 }
      result *= solutions
    }
    return result
  }
}

/// How many ways there are to reach a sum with axes whose longest stride comes first; nil once the work is used up.
private func countSolutions(
  _ axes: ArraySlice<ForwardAxes.Axis>, _ target: Int, work: inout Int
) -> Int? {
  guard let axis = axes.first else { return target == 0 ? 1 : 0 }
  guard target >= 0 else { return 0 }
  let others = axes.dropFirst()
  if others.isEmpty {
    return target % axis.stride == 0 && target / axis.stride < axis.length ? 1 : 0
  }
  if others.count == 1, let second = others.first { return countPairs(axis, second, target) }
  var tail = 0
  for other in others { tail += other.reach }
  let lowest = target > tail ? (target - tail - 1) / axis.stride + 1 : 0
  let highest = min(target / axis.stride, axis.length - 1)
  var result = 0
  for position in lowest..<max(highest + 1, lowest) {
    work -= 1
    guard work >= 0, let inner = countSolutions(others, target - position * axis.stride, work: &work) else {
      return nil
    }
    result += inner
  }
  return result
}

/// The number of (k, l) with k·a + l·b = target, k and l within the axes: one residue class, counted by division.
private func countPairs(_ a: ForwardAxes.Axis, _ b: ForwardAxes.Axis, _ target: Int) -> Int {
  let divisor = greatestCommonDivisor(a.stride, b.stride)
  guard target % divisor == 0 else { return 0 }
  let p = a.stride / divisor
  let q = b.stride / divisor
  let sum = target / divisor
  let reach = (b.length - 1) * q
  let lowest = sum > reach ? (sum - reach - 1) / p + 1 : 0
  let highest = min(sum / p, a.length - 1)
  guard lowest <= highest else { return 0 }
  // k ≡ sum / p (mod q); the product of two residues needs twice the width of an Int.
  let (high, low) = (sum % q).multipliedFullWidth(by: inverse(of: p % q, modulo: q))
  let residue = q == 1 ? 0 : q.dividingFullWidth((high, low)).remainder
  let first = lowest + ((residue - lowest % q) + q) % q
  return first > highest ? 0 : (highest - first) / q + 1
}

/// The inverse of a number modulo another that it shares no divisor with (extended Euclid); 0 modulo 1.
private func inverse(of value: Int, modulo modulus: Int) -> Int {
  var (r0, r1) = (modulus, value)
  var (t0, t1) = (0, 1)
  while r1 > 0 {
    let quotient = r0 / r1
    (r0, r1) = (r1, r0 - quotient * r1)
    (t0, t1) = (t1, t0 - quotient * t1)
  }
  return modulus == 1 ? 0 : (t0 < 0 ? t0 + modulus : t0)
}
