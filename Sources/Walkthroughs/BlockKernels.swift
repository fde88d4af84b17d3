/// The loops whose addresses are modelled, to be timed: plain Swift, one thread, Floats.
///
/// They teach what tiles do and are not the library's matrix product.
public enum BlockKernels {
  /// The transpose of a matrix, tile by tile: `target[column, row] = source[row, column]`.
  ///
  /// - Parameters:
  ///   - matrix: size, tile and row padding of both; tile = edge is the plain transpose.
  ///   - source: `matrix.bufferCount` elements or more.
  ///   - target: as long; the padding after its rows is left as it is.
  /// - Throws: `WalkthroughError.buffer`; nothing is written then.
  public static func transpose(
    _ source: [Float], into target: inout [Float], matrix: TiledMatrix
  ) throws(WalkthroughError) {
    try check([source.count, target.count], matrix)
    let (n, edge, stride) = (matrix.edge, matrix.tile, matrix.rowStride)
    source.withUnsafeBufferPointer { source in
      target.withUnsafeMutableBufferPointer { target in
        guard let from = source.baseAddress, let to = target.baseAddress else { return }
        for top in Swift.stride(from: 0, to: n, by: edge) {
          let bottom = min(top + edge, n)
          for left in Swift.stride(from: 0, to: n, by: edge) {
            let right = min(left + edge, n)
            var row = top
            while row < bottom {
              var column = left
              while column < right {
                to[column &* stride &+ row] = from[row &* stride &+ column]
                column &+= 1
              }
              row &+= 1
            }
          }
        }
      }
    }
  }

  /// The product of two matrices, tile by tile; every element is the same sum in the same order whatever the tile.
  ///
  /// - Parameters:
  ///   - matrix: size, tile and row padding of all three; tile = edge is the plain row-depth-column product.
  ///   - a: the left factor, `matrix.bufferCount` elements or more.
  ///   - b: the right one, as long.
  ///   - c: as long; overwritten but for the padding after its rows.
  ///   - bands: the rows of tiles of C that are computed, all by default; the others are left as they are.
  /// - Throws: `WalkthroughError.buffer`; nothing is written then.
  public static func multiply(
    _ a: [Float], _ b: [Float], into c: inout [Float], matrix: TiledMatrix, bands: Range<Int>? = nil
  ) throws(WalkthroughError) {
    try check([a.count, b.count, c.count], matrix)
    let (n, edge, stride) = (matrix.edge, matrix.tile, matrix.rowStride)
    let bands = (bands ?? 0..<matrix.tilesPerSide).clamped(to: 0..<matrix.tilesPerSide)
    let (first, end) = (bands.lowerBound * edge, min(bands.upperBound * edge, n))
    a.withUnsafeBufferPointer { a in
      b.withUnsafeBufferPointer { b in
        c.withUnsafeMutableBufferPointer { c in
          guard let a = a.baseAddress, let b = b.baseAddress, let c = c.baseAddress else { return }
          for row in first..<max(first, end) { (c + row * stride).update(repeating: 0, count: n) }
          for top in Swift.stride(from: first, to: end, by: edge) {
            for left in Swift.stride(from: 0, to: n, by: edge) {
              for front in Swift.stride(from: 0, to: n, by: edge) {
                multiplyTile(
                  a + (top * stride + front), b + (front * stride + left), c + (top * stride + left),
                  rows: min(edge, n - top), columns: min(edge, n - left), depths: min(edge, n - front), stride: stride)
              }
            }
          }
        }
      }
    }
  }

  @inline(__always)
  private static func multiplyTile(
    _ a: UnsafePointer<Float>, _ b: UnsafePointer<Float>, _ c: UnsafeMutablePointer<Float>, rows: Int, columns: Int,
    depths: Int, stride: Int
  ) {
    for row in 0..<rows {
      let sums = c + row &* stride
      for depth in 0..<depths {
        let factor = a[row &* stride &+ depth]
        let terms = b + depth &* stride
        var column = 0
        while column < columns {
          sums[column] += factor * terms[column]
          column &+= 1
        }
      }
    }
  }

  private static func check(_ counts: [Int], _ matrix: TiledMatrix) throws(WalkthroughError) {
    for count in counts where count < matrix.bufferCount {
      throw .buffer(expected: matrix.bufferCount, got: count)
    }
  }
}
