/// Reading elements, and making tensors of other elements from them.
extension Tensor {
  /// All elements in row-major order.
  ///
  /// A view with zero strides can show more elements than there is memory for; `elements(first:)` asks for a part of them,
  /// and `contiguous()` refuses what does not fit.
  public func elements() -> [Element] {
    [Element](unsafeUninitializedCapacity: count) { buffer, initialized in
      // The capacity is what was asked for, so the copy cannot be refused.
      initialized = (try? copyElements(into: buffer)) == nil ? 0 : count
    }
  }

  /// The first elements in row-major order, at most `limit` of them.
  ///
  /// - Complexity: O(limit + rank), however many elements the view shows.
  public func elements(first limit: Int) -> [Element] {
    guard limit < count else { return elements() }
    var result: [Element] = []
    result.reserveCapacity(max(limit, 0))
    var index = [Int](repeating: 0, count: rank)
    var offset = layout.offset
    while result.count < limit {
      result.append(storage.elements[offset])
      // The last axis that can still go on does; those after it start again.
      guard let axis = (0..<rank).last(where: { index[$0] + 1 < layout.shape[$0] }) else { break }
      offset += layout.strides[axis]
      index[axis] += 1
      for later in (axis + 1)..<rank {
        offset -= index[later] * layout.strides[later]
        index[later] = 0
      }
    }
    return result
  }

  /// The element at an index: one number for each axis.
  public func element(at index: [Int]) throws(StridedTensorError) -> Element {
    try layout.check(index: index)
    return storage.elements[layout.offset(of: index)]
  }

  /// A row-major tensor of what a function makes of each element.
  @inlinable
  public func map<Other: TensorElement>(
    _ transform: (Element) -> Other
  ) throws(StridedTensorError) -> Tensor<Other> {
    let source = try contiguous()
    let start = source.layout.offset
    return try Tensor<Other>(shape: shape) { target in
      source.withUnsafeBuffer { buffer in
        for k in 0..<target.count { target.initializeElement(at: k, to: transform(buffer[start + k])) }
      }
    }
  }

  /// The elements as another type, each to the nearest value; this tensor if the type is the same.
  public func converted<Other: TensorElement>(to type: Other.Type) throws(StridedTensorError) -> Tensor<Other> {
    if let same = self as? Tensor<Other> { return same }
    return try ElementConversion.convert(self)
  }
}
