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
  public static func multiply<Element: MatrixElement>(
    rows: Int, columns: Int, depth: Int,
    a: UnsafePointer<Element>, aRowStride: Int, aColumnStride: Int,
    b: UnsafePointer<Element>, bRowStride: Int, bColumnStride: Int,
    c: UnsafeMutablePointer<Element>, cRowStride: Int, accumulate: Bool = false, threads: Int = 1
  ) {
    for i in 0..<rows {
      let row = c + i * cRowStride
      if !accumulate { for j in 0..<columns { row[j] = 0 } }
      for k in 0..<depth {
        let left = a[i * aRowStride + k * aColumnStride]
        let right = b + k * bRowStride
        for j in 0..<columns { row[j] += left * right[j * bColumnStride] }
      }
    }
  }
}
