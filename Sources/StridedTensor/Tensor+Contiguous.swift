/// The one door through which a view's elements are copied out of its buffer.
extension Tensor {
  /// The same elements in row-major order, one after another: this tensor if they already are, else a copy.
  ///
  /// NumPy's `ascontiguousarray`. Axes are merged where strides allow and whole runs are copied.
  public func contiguous() throws(StridedTensorError) -> Tensor {
    layout.isContiguous ? self : try copied()
  }

  /// A row-major copy with a buffer of its own, exactly as large as the view.
  public func copied() throws(StridedTensorError) -> Tensor {
    let row = try Layout.rowMajor(shape)
    let storage = try Storage<Element>(uninitializedCount: row.count)
    try copyElements(into: storage.elements, pastCache: Self.exceedsCache(row.count))
    return Tensor(storage: storage, layout: row)
  }

  /// Copies the elements in row-major order into memory of the caller's.
  ///
  /// - Parameters:
  ///   - destination: at least as many elements as the view shows.
  ///   - pastCache: writes runs of memory past the cache, on processors where that is faster for a copy that does not fit it
  ///     as a whole: up to twice as fast, but who reads the elements next has to wait for each of them.
  /// - Throws: `bufferTooSmall`; nothing is written then.
  public func copyElements(
    into destination: UnsafeMutableBufferPointer<Element>, pastCache: Bool = false
  ) throws(StridedTensorError) {
    guard destination.count >= count else { throw .bufferTooSmall(expected: count, got: destination.count) }
    guard let source = storage.elements.baseAddress, let target = destination.baseAddress else { return }
    StridedCopy(layout)(
      from: source + layout.offset, to: target, itemSize: MemoryLayout<Element>.stride, pastCache: pastCache)
  }

  /// Whether a copy of so many elements is so large that it is better written past the cache.
  public static func exceedsCache(_ count: Int) -> Bool {
    count > StridedCopy.cacheBytes / MemoryLayout<Element>.stride
  }

  /// The same elements, in row-major order, in another shape: a view when strides can show it, else a copy.
  ///
  /// `layout.reshape(to:)` tells which, and why.
  public func reshaped(to shape: [Int]) throws(StridedTensorError) -> Tensor {
    switch try layout.reshape(to: shape) {
    case .view(let layout): return Tensor(storage: storage, layout: layout)
    case .mustCopy: return try copied().reshaped(to: shape)
    }
  }
}
