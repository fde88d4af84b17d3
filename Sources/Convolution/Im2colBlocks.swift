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
    case copies([Block], matrix: UnsafeMutableBufferPointer<E>)
  }

  /// Some rows of the patch matrix: the receptive fields that become them, and the first row.
  struct Block {
    let fields: Tensor<E>
    let firstRow: Int
  }

  /// Bytes of the rows that are made before they are multiplied: they stay in the second-level cache.
  private static var blockBytes: Int { 128 << 10 }
  /// Bytes from which a single output line is cut too: a block is some milliseconds' work.
  private static var longestLine: Int { 4 << 20 }

  private let rows: Rows
  private let target: Target

  init(showing fields: Tensor<E>, _ rows: Layout, _ target: Target) {
    self.rows = .view(fields, rows)
    self.target = target
  }

  init(copying blocks: [Block], to matrix: UnsafeMutableBufferPointer<E>, _ target: Target) {
    rows = .copies(blocks, matrix: matrix)
    self.target = target
  }

  /// Cuts a view N×Ho×Wo×Kh×Kw×C into blocks of whole output lines, or of parts of one where it is very long.
  static func fields(of view: Tensor<E>, depth: Int) throws(StridedTensorError) -> [Block] {
    let (pictures, lines, rowsOfLine) = (view.shape[0], view.shape[1], view.shape[2])
    let rowBytes = max(depth * MemoryLayout<E>.stride, 1)
    let blockLines = min(max(blockBytes / max(rowsOfLine * rowBytes, 1), 1), lines)
    let blockRows = rowsOfLine * rowBytes > longestLine ? max(longestLine / rowBytes, 1) : rowsOfLine
    var blocks: [Block] = []
    for n in 0..<pictures {
      for first in stride(from: 0, to: lines, by: blockLines) {
        for column in stride(from: 0, to: rowsOfLine, by: max(blockRows, 1)) {
          // One layout for each block rather than a slice of a slice: there are thousands of blocks.
          let part = try Layout(
            shape: [1, min(blockLines, lines - first), min(blockRows, rowsOfLine - column)] + view.shape[3...],
            strides: view.strides, offset: view.layout.offset(of: [n, first, column]))
          blocks.append(
            Block(fields: try view.asStrided(part), firstRow: (n * lines + first) * rowsOfLine + column))
        }
      }
    }
    return blocks
  }

  public var count: Int {
    switch rows {
    case .view: 1
    case .copies(let blocks, _): blocks.count
    }
  }

  /// The first step: the rows of a block, copied from the picture; nothing where the input shows them.
  @_specialize(where E == Float)
  @_specialize(where E == Double)
  public func copy(_ index: Int) {
    guard case .copies(let blocks, let matrix) = rows else { return }
    let block = blocks[index]
    let first = block.firstRow * target.packed.depth
    // Cannot fail: the block of the matrix has the view's size.
    try? block.fields.copyElements(
      into: UnsafeMutableBufferPointer(rebasing: matrix[first..<(first + block.fields.count)]))
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
    case .copies(let blocks, let matrix):
      let (block, depth) = (blocks[index], target.packed.depth)
      let next = blocks[min(index + target.threads, blocks.count - 1)]
      guard let a = matrix.baseAddress, let c = target.output.baseAddress else { return }
      MatrixMultiply.multiply(
        rows: block.fields.count / depth, a: a + block.firstRow * depth, aRowStride: depth, aColumnStride: 1,
        b: target.packed, c: c + block.firstRow * target.rowStride, cRowStride: target.rowStride,
        upcoming: (next.firstRow - block.firstRow) * depth)
    }
  }
}
