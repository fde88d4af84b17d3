/// The addresses of a blocked matrix product C = A·B of three square matrices, tile by tile.
///
/// The loops are those of `BlockKernels.multiply`: tiles in the order row, column, depth, and in a tile product for each
/// row and depth one element of A against a row of B's tile, added to a row of C's tile; tile = n is the plain
/// row-depth-column product. The rows of B and C are touched piece by piece as wide loads do, each piece at its start
/// and the row at its last element, so that no cache line of the pieces' length or longer is left out; pieces of one
/// element are the scalar loop.
public struct BlockProductStream: AddressStream {
  public let matrix: TiledMatrix
  /// Elements of a piece.
  public let piece: Int

  /// - Parameters:
  ///   - matrix: size, tile and row padding of all three matrices.
  ///   - pieceBytes: bytes of a piece, at most the cache's line; item size or less for the scalar loop.
  public init(matrix: TiledMatrix, pieceBytes: Int = 64) {
    self.matrix = matrix
    piece = max(pieceBytes / matrix.itemSize, 1)
  }

  public var count: Int { matrix.edge * matrix.edge * unitsAcross }

  /// Accesses of one row and depth over all tile columns.
  private var unitsAcross: Int {
    (matrix.tilesPerSide - 1) * unit(width: matrix.tile) + unit(width: matrix.lastTile)
  }

  /// Accesses of one row and depth in a tile of some width: A once, B and C for each piece.
  private func unit(width: Int) -> Int { 1 + 2 * pieces(width: width) }

  private func pieces(width: Int) -> Int { piece == 1 ? width : (width + piece - 1) / piece + 1 }

  public func append(_ range: Range<Int>, to addresses: inout [Int]) {
    guard !range.isEmpty else { return }
    let (n, edge) = (matrix.edge, matrix.tile)
    let (rowBytes, size) = (matrix.rowStride * matrix.itemSize, matrix.itemSize)
    let (baseB, baseC) = (matrix.base(ofMatrix: 1), matrix.base(ofMatrix: 2))
    let band = edge * n * unitsAcross
    let wide = unit(width: edge)
    var t = range.lowerBound
    while t < range.upperBound {
      // Only the last tile of each kind is smaller, so that dividing by the full size finds every one.
      var rest = t
      let top = rest / band * edge
      rest -= top / edge * band
      let height = min(edge, n - top)
      let left = rest / (height * n * wide) * edge
      rest -= left / edge * (height * n * wide)
      let width = min(edge, n - left)
      let unit = unit(width: width)
      let front = rest / (height * edge * unit) * edge
      rest -= front / edge * (height * edge * unit)
      let depths = min(edge, n - front)
      let row = top + rest / (depths * unit)
      let depth = front + rest / unit % depths
      rest %= unit
      let end = min(unit, rest + range.upperBound - t)
      for access in rest..<end {
        guard access > 0 else {
          addresses.append(row * rowBytes + depth * size)
          continue
        }
        let column = left + min((access - 1) / 2 * piece, width - 1)
        addresses.append(
          (access & 1 == 1 ? baseB + depth * rowBytes : baseC + row * rowBytes) + column * size)
      }
      t += end - rest
    }
  }

  public func linesTouched(line: Int) -> Int { matrix.linesTouched(line: line) * 3 }
}
