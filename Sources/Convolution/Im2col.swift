import MatrixMultiply
import StridedTensor

/// One matrix product for each group: the patch matrix times the weight as a matrix.
///
/// The lecture's `as_strided(Z, …).reshape(-1, Kh·Kw·C) @ weight.reshape(-1, Cout)`: a 6-D view of the (padded) input, made
/// contiguous because its window axes do not merge, and one product.
func convolveByPatchMatrix<E: ConvolutionElement>(
  _ input: Tensor<E>, _ weight: Tensor<E>, geometry: ConvolutionGeometry, threads: Int,
  instructionSet: InstructionSet, into output: UnsafeMutableBufferPointer<E>
) throws(ConvolutionError) {
  let view = try patchView(input, geometry: geometry)
  for group in 0..<geometry.groups {
    try ofTensors { () throws(StridedTensorError) in
      let fields = try view.asStrided(geometry.channels(ofGroup: group, in: view.layout))
      let patches = try fields.reshaped(to: [geometry.patchRows, geometry.patchColumns])
      let kernels = try weight.asStrided(geometry.outputs(ofGroup: group, in: weight.layout))
      let matrix = try kernels.reshaped(to: [geometry.patchColumns, geometry.groupOutputChannels])
      accumulateProduct(
        patches, patches.layout, matrix, matrix.layout, into: output, from: group * geometry.groupOutputChannels,
        rowStride: geometry.outputChannels, threads: threads, instructionSet: instructionSet)
    }
  }
}
