/// What becomes of a view when it is given another shape.
public enum Reshape: Hashable, Sendable {
  /// The same memory shows the new shape.
  case view(Layout)
  /// No strides can show the new shape: it joins two axes that do not merge.
  case mustCopy(because: UnmergedAxes)
}

extension Layout {
  /// Whether the same memory can show another shape, in row-major order, and how or why not.
  ///
  /// One length may be −1 and is then worked out from the others, as in NumPy. The rules are those of NumPy's
  /// `reshape`: axes of length 1 never stand in the way, and a view without elements takes every shape.
  ///
  /// - Complexity: O(rank + new rank).
  public func reshape(to target: [Int]) throws(StridedTensorError) -> Reshape {
    let shape = try resolve(target)
    guard count > 0 else { return .view(try .rowMajor(shape, offset: offset)) }
    let old = self.shape.indices.filter { self.shape[$0] != 1 }
    var result = [Int](repeating: 0, count: shape.count)
    var oldStart = 0
    var newStart = 0
    while newStart < shape.count, oldStart < old.count {
      // The smallest groups of old and of new axes that show equally many elements.
      var oldEnd = oldStart + 1
      var newEnd = newStart + 1
      var oldCount = self.shape[old[oldStart]]
      var newCount = shape[newStart]
      while oldCount != newCount {
        if newCount < oldCount {
          newCount *= shape[newEnd]
          newEnd += 1
        } else {
          oldCount *= self.shape[old[oldEnd]]
          oldEnd += 1
        }
      }
      for k in oldStart..<(oldEnd - 1) {
        if let pair = unmerged(old[k], old[k + 1]) { return .mustCopy(because: pair) }
      }
      var stride = strides[old[oldEnd - 1]]
      for axis in (newStart..<newEnd).reversed() {
        result[axis] = stride
        stride = stride.multipliedReportingOverflow(by: shape[axis]).partialValue
      }
      oldStart = oldEnd
      newStart = newEnd
    }
    // Only axes of length 1 are left; a stride of a contiguous tensor keeps it looking like one.
    for axis in newStart..<max(shape.count, newStart) { result[axis] = axis > 0 ? result[axis - 1] : 1 }
    return .view(try Layout(shape: shape, strides: result, offset: offset))
  }

  /// The target shape with its −1 replaced, if it has as many elements as this view.
  private func resolve(_ target: [Int]) throws(StridedTensorError) -> [Int] {
    var known = 1
    var open: Int?
    for (axis, length) in target.enumerated() {
      if length == -1, open == nil {
        open = axis
        continue
      }
      guard length >= 0 else { throw .negativeLength(shape: target, axis: axis) }
      let (product, overflow) = known.multipliedReportingOverflow(by: length)
      guard !overflow else { throw .reshape(from: shape, to: target) }
      known = product
    }
    guard let open else {
      guard known == count else { throw .reshape(from: shape, to: target) }
      return target
    }
    guard known > 0, count % known == 0 else { throw .reshape(from: shape, to: target) }
    var result = target
    result[open] = count / known
    return result
  }
}
