import StridedTensor

/// The product of two matrices as a new row-major tensor: NumPy's `a @ b` for two axes.
///
/// Any strides will do: transposed, sliced and overlapping views are multiplied where they lie.
///
/// - Parameters:
///   - a: rows × depth.
///   - b: depth × columns.
///   - threads: how many threads may work on it, the calling one included.
/// - Throws: `StridedTensorError` if a matrix has not two axes or the inner lengths differ.
/// - Complexity: 2·rows·depth·columns floating-point operations.
public func matrixProduct<Element: MatrixElement>(
  _ a: Tensor<Element>, _ b: Tensor<Element>, threads: Int = 1
) throws(StridedTensorError) -> Tensor<Element> {
  for (name, shape) in [("left", a.shape), ("right", b.shape)] {
    guard shape.count == 2 else {
      throw .invalidArgument("expected the \(name) matrix to have two axes, got shape \(shape)")
    }
  }
  guard a.shape[1] == b.shape[0] else {
    throw .invalidArgument(
      "a matrix product needs as many columns on the left as rows on the right, got \(a.shape) times \(b.shape)")
  }
  guard threads >= 1 else { throw .invalidArgument("expected 1 thread or more, got \(threads)") }
  let (rows, depth, columns) = (a.shape[0], a.shape[1], b.shape[1])
  return try Tensor(shape: [rows, columns]) { target in
    guard let c = target.baseAddress, rows > 0, columns > 0 else { return }
    guard depth > 0 else { return target.initialize(repeating: 0) }
    a.withUnsafeBuffer { left in
      b.withUnsafeBuffer { right in
        guard let leftBase = left.baseAddress, let rightBase = right.baseAddress else { return }
        MatrixMultiply.multiply(
          rows: rows, columns: columns, depth: depth,
          a: leftBase + a.layout.offset, aRowStride: step(of: a, along: 0), aColumnStride: step(of: a, along: 1),
          b: rightBase + b.layout.offset, bRowStride: step(of: b, along: 0), bColumnStride: step(of: b, along: 1),
          c: c, cRowStride: columns, threads: threads)
      }
    }
  }
}

/// The stride of an axis; 1 where it has a single element, whose stride may be any number.
private func step<Element: MatrixElement>(of matrix: Tensor<Element>, along axis: Int) -> Int {
  matrix.shape[axis] > 1 ? matrix.strides[axis] : 1
}
