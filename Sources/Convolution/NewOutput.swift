import MatrixMultiply
import StridedTensor

/// A new output tensor N×Ho×Wo×Cout that the closure fills; what it leaves out is undefined.
func newOutput<E: ConvolutionElement>(
  _ geometry: ConvolutionGeometry, filledBy fill: (UnsafeMutableBufferPointer<E>) throws(ConvolutionError) -> Void
) throws(ConvolutionError) -> Tensor<E> {
  var failure: ConvolutionError?
  let output = try ofTensors { () throws(StridedTensorError) in
    try Tensor<E>(shape: geometry.outputShape) { buffer in
      do throws(ConvolutionError) { try fill(buffer) } catch { failure = error }
    }
  }
  if let failure { throw failure }
  return output
}

/// Initialises new memory with zeros; touching gigabytes for the first time takes a second.
func fillWithZeros<E: TensorElement>(_ target: UnsafeMutableBufferPointer<E>) {
  WorkerPool.shared.runInStretches(of: target.count) { target[$0].initialize(repeating: .zero) }
}
