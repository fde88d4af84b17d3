import MatrixMultiply
import StridedTensor

/// One matrix product for each group: the patch matrix times the weight as a matrix.
///
/// The lecture's `as_strided(Z, …).reshape(-1, Kh·Kw·C) @ weight.reshape(-1, Cout)`: a 6-D view of the (padded) input, made
/// contiguous because its window axes do not merge, and one product. The rows are made and multiplied block by block, so
/// that the product finds them in the cache; in the end the whole matrix has been written.
func convolveByPatchMatrix<E: ConvolutionElement>(
  _ input: Tensor<E>, _ weight: Tensor<E>, geometry: ConvolutionGeometry, threads: Int, instructionSet: InstructionSet,
  into output: UnsafeMutableBufferPointer<E>
) throws(ConvolutionError) {
  let view = try patchView(input, geometry: geometry)
  let kernels = Kernels<E>(instructionSet)
  for group in 0..<geometry.groups {
    try ofTensors { () throws(StridedTensorError) in
      let fields = try view.asStrided(geometry.channels(ofGroup: group, in: view.layout))
      let columns = try weight.asStrided(geometry.outputs(ofGroup: group, in: weight.layout))
      let matrix = try columns.reshaped(to: [geometry.patchColumns, geometry.groupOutputChannels])
      let packed = pack(matrix, kernels)
      let target = UnsafeMutableBufferPointer(rebasing: output[(group * geometry.groupOutputChannels)...])
      if case .view(let rows) = try fields.layout.reshape(to: [geometry.patchRows, geometry.patchColumns]) {
        // A 1×1 kernel at stride 1: the input is its own patch matrix.
        multiply(
          fields, rows, packed, into: target, rowStride: geometry.outputChannels, accumulate: false, threads: threads)
      } else {
        try copyAndMultiply(fields, packed, into: target, rowStride: geometry.outputChannels, threads: threads)
      }
    }
  }
}

/// Bytes of the patch rows that are made before they are multiplied: they stay in the second-level cache.
private let blockBytes = 128 << 10

/// Makes the patch matrix of a view N×Ho×Wo×Kh×Kw×C, and multiplies each block of rows while it is in the cache.
private func copyAndMultiply<E: ConvolutionElement>(
  _ fields: Tensor<E>, _ packed: PackedMatrix<E>, into output: UnsafeMutableBufferPointer<E>, rowStride: Int,
  threads: Int
) throws(StridedTensorError) {
  let (pictures, lines, rowsOfLine) = (fields.shape[0], fields.shape[1], fields.shape[2])
  let lineCount = rowsOfLine * packed.depth
  let wanted = blockBytes / max(lineCount * MemoryLayout<E>.stride, 1)
  let blockLines = min(max(wanted, 1), lines)
  let blocksOfPicture = (lines + blockLines - 1) / blockLines
  let blocks = try (0..<(pictures * blocksOfPicture)).map { (block) throws(StridedTensorError) in
    let first = block % blocksOfPicture * blockLines
    let picture = try fields.slice(axis: 0, start: block / blocksOfPicture, stop: block / blocksOfPicture + 1)
    return try picture.slice(axis: 1, start: first, stop: min(first + blockLines, lines))
  }
  _ = try Tensor<E>(shape: [pictures * lines * rowsOfLine, packed.depth]) { matrix in
    WorkerPool.shared.run(tasks: blocks.count, threads: threads) { block in
      let first = (block / blocksOfPicture * lines + block % blocksOfPicture * blockLines) * rowsOfLine
      let rows = blocks[block].count / packed.depth
      let patches = UnsafeMutableBufferPointer(
        rebasing: matrix[(first * packed.depth)..<((first + rows) * packed.depth)])
      // Cannot fail: the block of the matrix has the view's size.
      try? blocks[block].copyElements(into: patches)
      guard let a = patches.baseAddress, let c = output.baseAddress else { return }
      MatrixMultiply.multiply(
        rows: rows, a: a, aRowStride: packed.depth, aColumnStride: 1, b: packed, c: c + first * rowStride,
        cRowStride: rowStride)
    }
  }
}
