import StridedTensor

/// A view walked in its own row-major order, as nested loops over its axes would.
public struct LayoutWalk: Hashable, Sendable {
  public let layout: Layout

  public init(_ layout: Layout) { self.layout = layout }

  public var count: Int { layout.count }

  /// The index that step `t` is at; `t` within 0..<count.
  ///
  /// - Complexity: O(rank).
  public func index(at t: Int) -> [Int] {
    var rest = t
    var index = [Int](repeating: 0, count: layout.rank)
    for axis in (0..<layout.rank).reversed() where layout.shape[axis] > 0 {
      index[axis] = rest % layout.shape[axis]
      rest /= layout.shape[axis]
    }
    return index
  }

  /// The step that is at an index.
  public func step(of index: [Int]) -> Int {
    var step = 0
    for axis in 0..<min(index.count, layout.rank) { step = step * layout.shape[axis] + index[axis] }
    return step
  }

  /// The buffer offset of step `t`, in elements.
  ///
  /// - Complexity: O(rank), without an array.
  public func offset(at t: Int) -> Int {
    var rest = t
    var offset = layout.offset
    for axis in (0..<layout.rank).reversed() where layout.shape[axis] > 1 {
      offset += rest % layout.shape[axis] * layout.strides[axis]
      rest /= layout.shape[axis]
    }
    return offset
  }

  /// The offsets of a range of steps, in order.
  ///
  /// - Complexity: O(rank + range): the index is counted up like a mileage meter.
  public func forEachOffset(_ range: Range<Int>, _ body: (Int) -> Void) {
    let range = range.clamped(to: 0..<count)
    guard !range.isEmpty else { return }
    var index = index(at: range.lowerBound)
    var offset = layout.offset(of: index)
    for _ in range {
      body(offset)
      var axis = layout.rank - 1
      while axis >= 0 {
        index[axis] += 1
        if index[axis] < layout.shape[axis] {
          offset &+= layout.strides[axis]
          break
        }
        offset &-= (layout.shape[axis] - 1) &* layout.strides[axis]
        index[axis] = 0
        axis -= 1
      }
    }
  }
}
