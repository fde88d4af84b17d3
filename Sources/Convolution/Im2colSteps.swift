import MatrixMultiply
import StridedTensor

// The two steps of im2col by themselves, for those who look at or time them one after the other.

/// The first step of im2col: the patch matrix of one group, (N·Ho·Wo) × (Kh·Kw·C/groups), from the view of all fields.
///
/// A copy wherever strides cannot show the matrix.
public func patchMatrix<E: ConvolutionElement>(
  of view: Tensor<E>, geometry: ConvolutionGeometry, group: Int
) throws(ConvolutionError) -> Tensor<E> {
  try ofTensors { () throws(StridedTensorError) in
    let fields = try view.asStrided(geometry.channels(ofGroup: group, in: view.layout))
    return try fields.reshaped(to: [geometry.patchRows, geometry.patchColumns])
  }
}

/// The second step of im2col: the product of a group's patch matrix and its weights, added to their places in a row-major output.
public func accumulatePatchProduct<E: ConvolutionElement>(
  _ patches: Tensor<E>, _ weight: Tensor<E>, geometry: ConvolutionGeometry, group: Int, threads: Int,
  instructionSet: InstructionSet = .best, into output: UnsafeMutableBufferPointer<E>
) throws(ConvolutionError) {
  guard patches.shape == [geometry.patchRows, geometry.patchColumns] else {
    throw .shape(of: "patch matrix", expected: [geometry.patchRows, geometry.patchColumns], got: patches.shape)
  }
  guard output.count == geometry.outputCount else {
    throw .shape(of: "output buffer", expected: [geometry.outputCount], got: [output.count])
  }
  try ofTensors { () throws(StridedTensorError) in
    let kernels = try weight.asStrided(geometry.outputs(ofGroup: group, in: weight.layout))
    let matrix = try kernels.reshaped(to: [geometry.patchColumns, geometry.groupOutputChannels])
    multiply(
      patches, patches.layout, pack(matrix, Kernels(instructionSet)),
      into: UnsafeMutableBufferPointer(rebasing: output[(group * geometry.groupOutputChannels)...]),
      rowStride: geometry.outputChannels, accumulate: true, threads: threads)
  }
}
