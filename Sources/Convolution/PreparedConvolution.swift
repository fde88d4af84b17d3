import MatrixMultiply
import StridedTensor

/// A convolution whose weights are packed or transformed once, to be run on many inputs.
///
/// Immutable: one prepared convolution may run on several threads at once. Only the algorithms with something to prepare
/// have this form: `lazy-im2col`, `direct`, `winograd`, and `auto`, which chooses among them.
public final class PreparedConvolution<E: ConvolutionElement>: Sendable {
  private enum Path: Sendable {
    case lazyPatches(LazyPatchConvolution<E>)
    case direct(DirectConvolution<E>)
    case planar(PlanarConvolution<E>)
    case winograd(WinogradConvolution<E>)
  }

  public let geometry: ConvolutionGeometry
  /// What will run: never `auto`.
  public let algorithm: ConvolutionAlgorithm
  private let path: Path

  /// Packs or transforms a weight.
  ///
  /// - Parameters:
  ///   - weight: Kh×Kw×(C/groups)×Cout, any strides.
  ///   - bias: one number for each output channel.
  ///   - geometry: made for the shapes of input and weight.
  ///   - algorithm: one with a prepared form.
  ///   - isExact: forbids `auto` to take Winograd, whose rounding is some ten times that of the others.
  ///   - runs: how often it will run, if that is seldom: `auto` then counts what preparing costs.
  ///   - instructionSet: the register tiles to use.
  /// - Throws: `ConvolutionError` if a shape is not the geometry's, or the algorithm does not cover it or has no prepared form.
  public init(
    weight: Tensor<E>, bias: Tensor<E>? = nil, geometry: ConvolutionGeometry,
    algorithm: ConvolutionAlgorithm = .auto, isExact: Bool = false, runs: Int? = nil,
    instructionSet: InstructionSet = .best
  ) throws(ConvolutionError) {
    try geometry.check(input: geometry.inputShape, weight: weight.shape, bias: bias?.shape)
    self.geometry = geometry
    let rows = try ofTensors { () throws(StridedTensorError) in try weight.contiguousInPieces() }
    let bias = bias?.elements()
    (self.algorithm, path) = try rows.withUnsafeBuffer { (buffer) throws(ConvolutionError) in
      let elements = UnsafeBufferPointer(
        rebasing: buffer[rows.layout.offset..<(rows.layout.offset + rows.count)])
      let chosen =
        algorithm == .auto
        ? geometry.automaticChoice(
          isExact: isExact, weightsAreFinite: areFinite(elements), runs: runs, instructionSet: instructionSet
        ).algorithm
        : algorithm
      return (
        chosen,
        try Self.path(
          chosen, geometry, weight: elements, bias: bias,
          kernels: Kernels(instructionSet))
      )
    }
  }

  private static func path(
    _ algorithm: ConvolutionAlgorithm, _ geometry: ConvolutionGeometry, weight: UnsafeBufferPointer<E>, bias: [E]?,
    kernels: Kernels<E>
  ) throws(ConvolutionError) -> Path {
    guard let weight = weight.baseAddress else { fatalError("a tensor has a buffer") }
    switch algorithm {
    case .lazyIm2col:
      return .lazyPatches(LazyPatchConvolution(geometry, weight: weight, bias: bias, kernels: kernels))
    case .direct:
      if let planes = geometry.planeLayout(kernels) {
        return .planar(PlanarConvolution(geometry, planes, weight: weight, bias: bias, kernels: kernels))
      }
      return .direct(DirectConvolution(geometry, weight: weight, bias: bias, kernels: kernels))
    case .winograd:
      guard let tile = WinogradTile.best(for: geometry, instructionSet: kernels.instructionSet) else {
        throw .notCovered(algorithm, by: WinogradTile.coverage)
      }
      return .winograd(WinogradConvolution(geometry, tile: tile, weight: weight, bias: bias, kernels: kernels))
    case .auto, .naive, .matmul, .im2col:
      throw .notPrepared(algorithm)
    }
  }

  /// Bytes that the packed or transformed weights take.
  public var preparedBytes: Int {
    switch path {
    case .lazyPatches(let path): path.preparedBytes
    case .direct(let path): path.preparedBytes
    case .planar(let path): path.preparedBytes
    case .winograd(let path): path.preparedBytes
    }
  }

  /// Convolves an input with any strides into a new row-major tensor.
  public func callAsFunction(_ input: Tensor<E>, threads: Int = 1) throws(ConvolutionError) -> Tensor<E> {
    try newOutput(geometry) { (output) throws(ConvolutionError) in try run(input, into: output, threads: threads) }
  }

  /// Convolves an input into memory of the caller, row-major N×Ho×Wo×Cout.
  ///
  /// A row-major input is read where it lies; another is copied first.
  @_specialize(where E == Float)
  @_specialize(where E == Double)
  public func run(
    _ input: Tensor<E>, into output: UnsafeMutableBufferPointer<E>, threads: Int = 1
  ) throws(ConvolutionError) {
    try geometry.check(input: input.shape)
    guard threads >= 1 else { throw .notPositive("threads", threads) }
    guard output.count == geometry.outputCount else {
      throw .shape(of: "output buffer", expected: [geometry.outputCount], got: [output.count])
    }
    guard let target = output.baseAddress else { return }
    func runRowMajor(_ input: Tensor<E>) {
      input.withUnsafeBuffer { buffer in
        guard let source = buffer.baseAddress else { return }
        runUnchecked(source + input.layout.offset, into: target, threads: threads)
      }
    }
    if input.layout.isContiguous {
      runRowMajor(input)
    } else {
      runRowMajor(try ofTensors { () throws(StridedTensorError) in try input.copied() })
    }
  }

  /// The innermost door: row-major input and output of the geometry's sizes, unchecked; they must not overlap.
  public func runUnchecked(_ input: UnsafePointer<E>, into output: UnsafeMutablePointer<E>, threads: Int = 1) {
    let threads = min(threads, WorkerPool.threadLimit)
    switch path {
    case .lazyPatches(let path): path.run(input, into: output, threads: threads)
    case .direct(let path): path.run(input, into: output, threads: threads)
    case .planar(let path): path.run(input, into: output, threads: threads)
    case .winograd(let path): path.run(input, into: output, threads: threads)
    }
  }
}

/// Whether there is neither infinity nor NaN among numbers.
@_specialize(where E == Float)
@_specialize(where E == Double)
private func areFinite<E: ConvolutionElement>(_ elements: UnsafeBufferPointer<E>) -> Bool {
  var areFinite = true
  WorkerPool.shared.runInStretches(of: elements.count) { stretch in
    for k in stretch where !elements[k].isFinite { areFinite = false }
  }
  return areFinite
}
