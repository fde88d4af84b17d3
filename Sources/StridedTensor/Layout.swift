/// How a view lies in a buffer: element `[i₀, i₁, …]` is at `offset + Σ iₖ·strides[k]`.
///
/// A layout is an immutable value and knows nothing of the buffer; every view in the program (a receptive field, a row of
/// the patch matrix, a tile) is one. Strides and the offset are in elements, as in tinygrad's `View`; NumPy's are in bytes.
public struct Layout: Hashable, Sendable {
  /// The length of each axis.
  public let shape: [Int]
  /// Elements to skip for one step along each axis; zero and negative are legal.
  public let strides: [Int]
  /// The element that index (0, 0, …) shows.
  public let offset: Int
  /// How many elements the view shows: the product of the shape, 1 for rank 0.
  public let count: Int

  /// A layout whose numbers were checked: same rank, no negative length, and no address or count beyond `Int`.
  ///
  /// - Complexity: O(rank).
  public init(shape: [Int], strides: [Int], offset: Int = 0) throws(StridedTensorError) {
    self.count = try Layout.checkedCount(shape: shape, strides: strides, offset: offset)
    self.shape = shape
    self.strides = strides
    self.offset = offset
  }

  /// The row-major (C order) layout of a shape: the last axis has stride 1.
  public static func rowMajor(_ shape: [Int], offset: Int = 0) throws(StridedTensorError) -> Layout {
    var strides = [Int](repeating: 1, count: shape.count)
    var run = 1
    for axis in shape.indices.reversed() {
      strides[axis] = run
      let (product, overflow) = run.multipliedReportingOverflow(by: max(shape[axis], 1))
      guard !overflow else { throw .tooLarge(shape: shape) }
      run = product
    }
    return try Layout(shape: shape, strides: strides, offset: offset)
  }

  /// The row-major layout of the same shape from element 0: where the view's contiguous copy lies.
  ///
  /// It always exists, since as many elements as the view shows can be numbered.
  public var contiguousCopy: Layout {
    var strides = [Int](repeating: 0, count: rank)
    // A view without elements may have axes too long to be numbered; any strides will do for it.
    var run = count > 0 ? 1 : 0
    for axis in (0..<rank).reversed() {
      strides[axis] = run
      run *= max(shape[axis], 1)
    }
    return Layout(unchecked: shape, strides: strides, count: count)
  }

  private init(unchecked shape: [Int], strides: [Int], count: Int) {
    self.shape = shape
    self.strides = strides
    self.count = count
    offset = 0
  }

  /// The number of axes.
  public var rank: Int { shape.count }

  /// The element offset that an index shows.
  ///
  /// The index is not checked (`check(index:)` does): one outside the shape gives an offset that means nothing.
  public func offset(of index: [Int]) -> Int {
    var result = offset
    for axis in 0..<min(index.count, strides.count) { result &+= index[axis] &* strides[axis] }
    return result
  }

  /// Strides in bytes, as NumPy prints them.
  public func byteStrides(itemSize: Int) -> [Int] { strides.map { saturatingProduct($0, itemSize) } }
}
