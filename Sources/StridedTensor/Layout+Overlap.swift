/// Whether entries of a view share memory.
public enum Overlap: Hashable, Sendable {
  /// Every entry has an element of its own.
  case none
  /// At least two entries show the same element.
  case some
  /// Not found out within the work bound.
  case notDecided
}

extension Layout {
  /// Steps that the analysis of a hard layout may take unless told otherwise.
  public static let analysisWorkLimit = 1 << 22

  /// Whether two entries of the view show the same element.
  ///
  /// Separable views, whose axes fall into independent pairs as those of windows over a picture do, are decided in
  /// closed form. For others (the question is a bounded subset sum) up to `workLimit` elements are marked.
  ///
  /// - Complexity: O(rank²) for separable views, else O(rank · workLimit).
  public func overlap(workLimit: Int = analysisWorkLimit) -> Overlap {
    guard count > 1 else { return .none }
    let levels = AxisLevels(self)
    guard levels.repeats == 1 else { return .some }
    var result = Overlap.none
    for level in levels.levels {
      switch level.overlap(workLimit: workLimit) {
      case .some: return .some
      case .notDecided: result = .notDecided
      case .none: break
      }
    }
    return result
  }

  /// How many different elements the view shows; nil if not decided within the work bound.
  ///
  /// - Complexity: as `overlap`.
  public func distinctCount(workLimit: Int = analysisWorkLimit) -> Int? {
    guard count > 0 else { return 0 }
    var result = 1
    for level in AxisLevels(self).levels {
      guard let distinct = level.distinctCount(workLimit: workLimit) else { return nil }
      result *= distinct
    }
    return result
  }

  /// Bytes that the view's shape stands for: NumPy's `nbytes`, which counts shared elements again and again.
  public func reportedBytes(itemSize: Int) -> Int { saturatingProduct(count, itemSize) }

  /// Bytes of memory that the view really shows; nil if not decided within the work bound.
  public func touchedBytes(itemSize: Int, workLimit: Int = analysisWorkLimit) -> Int? {
    distinctCount(workLimit: workLimit).map { saturatingProduct($0, itemSize) }
  }
}

extension AxisLevels.Level {
  func overlap(workLimit: Int) -> Overlap {
    for (k, a) in axes.enumerated() {
      for b in axes[(k + 1)...] {
        let (p, q) = coprime(a.stride, b.stride)
        if a.length > q && b.length > p { return .some }
      }
    }
    guard axes.count > 2 else { return .none }
    let entries = axes.reduce(1) { $0 * $1.length }
    // More entries than elements in reach must share.
    if entries - 1 > reach { return .some }
    guard let distinct = distinctCount(workLimit: workLimit) else { return .notDecided }
    return distinct < entries ? .some : .none
  }

  func distinctCount(workLimit: Int) -> Int? {
    switch axes.count {
    case 1:
      return axes[0].length
    case 2:
      // Entries show one element exactly if (q, −p) leads from one to the other; count where such chains begin.
      let (p, q) = coprime(axes[0].stride, axes[1].stride)
      return axes[0].length * axes[1].length - max(0, axes[0].length - q) * max(0, axes[1].length - p)
    default:
      guard reach < workLimit else { return nil }
      return reachableSums().count { $0 }
    }
  }

  /// For each sum from 0 to `reach` whether some entry has it: one axis after another, each in one pass.
  private func reachableSums() -> [Bool] {
    var reachable = [Bool](repeating: false, count: reach + 1)
    reachable[0] = true
    for axis in axes {
      var next = reachable
      for residue in 0..<min(axis.stride, next.count) {
        // How many steps ago along this residue class a sum was reachable without this axis.
        var since = axis.length
        for sum in stride(from: residue, to: next.count, by: axis.stride) {
          since = reachable[sum] ? 0 : since + 1
          next[sum] = since < axis.length
        }
      }
      reachable = next
    }
    return reachable
  }
}

/// Two strides without their common divisor.
private func coprime(_ a: Int, _ b: Int) -> (Int, Int) {
  let divisor = greatestCommonDivisor(a, b)
  return (a / divisor, b / divisor)
}
