import MatrixMultiply
import StridedTensor

extension ConvolutionGeometry {
  /// Elements of the zero-padded copy of the input; 0 where no padding makes a copy unnecessary.
  public var paddedCopyCount: Int { padding.isNone ? 0 : paddedShape.reduce(1, *) }

  /// Elements of the patch matrix of one group.
  public var patchMatrixCount: Int { patchRows * patchColumns }

  public var outputCount: Int { outputShape.reduce(1, *) }
  /// Elements of the input.
  var inputCount: Int { inputShape.reduce(1, *) }

  /// Bytes that an algorithm takes beside a row-major input and weight, and the output.
  public func scratchBytes(of algorithm: ConvolutionAlgorithm, itemSize: Int) -> Int {
    switch algorithm {
    case .naive, .matmul: paddedCopyCount * itemSize
    case .im2col: (paddedCopyCount + (patchesAreCopied ? patchMatrixCount : 0)) * itemSize
    case .lazyIm2col: min(patchRows, 96) * patchColumns * itemSize
    case .direct: planeLayout(itemSize: itemSize)?.scratchBytes ?? 0
    case .winograd: WinogradTile.best(for: self)?.scratchBytes(self, itemSize: itemSize) ?? 0
    case .auto: scratchBytes(of: automaticChoice().algorithm, itemSize: itemSize)
    }
  }

  private func planeLayout(itemSize: Int) -> PlaneLayout? {
    itemSize == 8 ? planeLayout(Kernels<Double>()) : planeLayout(Kernels<Float>())
  }

  /// Whether the patch matrix of a row-major input is a copy: a 1×1 kernel at stride 1 of one group is the input itself.
  var patchesAreCopied: Bool {
    kernelHeight * kernelWidth > 1 || stride != AxisPair(1) || groups > 1
  }

  /// Bytes of the weights as an algorithm packs or transforms them, but for empty columns.
  private func preparedBytes(of algorithm: ConvolutionAlgorithm, itemSize: Int) -> Int {
    switch algorithm {
    case .naive, .matmul, .im2col: 0
    case .lazyIm2col, .direct: patchColumns * outputChannels * itemSize
    case .winograd: WinogradTile.best(for: self)?.preparedBytes(self, itemSize: itemSize) ?? 0
    case .auto: preparedBytes(of: automaticChoice().algorithm, itemSize: itemSize)
    }
  }

  /// Whether the scratch is each thread's own.
  private func isScratchOfThread(_ algorithm: ConvolutionAlgorithm) -> Bool {
    switch algorithm {
    case .naive, .matmul, .im2col: false
    case .lazyIm2col, .direct, .winograd: true
    case .auto: isScratchOfThread(automaticChoice().algorithm)
    }
  }

  func checkMemory(
    for algorithm: ConvolutionAlgorithm, itemSize: Int, threads: Int, limit: Int
  ) throws(ConvolutionError) {
    let scratch = saturatingProduct(
      scratchBytes(of: algorithm, itemSize: itemSize), isScratchOfThread(algorithm) ? threads : 1)
    let kept = outputCount * itemSize + preparedBytes(of: algorithm, itemSize: itemSize)
    let bytes = saturatingSum(scratch, kept)
    guard bytes <= limit else { throw .memory(of: algorithm.rawValue, bytes: bytes, limit: limit) }
  }
}
