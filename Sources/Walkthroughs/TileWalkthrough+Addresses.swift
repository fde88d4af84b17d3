extension TileWalkthrough {
  /// The addresses of one walk through the matrix.
  public var addresses: MatrixPathStream { MatrixPathStream(walk: self) }
}

/// The addresses of a path through one matrix.
public struct MatrixPathStream: AddressStream {
  let walk: TileWalkthrough

  public var count: Int { walk.count }

  public func append(_ range: Range<Int>, to addresses: inout [Int]) {
    let size = walk.matrix.itemSize
    for t in range {
      let (row, column) = walk.place(at: t)
      addresses.append(walk.matrix.offset(row: row, column: column) * size)
    }
  }

  public func linesTouched(line: Int) -> Int { walk.matrix.linesTouched(line: line) }
}

extension TiledMatrix {
  /// Bytes of the whole buffer.
  public var bytes: Int { bufferCount * itemSize }

  /// Where matrix `number` of several lies when each begins on a page of 4096 bytes, as large allocations do.
  public func base(ofMatrix number: Int) -> Int { (bytes + 4095) / 4096 * 4096 * number }

  /// How many cache lines the elements lie in, for a matrix that begins on a line.
  ///
  /// - Complexity: O(edge).
  public func linesTouched(line: Int) -> Int {
    guard line > 0 else { return 0 }
    var (found, last) = (0, -1)
    for row in 0..<edge {
      let first = max(row * rowStride * itemSize / line, last + 1)
      let end = ((row * rowStride + edge) * itemSize - 1) / line
      if end >= first { found += end - first + 1 }
      last = max(last, end)
    }
    return found
  }
}

/// The addresses of a block transpose: an element of A read, its place in the other matrix written, tile by tile.
///
/// The loops are those of `BlockKernels.transpose`; tile = n is the plain transpose.
public struct BlockTransposeStream: AddressStream {
  public let matrix: TiledMatrix

  public init(matrix: TiledMatrix) { self.matrix = matrix }

  public var count: Int { matrix.edge * matrix.edge * 2 }

  public func append(_ range: Range<Int>, to addresses: inout [Int]) {
    let walk = TileWalkthrough(matrix: matrix, order: .tileByTile)
    let (size, base) = (matrix.itemSize, matrix.base(ofMatrix: 1))
    guard !range.isEmpty else { return }
    for t in range.lowerBound / 2...(range.upperBound - 1) / 2 {
      let (row, column) = walk.place(at: t)
      if 2 * t >= range.lowerBound { addresses.append(matrix.offset(row: row, column: column) * size) }
      if 2 * t + 1 < range.upperBound { addresses.append(base + matrix.offset(row: column, column: row) * size) }
    }
  }

  public func linesTouched(line: Int) -> Int { matrix.linesTouched(line: line) * 2 }
}
