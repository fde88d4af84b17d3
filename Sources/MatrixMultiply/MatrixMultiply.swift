import StridedTensor

/// Matrix products on raw memory, for callers that hold checked pointers.
///
/// `matrixProduct(_:_:threads:)` is the checked form for tensors.
public enum MatrixMultiply {
  /// C = A·B, or C += A·B: BLAS's `gemm` with any strides on A and B.
  ///
  /// A is rows×depth, B depth×columns, and C rows×columns in row-major order with `cRowStride` elements between its rows.
  /// Strides are in elements and may be zero or negative; C must not overlap A or B. A depth of 0 makes the product zero.
  ///
  /// - Complexity: 2·rows·columns·depth floating-point operations.
  @_specialize(where Element == Float)
  @_specialize(where Element == Double)
  public static func multiply<Element: MatrixElement>(
    rows: Int, columns: Int, depth: Int,
    a: UnsafePointer<Element>, aRowStride: Int, aColumnStride: Int,
    b: UnsafePointer<Element>, bRowStride: Int, bColumnStride: Int,
    c: UnsafeMutablePointer<Element>, cRowStride: Int, accumulate: Bool = false, threads: Int = 1,
    instructionSet: InstructionSet = .best
  ) {
    guard rows > 0, columns > 0 else { return }
    guard depth > 0 else {
      if !accumulate { clear(c, rows: rows, columns: columns, rowStride: cRowStride) }
      return
    }
    BlockedProduct(
      kernels: Kernels(instructionSet), rows: rows, columns: columns, depth: depth,
      a: a, aRowStride: aRowStride, aColumnStride: aColumnStride,
      c: c, cRowStride: cRowStride, accumulate: accumulate, threads: min(threads, WorkerPool.threadLimit)
    ).run(b: b, bRowStride: bRowStride, bColumnStride: bColumnStride)
  }

  /// C = A·B, or C += A·B, with a B that was packed before; allocates nothing if the rows of A are runs of memory.
  ///
  /// Memory that is needed soon is fetched from beyond the cache while the product runs: as much as A is, `upcoming` elements
  /// after it, or the next rows of A where that is nil.
  @_specialize(where Element == Float)
  @_specialize(where Element == Double)
  public static func multiply<Element: MatrixElement>(
    rows: Int, a: UnsafePointer<Element>, aRowStride: Int, aColumnStride: Int, b: PackedMatrix<Element>,
    c: UnsafeMutablePointer<Element>, cRowStride: Int, accumulate: Bool = false, threads: Int = 1, upcoming: Int? = nil
  ) {
    guard rows > 0, b.columns > 0 else { return }
    guard b.depth > 0 else {
      if !accumulate { clear(c, rows: rows, columns: b.columns, rowStride: cRowStride) }
      return
    }
    BlockedProduct(
      kernels: b.kernels, rows: rows, columns: b.columns, depth: b.depth,
      a: a, aRowStride: aRowStride, aColumnStride: aColumnStride,
      c: c, cRowStride: cRowStride, accumulate: accumulate, threads: min(threads, WorkerPool.threadLimit),
      upcoming: upcoming
    ).run(b: b)
  }

  private static func clear<Element: MatrixElement>(
    _ c: UnsafeMutablePointer<Element>, rows: Int, columns: Int, rowStride: Int
  ) {
    for i in 0..<rows { (c + i * rowStride).update(repeating: 0, count: columns) }
  }
}

extension MatrixMultiply {
  /// How often the result is read and written: once for each block of the depth that is summed in registers.
  public static func passesOverResult(depth: Int) -> Int { max((depth + BlockSize.depth - 1) / BlockSize.depth, 1) }
}
