import StridedTensor

/// What is to be said of a view over a buffer, whether it stays in it or not; nothing is ever read.
public struct ViewExplanation: Hashable, Sendable {
  public let layout: Layout
  /// Elements of the buffer, and bytes of one.
  public let bufferCount: Int
  public let itemSize: Int
  /// How the view leaves its buffer; nil if every cell lies inside.
  public let excess: BufferExcess?
  /// NumPy's `nbytes`: cells times item size, shared memory counted again and again.
  public let reportedBytes: Int
  /// Bytes of different elements that the cells show; nil if not decided within the work bound.
  public let touchedBytes: Int?
  public let overlap: Overlap
  /// The innermost axis that is not where row-major order would have it; nil for a contiguous view.
  public let axisBreakingContiguity: Int?
  /// Elements that the contiguous stride of that axis would skip.
  public let expectedStride: Int?
  /// Two axes that a reshape to one dimension would have to merge and cannot; nil if it is a view.
  public let pairThatDoesNotMerge: UnmergedAxes?
  /// The view that was probably meant, if byte strides were given as elements.
  public let meantInBytes: Layout?

  /// - Parameters:
  ///   - layout: the view, which may leave the buffer.
  ///   - bufferCount: elements of the buffer.
  ///   - itemSize: bytes of one.
  ///   - workLimit: steps that undecided questions of overlap may take; separable views need none.
  /// - Complexity: O(rank²) for separable views, else O(rank · workLimit).
  public init(_ layout: Layout, bufferCount: Int, itemSize: Int, workLimit: Int = 1 << 16) {
    self.layout = layout
    self.bufferCount = max(bufferCount, 0)
    self.itemSize = max(itemSize, 1)
    excess = BufferExcess(layout, bufferCount: self.bufferCount, itemSize: self.itemSize, workLimit: workLimit)
    reportedBytes = saturatingProduct(layout.count, self.itemSize)
    touchedBytes = layout.distinctCount(workLimit: workLimit).map { [size = self.itemSize] in
      saturatingProduct($0, size)
    }
    overlap = layout.overlap(workLimit: workLimit)
    axisBreakingContiguity = layout.axisBreakingContiguity
    expectedStride = axisBreakingContiguity.map { axis in
      layout.shape[(axis + 1)...].reduce(1) { $0 * max($1, 1) }
    }
    if case .mustCopy(let pair)? = try? layout.reshape(to: [layout.count]) {
      pairThatDoesNotMerge = pair
    } else {
      pairThatDoesNotMerge = nil
    }
    meantInBytes =
      excess == nil ? nil : Self.divided(layout, bufferCount: self.bufferCount, itemSize: self.itemSize)
  }

  public var isInBounds: Bool { excess == nil }
  public var isContiguous: Bool { axisBreakingContiguity == nil }

  /// Whether a cell lies in the buffer; the index is trusted to be within the shape.
  public func contains(_ index: [Int]) -> Bool { (0..<bufferCount).contains(layout.offset(of: index)) }

  /// What another shape would take: a view, or a copy because of a pair of axes.
  public func reshape(to shape: [Int]) throws(StridedTensorError) -> Reshape { try layout.reshape(to: shape) }

  /// The view with byte strides read as bytes, if that makes sense of it: each divisible by the item size, and the view
  /// in bounds once they are divided (and the offset too, if it fits only so).
  private static func divided(_ layout: Layout, bufferCount: Int, itemSize: Int) -> Layout? {
    guard itemSize > 1, layout.strides.contains(where: { $0 != 0 }),
      layout.strides.allSatisfy({ $0 % itemSize == 0 })
    else { return nil }
    let strides = layout.strides.map { $0 / itemSize }
    let offsets = layout.offset % itemSize == 0 ? [layout.offset, layout.offset / itemSize] : [layout.offset]
    for offset in offsets {
      guard let meant = try? Layout(shape: layout.shape, strides: strides, offset: offset) else { continue }
      if let touched = meant.touchedOffsets, touched.lowerBound >= 0, touched.upperBound < bufferCount { return meant }
    }
    return nil
  }
}

/// How a view leaves its buffer.
public struct BufferExcess: Hashable, Sendable {
  /// The first index in row-major order that lies outside, and the element and byte that it would touch.
  public let firstIndex: [Int]
  public let element: Int
  public let byte: Int
  /// How many cells lie outside; nil if not counted within the work bound.
  public let cellsOutside: Int?
  /// Bytes from the buffer's end to the end of the last element that the view would touch; 0 if it ends inside.
  public let bytesPastEnd: Int
  /// Bytes from the first element that the view would touch to the buffer's start; 0 if it begins inside.
  public let bytesBeforeStart: Int

  init?(_ layout: Layout, bufferCount: Int, itemSize: Int, workLimit: Int) {
    guard let touched = layout.touchedOffsets, let index = layout.firstIndex(outside: 0..<bufferCount) else {
      return nil
    }
    firstIndex = index
    element = layout.offset(of: index)
    byte = saturatingProduct(element, itemSize)
    cellsOutside = layout.countOutside(bufferCount: bufferCount, workLimit: workLimit)
    // One past the highest offset fits in an Int, by the layout's own check.
    let past = touched.upperBound >= bufferCount ? touched.upperBound + 1 - bufferCount : 0
    bytesPastEnd = saturatingProduct(past, itemSize)
    bytesBeforeStart =
      touched.lowerBound < 0 ? saturatingProduct(Int(clamping: touched.lowerBound.magnitude), itemSize) : 0
  }
}
