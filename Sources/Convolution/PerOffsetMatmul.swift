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
  for group in 0..<geometry.groups {
    for i in 0..<geometry.kernelHeight {
      for j in 0..<geometry.kernelWidth {
        try ofTensors { () throws(StridedTensorError) in
          let shifted = try geometry.channels(ofGroup: group, in: patches).at(i, axis: 3).at(j, axis: 3)
          let matrix = try geometry.outputs(ofGroup: group, in: weight.layout).at(i).at(j)
          let pixels = try pixelRows(shifted)
          for (row, pixels) in pixels.enumerated() {
            let start = row * pixels.shape[0] * geometry.outputChannels + group * geometry.groupOutputChannels
            accumulateProduct(
              padded, pixels, weight, matrix, into: output, from: start, rowStride: geometry.outputChannels,
              threads: threads, instructionSet: instructionSet)
          }
        }
      }
    }
  }
}

/// N×Ho×Wo×C as one matrix of pixels × channels if its pixels merge, else as one such matrix for each (n, y).
private func pixelRows(_ shifted: Layout) throws(StridedTensorError) -> [Layout] {
  if case .view(let all) = try shifted.reshape(to: [-1, shifted.shape[3]]) { return [all] }
  var rows: [Layout] = []
  for n in 0..<shifted.shape[0] {
    for y in 0..<shifted.shape[1] { rows.append(try shifted.at(n).at(y)) }
  }
  return rows
}

/// Adds the product of two matrices, views of two tensors' buffers, to part of the output.
func accumulateProduct<E: ConvolutionElement>(
  _ left: Tensor<E>, _ a: Layout, _ right: Tensor<E>, _ b: Layout, into output: UnsafeMutableBufferPointer<E>,
  from start: Int, rowStride: Int, threads: Int, instructionSet: InstructionSet
) {
  left.withUnsafeBuffer { left in
    right.withUnsafeBuffer { right in
      guard let left = left.baseAddress, let right = right.baseAddress, let c = output.baseAddress else { return }
      MatrixMultiply.multiply(
        rows: a.shape[0], columns: b.shape[1], depth: a.shape[1],
        a: left + a.offset, aRowStride: a.strides[0], aColumnStride: a.strides[1],
        b: right + b.offset, bRowStride: b.strides[0], bColumnStride: b.strides[1],
        c: c + start, cRowStride: rowStride, accumulate: true, threads: threads,
        instructionSet: instructionSet)
    }
  }
}
