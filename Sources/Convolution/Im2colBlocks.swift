import MatrixMultiply
import StridedTensor

/// The patch matrix of one group as blocks of rows, and the two steps of im2col for each of them.
///
/// Valid only inside the closure of `withIm2colBlocks`. Different blocks touch different memory.
public struct Im2colBlocks<E: ConvolutionElement>: @unchecked Sendable {
  /// The weight that each block is multiplied with, and where its rows of the output lie.
  struct Target {
    let packed: PackedMatrix<E>
    let output: UnsafeMutableBufferPointer<E>
    let rowStride: Int
    let threads: Int
  }

  private enum Rows {
    /// A 1×1 kernel at stride 1: the input is its own patch matrix, one block with nothing to copy.
    case view(Tensor<E>, Layout)
    /// Parts of the view of all fields, output lines or single fields; some of them make a block.
    case copies(PartwiseCopy<E>, partsOfBlock: Int, matrix: UnsafeMutableBufferPointer<E>)
  }

  /// Bytes of the rows that are made before they are multiplied: they stay in the second-level cache.
  private static var blockBytes: Int { 128 << 10 }
  /// Bytes from which a single output line is cut too: a block is no more than some milliseconds' work.
  private static var longestLine: Int { 4 << 20 }

  private let rows: Rows
  private let target: Target

  init(showing fields: Tensor<E>, _ rows: Layout, _ target: Target) {
    self.rows = .view(fields, rows)
    self.target = target
  }

  /// Blocks of the `parts` of a view.
  init(copying parts: PartwiseCopy<E>, to matrix: UnsafeMutableBufferPointer<E>, _ target: Target) {
    let partBytes = max(parts.partCount * MemoryLayout<E>.stride, 1)
    rows = .copies(parts, partsOfBlock: max(Self.blockBytes / partBytes, 1), matrix: matrix)
    self.target = target
  }

  /// The output lines of a view N×Ho×Wo×Kh×Kw×C of all fields, or its single fields where a line is very long.
  static func parts(of fields: Tensor<E>) throws(StridedTensorError) -> PartwiseCopy<E> {
    let lineBytes = fields.shape[2...].reduce(MemoryLayout<E>.stride, *)
    return try PartwiseCopy(of: fields, outerAxes: lineBytes > longestLine ? 3 : 2)
  }

  public var count: Int {
    switch rows {
    case .view: 1
    case .copies(let parts, let partsOfBlock, _): (parts.count + partsOfBlock - 1) / partsOfBlock
    }
  }

  /// The first step: the rows of a block, copied from the picture; nothing where the input shows them.
  @_specialize(where E == Float)
  @_specialize(where E == Double)
  public func copy(_ index: Int) {
    guard case .copies(let parts, let partsOfBlock, let matrix) = rows else { return }
    let block = index * partsOfBlock..<min((index + 1) * partsOfBlock, parts.count)
    // Cannot fail: the matrix has room for all parts.
    try? parts(block, into: UnsafeMutableBufferPointer(rebasing: matrix[(block.lowerBound * parts.partCount)...]))
  }

  /// The second step: the rows of a block times the weight, to their place in the output.
  ///
  /// Meanwhile the memory of the block that the same thread is likely to copy next is fetched: the copy writes memory that has
  /// not been in a cache for long, and would wait for it.
  @_specialize(where E == Float)
  @_specialize(where E == Double)
  public func multiply(_ index: Int) {
    switch rows {
    case .view(let fields, let rows):
      Convolution.multiply(
        fields, rows, target.packed, into: target.output, rowStride: target.rowStride, accumulate: false,
        threads: target.threads)
    case .copies(let parts, let partsOfBlock, let matrix):
      let depth = target.packed.depth
      let rowsOfBlock = partsOfBlock * parts.partCount / depth
      let first = index * rowsOfBlock
      let next = min(index + target.threads, count - 1) * rowsOfBlock
      guard let a = matrix.baseAddress, let c = target.output.baseAddress else { return }
      MatrixMultiply.multiply(
        rows: min(rowsOfBlock, matrix.count / depth - first), a: a + first * depth, aRowStride: depth, aColumnStride: 1,
        b: target.packed, c: c + first * target.rowStride, cRowStride: target.rowStride,
        upcoming: (next - first) * depth)
    }
  }
}
