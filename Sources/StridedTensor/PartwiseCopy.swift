/// The copy of a view part by part: a part is what the inner axes show at one place of the outer ones.
///
/// What parts have in common is found out once, so that a part of a few kilobytes costs little more than its bytes. Parts are
/// numbered in row-major order of the outer axes, and lie one behind the other in the copy of the whole view.
public struct PartwiseCopy<Element: TensorElement>: @unchecked Sendable {
  private let view: Tensor<Element>
  private let outerAxes: Int
  private let copy: StridedCopy
  /// How many parts there are; none if the view has no elements.
  public let count: Int
  /// How many elements a part has.
  public let partCount: Int

  /// Prepares the copy of a view whose first `outerAxes` axes tell the parts.
  ///
  /// - Throws: `axisOutOfRange` if the view has fewer axes.
  /// - Complexity: O(rank).
  public init(of view: Tensor<Element>, outerAxes: Int) throws(StridedTensorError) {
    guard (0...view.shape.count).contains(outerAxes) else {
      throw .axisOutOfRange(axis: outerAxes, rank: view.shape.count)
    }
    let part = try Layout(
      shape: Array(view.shape[outerAxes...]), strides: Array(view.strides[outerAxes...]), offset: view.layout.offset)
    self.view = view
    self.outerAxes = outerAxes
    copy = StridedCopy(part)
    partCount = part.count
    // The lengths of a view without elements may be anything.
    count = view.count == 0 ? 0 : view.shape[..<outerAxes].reduce(1, *)
  }

  /// Copies some parts, one behind the other.
  ///
  /// - Parameters:
  ///   - parts: the numbers of those that are copied.
  ///   - destination: at least as many elements as they have together.
  /// - Throws: `indexOutOfRange` if there are fewer parts, `bufferTooSmall`; nothing is written then.
  /// - Complexity: O(elements copied).
  public func callAsFunction(
    _ parts: Range<Int>, into destination: UnsafeMutableBufferPointer<Element>
  ) throws(StridedTensorError) {
    guard parts.lowerBound >= 0, parts.upperBound <= count else {
      throw .indexOutOfRange(index: [parts.lowerBound < 0 ? parts.lowerBound : parts.upperBound - 1], shape: [count])
    }
    guard destination.count >= parts.count * partCount else {
      throw .bufferTooSmall(expected: parts.count * partCount, got: destination.count)
    }
    guard let source = view.storage.elements.baseAddress, var target = destination.baseAddress else { return }
    for part in parts {
      copy(
        from: source + offset(of: part), to: target, itemSize: MemoryLayout<Element>.stride, pastCache: false)
      target += partCount
    }
  }

  /// Where a part begins in the buffer.
  private func offset(of part: Int) -> Int {
    var (offset, rest) = (view.layout.offset, part)
    for axis in (0..<outerAxes).reversed() {
      let (outer, index) = rest.quotientAndRemainder(dividingBy: view.layout.shape[axis])
      offset += index * view.layout.strides[axis]
      rest = outer
    }
    return offset
  }
}
