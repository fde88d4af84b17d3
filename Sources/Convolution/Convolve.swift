import MatrixMultiply
import StridedTensor

/// The convolution of an input N×H×W×C with a weight Kh×Kw×(C/groups)×Cout, by the algorithm that the caller names.
///
/// PyTorch's `conv2d` in the order NHWC. Input, weight and bias may be views with any strides. Padding is zeros that are
/// multiplied like all else: under an infinite weight they make NaN; only `direct`, if named, leaves them out. `winograd` spreads
/// a NaN or an infinity of the input over the outputs of its tile.
///
/// - Parameters:
///   - input: N×H×W×C.
///   - weight: Kh×Kw×(C/groups)×Cout.
///   - bias: one number for each output channel, added last.
///   - geometry: made for the shapes of input and weight.
///   - algorithm: which way to compute; `auto` takes the fastest.
///   - threads: how many threads may work on it, the calling one included.
///   - memoryLimit: the most bytes that the output and the algorithm's own copies may take together.
///   - isExact: forbids `auto` to take Winograd, whose rounding is some ten times that of the others, and
///     which spreads NaN and infinities of the input.
///   - instructionSet: the register tiles of all but `naive`.
/// - Returns: N×Ho×Wo×Cout, row-major.
/// - Throws: `ConvolutionError` if a shape is not the geometry's, or more memory than the limit would be needed.
/// - Complexity: `geometry.operations` multiplications and additions.
public func convolve<E: ConvolutionElement>(
  _ input: Tensor<E>, _ weight: Tensor<E>, bias: Tensor<E>? = nil, geometry: ConvolutionGeometry,
  algorithm: ConvolutionAlgorithm, threads: Int = 1, memoryLimit: Int = MachineMemory.bytes, isExact: Bool = false,
  instructionSet: InstructionSet = .best
) throws(ConvolutionError) -> Tensor<E> {
  try geometry.check(input: input.shape, weight: weight.shape, bias: bias?.shape)
  guard threads >= 1 else { throw .notPositive("threads", threads) }
  let threads = min(threads, WorkerPool.threadLimit)
  try geometry.checkMemory(for: algorithm, itemSize: E.elementType.itemSize, threads: threads, limit: memoryLimit)
  return try newOutput(geometry) { (output) throws(ConvolutionError) in
    switch algorithm {
    case .naive:
      fillWithZeros(output)
      try convolveNaively(input, weight, geometry: geometry, into: output)
    case .matmul:
      fillWithZeros(output)
      try convolvePerOffset(
        input, weight, geometry: geometry, threads: threads, instructionSet: instructionSet, into: output)
    case .im2col:
      try convolveByPatchMatrix(
        input, weight, geometry: geometry, threads: threads, instructionSet: instructionSet, into: output)
    case .lazyIm2col, .direct, .winograd, .auto:
      let prepared = try PreparedConvolution(
        weight: weight, bias: bias, geometry: geometry, algorithm: algorithm, isExact: isExact, runs: 1,
        instructionSet: instructionSet)
      return try prepared.run(input, into: output, threads: threads)
    }
    if let bias { addBias(bias.elements(), to: output) }
  }
}

/// Adds to every output pixel the bias of its channel.
@_specialize(where E == Float)
@_specialize(where E == Double)
func addBias<E: ConvolutionElement>(_ bias: [E], to output: UnsafeMutableBufferPointer<E>) {
  bias.withUnsafeBufferPointer { bias in
    for pixel in stride(from: 0, to: output.count, by: bias.count) {
      for channel in 0..<bias.count { output[pixel + channel] += bias[channel] }
    }
  }
}

/// Runs tensor code, whose errors become those of convolutions.
func ofTensors<Result>(_ body: () throws(StridedTensorError) -> Result) throws(ConvolutionError) -> Result {
  do { return try body() } catch { throw .tensor(error) }
}
