import MatrixMultiply
import StridedTensor

/// One matrix product for each group: the patch matrix times the weight as a matrix.
///
/// The lecture's `as_strided(Z, …).reshape(-1, Kh·Kw·C) @ weight.reshape(-1, Cout)`: a 6-D view of the (padded) input, made
/// contiguous because its window axes do not merge, and one product. The rows are made and multiplied block by block, so
/// that the product finds them in the cache; in the end the whole matrix has been written.
@_specialize(where E == Float)
@_specialize(where E == Double)
func convolveByPatchMatrix<E: ConvolutionElement>(
  _ input: Tensor<E>, _ weight: Tensor<E>, geometry: ConvolutionGeometry, threads: Int, instructionSet: InstructionSet,
  into output: UnsafeMutableBufferPointer<E>
) throws(ConvolutionError) {
  try withIm2colBlocks(
    input, weight, geometry: geometry, threads: threads, instructionSet: instructionSet, into: output
  ) { blocks in
    WorkerPool.shared.run(tasks: blocks.count, threads: threads) { block in
      blocks.copy(block)
      blocks.multiply(block)
    }
  }
}

/// Calls a closure once for each group, with the blocks of im2col to run: each is to be copied, then multiplied.
///
/// For those who run or time the two steps themselves; blocks may run on several threads at once.
///
/// - Parameters:
///   - input: N×H×W×Cin, with any strides.
///   - weight: Kh×Kw×(Cin/groups)×Cout, with any strides.
///   - geometry: that of both.
///   - threads: how many threads a block may use that is a view of the input; others use the calling one.
///   - instructionSet: the kernels of the product.
///   - output: row-major N×Ho×Wo×Cout; what it held is lost.
///   - run: copies and multiplies every block.
/// - Throws: `ConvolutionError` if a shape is not the geometry's, or there is not the memory for the patch matrix.
@_specialize(where E == Float)
@_specialize(where E == Double)
public func withIm2colBlocks<E: ConvolutionElement>(
  _ input: Tensor<E>, _ weight: Tensor<E>, geometry: ConvolutionGeometry, threads: Int,
  instructionSet: InstructionSet = .best, into output: UnsafeMutableBufferPointer<E>,
  _ run: (Im2colBlocks<E>) -> Void
) throws(ConvolutionError) {
  try geometry.check(input: input.shape, weight: weight.shape)
  guard output.count == geometry.outputCount else {
    throw .shape(of: "output buffer", expected: [geometry.outputCount], got: [output.count])
  }
  let view = try patchView(input, geometry: geometry)
  let kernels = Kernels<E>(instructionSet)
  for group in 0..<geometry.groups {
    try ofTensors { () throws(StridedTensorError) in
      let fields = try view.asStrided(geometry.channels(ofGroup: group, in: view.layout))
      let columns = try weight.asStrided(geometry.outputs(ofGroup: group, in: weight.layout))
      let matrix = try columns.reshaped(to: [geometry.patchColumns, geometry.groupOutputChannels])
      let target = Im2colBlocks.Target(
        packed: pack(matrix, kernels),
        output: UnsafeMutableBufferPointer(rebasing: output[(group * geometry.groupOutputChannels)...]),
        rowStride: geometry.outputChannels, threads: threads)
      if case .view(let rows) = try fields.layout.reshape(to: [geometry.patchRows, geometry.patchColumns]) {
        run(Im2colBlocks(showing: fields, rows, target))
      } else {
        let parts = try Im2colBlocks.parts(of: fields)
        _ = try Tensor<E>(shape: [geometry.patchRows, geometry.patchColumns]) { matrix in
          run(Im2colBlocks(copying: parts, to: matrix, target))
        }
      }
    }
  }
}
