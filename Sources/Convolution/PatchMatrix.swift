import MatrixMultiply
import StridedTensor

/// The input with its padding around it: a copy with zeros, or the input itself where there is no padding.
public func paddedInput<E: TensorElement>(
  _ input: Tensor<E>, geometry: ConvolutionGeometry
) throws(ConvolutionError) -> Tensor<E> {
  try geometry.check(input: input.shape)
  guard !geometry.padding.isNone else { return input }
  return try ofTensors { () throws(StridedTensorError) in
    var padded = try Tensor<E>(shape: geometry.paddedShape, initializedBy: fillWithZeros)
    let rowCount = geometry.inputWidth * geometry.inputChannels
    let rows = try input.contiguousInPieces()
    padded.withUnsafeMutableBuffer { target in
      rows.withUnsafeBuffer { source in
        WorkerPool.shared.run(tasks: geometry.batch * geometry.inputHeight, threads: 1) { row in
          let (n, y) = (row / geometry.inputHeight, row % geometry.inputHeight)
          let pixel =
            (n * geometry.paddedHeight + geometry.padding.top + y) * geometry.paddedWidth + geometry.padding.left
          let first = rows.layout.offset + row * rowCount
          let start = pixel * geometry.inputChannels
          WorkerPool.shared.runInStretches(of: rowCount) { part in
            _ = UnsafeMutableBufferPointer(rebasing: target[(start + part.lowerBound)..<(start + part.upperBound)])
              .update(fromContentsOf: source[(first + part.lowerBound)..<(first + part.upperBound)])
          }
        }
      }
    }
    return padded
  }
}

extension ConvolutionGeometry {
  /// The lecture's 6-D view N×Ho×Wo×Kh×Kw×C of the padded input: entry (n,y,x,i,j,c) is what kernel element (i,j)
  /// meets at output (y,x).
  ///
  /// - Parameter padded: the layout of `paddedInput`, with any strides.
  public func patchLayout(of padded: Layout) throws(ConvolutionError) -> Layout {
    guard padded.shape == paddedShape else {
      throw .shape(of: "padded input", expected: paddedShape, got: padded.shape)
    }
    return try ofTensors { () throws(StridedTensorError) in
      try padded.windows(
        AxisWindow(axis: 1, length: kernelHeight, stride: stride.vertical, dilation: dilation.vertical),
        AxisWindow(axis: 2, length: kernelWidth, stride: stride.horizontal, dilation: dilation.horizontal))
    }
  }
}

/// All receptive fields as a view N×Ho×Wo×Kh×Kw×C of the input, or of its padded copy.
public func patchView<E: TensorElement>(
  _ input: Tensor<E>, geometry: ConvolutionGeometry
) throws(ConvolutionError) -> Tensor<E> {
  let padded = try paddedInput(input, geometry: geometry)
  let layout = try geometry.patchLayout(of: padded.layout)
  return try ofTensors { () throws(StridedTensorError) in try padded.asStrided(layout) }
}

/// The im2col matrix of all channels: (N·Ho·Wo) × (Kh·Kw·C), one receptive field a row, columns in (i, j, c) order.
///
/// PyTorch's `unfold` has the fields in its columns, and those in (c, i, j) order. The matrix is a view where strides
/// can show it (a 1×1 kernel at stride 1), else a copy.
///
/// - Throws: `ConvolutionError.memory` if it and the padded copy would take more than `memoryLimit` bytes.
public func patchMatrix<E: TensorElement>(
  _ input: Tensor<E>, geometry: ConvolutionGeometry, memoryLimit: Int = MachineMemory.bytes
) throws(ConvolutionError) -> Tensor<E> {
  let columns = geometry.patchColumns * geometry.groups
  let bytes = (geometry.patchRows * columns + geometry.paddedCopyCount) * E.elementType.itemSize
  guard bytes <= memoryLimit else { throw .memory(of: "patch matrix", bytes: bytes, limit: memoryLimit) }
  let view = try patchView(input, geometry: geometry)
  return try ofTensors { () throws(StridedTensorError) in
    try view.reshaped(to: [geometry.patchRows, columns])
  }
}
