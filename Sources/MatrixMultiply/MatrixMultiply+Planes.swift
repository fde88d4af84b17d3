/// Matrices of the same sizes that lie at equal distances: what Winograd's algorithm multiplies, one for each element of its
/// transformed tiles.
public struct MatrixPlanes<Element> {
  let start: UnsafeMutablePointer<Element>
  /// Elements from one matrix to the next, and from one row to the next.
  let planeStride: Int
  let rowStride: Int

  public init(_ start: UnsafeMutablePointer<Element>, planeStride: Int, rowStride: Int) {
    self.start = start
    self.planeStride = planeStride
    self.rowStride = rowStride
  }
}

extension MatrixMultiply {
  /// Several products of the same sizes, one after the other on the calling thread: plane p of A times rows
  /// p·depth..<(p+1)·depth of B to plane p of C.
  ///
  /// For few rows, which stay in the cache together with a panel of B: nothing is prepared, copied or allocated.
  ///
  /// - Parameters:
  ///   - planes: which.
  ///   - rows: of each plane of A and C.
  ///   - depth: columns of A.
  ///   - a: the left matrices, their rows runs of memory.
  ///   - b: all right matrices one below the other, packed before.
  ///   - c: the results; must not overlap A.
  ///   - upcoming: memory that is needed after a plane, which is fetched from beyond the cache meanwhile.
  @_specialize(where Element == Float)
  @_specialize(where Element == Double)
  public static func multiplyPlanes<Element: MatrixElement>(
    _ planes: Range<Int>, rows: Int, depth: Int, a: MatrixPlanes<Element>, b: PackedMatrix<Element>,
    c: MatrixPlanes<Element>, upcoming: (Int) -> UnsafeRawBufferPointer
  ) {
    let panels = b.panels[...]
    let depthBlock = BlockSize.even(depth, limit: BlockSize.depth)
    for plane in planes {
      for first in stride(from: 0, to: depth, by: depthBlock) {
        RowBlock(
          rows: rows, a: a.start + (plane * a.planeStride + first), aRowStride: a.rowStride,
          length: min(depthBlock, depth - first), c: c.start + plane * c.planeStride, cRowStride: c.rowStride,
          accumulate: first > 0, upcoming: upcoming(plane)
        ).multiply(panels, packed: b.start, packedDepth: b.depth, firstRow: plane * depth + first)
      }
    }
  }
}
