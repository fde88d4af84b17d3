import MatrixMultiply
import StridedTensor

/// A tensor of two axes, packed for many products.
func pack<E: ConvolutionElement>(_ matrix: Tensor<E>, _ kernels: Kernels<E>) -> PackedMatrix<E> {
  matrix.withUnsafeBuffer { buffer in
    guard let start = buffer.baseAddress else { fatalError("a tensor has a buffer") }
    return PackedMatrix(
      depth: matrix.shape[0], columns: matrix.shape[1], b: start + matrix.layout.offset,
      bRowStride: matrix.strides[0], bColumnStride: matrix.strides[1], kernels: kernels)
  }
}

/// The product of a matrix, a view of a tensor's buffer, with a packed one, in place of what the output holds or added to it.
func multiply<E: ConvolutionElement>(
  _ left: Tensor<E>, _ a: Layout, _ packed: PackedMatrix<E>, into output: UnsafeMutableBufferPointer<E>,
  rowStride: Int, accumulate: Bool, threads: Int
) {
  left.withUnsafeBuffer { left in
    guard let left = left.baseAddress, let c = output.baseAddress else { return }
    MatrixMultiply.multiply(
      rows: a.shape[0], a: left + a.offset, aRowStride: a.strides[0], aColumnStride: a.strides[1], b: packed, c: c,
      cRowStride: rowStride, accumulate: accumulate, threads: threads)
  }
}
