/// Two neighbouring axes that do not merge into one, and the strides that prove it.
///
/// An outer axis a and an inner axis b are one longer axis exactly if stride[a] = stride[b]·shape[b]. Axes of length 1
/// lie between them unnoticed.
public struct UnmergedAxes: Hashable, Sendable {
  public let outer: Int
  public let inner: Int
  public let outerStride: Int
  public let innerStride: Int
  public let innerLength: Int

  public init(outer: Int, inner: Int, outerStride: Int, innerStride: Int, innerLength: Int) {
    self.outer = outer
    self.inner = inner
    self.outerStride = outerStride
    self.innerStride = innerStride
    self.innerLength = innerLength
  }

  /// The sentence that a screen shows, such as "y and x do not merge: 24 ≠ 4·4".
  public func explanation(names: [String] = []) -> String {
    func name(_ axis: Int) -> String { names.indices.contains(axis) ? names[axis] : "axis \(axis)" }
    return "\(name(outer)) and \(name(inner)) do not merge: \(outerStride) ≠ \(innerStride)·\(innerLength)"
  }
}

extension Layout {
  /// The pair (outer, inner) if the two axes do not merge; nil if they do.
  func unmerged(_ outer: Int, _ inner: Int) -> UnmergedAxes? {
    let (step, overflow) = strides[inner].multipliedReportingOverflow(by: shape[inner])
    guard overflow || strides[outer] != step else { return nil }
    return UnmergedAxes(
      outer: outer, inner: inner, outerStride: strides[outer], innerStride: strides[inner], innerLength: shape[inner])
  }

  /// The same entries in the same row-major order with as few axes as possible: none of length 1, no two that merge.
  ///
  /// - Complexity: O(rank).
  public func merged() -> (shape: [Int], strides: [Int]) {
    guard count > 0 else { return ([0], [1]) }
    var lengths: [Int] = []
    var steps: [Int] = []
    var last = -1
    for axis in 0..<rank where shape[axis] != 1 {
      if last >= 0, unmerged(last, axis) == nil {
        lengths[lengths.count - 1] *= shape[axis]
        steps[steps.count - 1] = strides[axis]
      } else {
        lengths.append(shape[axis])
        steps.append(strides[axis])
      }
      last = axis
    }
    return (lengths, steps)
  }

  /// The innermost axis that is not where row-major order would have it; nil for a contiguous view.
  ///
  /// - Complexity: O(rank).
  public var axisBreakingContiguity: Int? {
    guard count > 0 else { return nil }
    var run = 1
    for axis in shape.indices.reversed() where shape[axis] != 1 {
      guard strides[axis] == run else { return axis }
      run *= shape[axis]
    }
    return nil
  }

  /// Whether the entries lie one after another in row-major order (NumPy's C-contiguous); the offset may be anything.
  public var isContiguous: Bool { axisBreakingContiguity == nil }
}
