/// An n-dimensional array: a layout over shared storage, NumPy's `ndarray` as a Swift value.
///
/// Views (`permuted`, `asStrided`, …) share the storage and never copy. Writing copies the storage first if another tensor
/// holds it too, so a tensor behaves as a value; entries that one view maps to the same memory still change together.
public struct Tensor<Element: TensorElement>: StridedView {
  @usableFromInline var storage: Storage<Element>
  /// Shape, strides and offset of this view of the storage.
  public internal(set) var layout: Layout

  init(storage: Storage<Element>, layout: Layout) {
    self.storage = storage
    self.layout = layout
  }

  /// A row-major tensor of the given elements.
  public init(shape: [Int], elements: [Element]) throws(StridedTensorError) {
    let layout = try Layout.rowMajor(shape)
    guard layout.count == elements.count else {
      throw .elementCount(expected: layout.count, got: elements.count, shape: shape)
    }
    storage = try Storage(uninitializedCount: elements.count)
    _ = storage.elements.initialize(fromContentsOf: elements)
    self.layout = layout
  }

  /// A row-major tensor filled with one value.
  @inlinable
  public init(shape: [Int], repeating value: Element) throws(StridedTensorError) {
    try self.init(shape: shape) { $0.initialize(repeating: value) }
  }

  /// A row-major tensor whose whole buffer the closure initialises.
  public init(
    shape: [Int], initializedBy initialize: (UnsafeMutableBufferPointer<Element>) -> Void
  ) throws(StridedTensorError) {
    let layout = try Layout.rowMajor(shape)
    storage = try Storage(uninitializedCount: layout.count)
    initialize(storage.elements)
    self.layout = layout
  }

  /// How many elements the whole buffer holds; a view may show fewer or, overlapping, more.
  public var bufferCount: Int { storage.elements.count }

  /// The element at an offset in the buffer, nil outside it.
  public func element(atOffset offset: Int) -> Element? {
    storage.elements.indices.contains(offset) ? storage.elements[offset] : nil
  }

  /// The whole buffer, in memory order, for reading.
  ///
  /// The pointer is valid only inside the closure.
  @inlinable
  public func withUnsafeBuffer<Result, Failure: Error>(
    _ body: (UnsafeBufferPointer<Element>) throws(Failure) -> Result
  ) throws(Failure) -> Result {
    try body(UnsafeBufferPointer(storage.elements))
  }

  /// The whole buffer for writing, copied first if another tensor shares it.
  public mutating func withUnsafeMutableBuffer<Result, Failure: Error>(
    _ body: (UnsafeMutableBufferPointer<Element>) throws(Failure) -> Result
  ) throws(Failure) -> Result {
    if !isKnownUniquelyReferenced(&storage) { storage = Storage(copying: storage) }
    return try body(storage.elements)
  }

  /// The same buffer seen through another layout.
  ///
  /// The counterpart of NumPy's `as_strided`, with the check that one lacks: a view that leaves the buffer is an error.
  ///
  /// - Complexity: O(rank); nothing is copied.
  public func asStrided(_ layout: Layout) throws(StridedTensorError) -> Tensor {
    try layout.check(bufferCount: bufferCount, itemSize: MemoryLayout<Element>.stride)
    return Tensor(storage: storage, layout: layout)
  }
}
