import MatrixMultiply
import StridedTensor

/// One matrix product for each kernel offset: the input shifted by (i, j), as a matrix of pixels × channels, times
/// `weight[i, j]`.
///
/// The lecture's `out += Z[:, i:i+Ho, j:j+Wo, :] @ weight[i, j]`. A 1×1 kernel is the case of one offset. Where the shifted
/// view's pixels merge into one axis the product is a single one, else one for each row of pixels, as NumPy's is.
func convolvePerOffset<E: ConvolutionElement>(
  _ input: Tensor<E>, _ weight: Tensor<E>, geometry: ConvolutionGeometry, threads: Int,
  instructionSet: InstructionSet, into output: UnsafeMutableBufferPointer<E>
) throws(ConvolutionError) {
  let padded = try paddedInput(input, geometry: geometry)
  let patches = try geometry.patchLayout(of: padded.layout)
  let kernels = Kernels<E>(instructionSet)
  for group in 0..<geometry.groups {
    let target = UnsafeMutableBufferPointer(rebasing: output[(group * geometry.groupOutputChannels)...])
    for i in 0..<geometry.kernelHeight {
      for j in 0..<geometry.kernelWidth {
        try ofTensors { () throws(StridedTensorError) in
          let shifted = try geometry.channels(ofGroup: group, in: patches).at(i, axis: 3).at(j, axis: 3)
          let matrix = try weight.asStrided(geometry.outputs(ofGroup: group, in: weight.layout).at(i).at(j))
          try accumulateProduct(
            padded, shifted, pack(matrix, kernels), into: target, rowStride: geometry.outputChannels, threads: threads)
        }
      }
    }
  }
}

/// Adds the product of the pixels of a view N×Ho×Wo×C with a packed matrix to the output.
private func accumulateProduct<E: ConvolutionElement>(
  _ tensor: Tensor<E>, _ pixels: Layout, _ packed: PackedMatrix<E>, into output: UnsafeMutableBufferPointer<E>,
  rowStride: Int, threads: Int
) throws(StridedTensorError) {
  if case .view(let all) = try pixels.reshape(to: [-1, packed.depth]) {
    return multiply(tensor, all, packed, into: output, rowStride: rowStride, accumulate: true, threads: threads)
  }
  let (shape, strides) = (pixels.shape, pixels.strides)
  let lines = shape[0] * shape[1]
  let bands = min(lines, threads * 8)
  tensor.withUnsafeBuffer { buffer in
    guard let buffer = buffer.baseAddress, let c = output.baseAddress else { return }
    WorkerPool.shared.run(tasks: bands, threads: threads) { band in
      for line in lines * band / bands..<lines * (band + 1) / bands {
        let (n, y) = (line / shape[1], line % shape[1])
        MatrixMultiply.multiply(
          rows: shape[2], a: buffer + pixels.offset + n * strides[0] + y * strides[1], aRowStride: strides[2],
          aColumnStride: strides[3], b: packed, c: c + line * shape[2] * rowStride, cRowStride: rowStride,
          accumulate: true)
      }
    }
  }
}
