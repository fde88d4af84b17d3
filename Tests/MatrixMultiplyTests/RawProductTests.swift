import MatrixMultiply
import StridedTensor
import TestSupport
import Testing

/// Products on raw memory: every instruction set, thread count and stride, with guard pages around all three matrices.
@Suite struct RawProductTests {
  struct Shape {
    let rows: Int
    let columns: Int
    let depth: Int
  }

  @Test(arguments: InstructionSet.available, [1, 2, 3, 8])
  func allSmallShapes(instructionSet: InstructionSet, threads: Int) throws {
    var random = SeededGenerator(seed: 1)
    for rows in 1...18 {
      for columns in [1, 2, 3, 4, 5, 7, 8, 9, 12, 15, 16, 17, 24, 31, 33, 47, 48, 49, 63, 64, 65, 72, 130] {
        for depth in [1, 2, 7, 21] {
          let shape = Shape(rows: rows, columns: columns, depth: depth)
          try expectProduct(Float.self, shape, instructionSet, threads: threads, &random)
          try expectProduct(Double.self, shape, instructionSet, threads: threads, &random)
        }
      }
    }
  }

  @Test(arguments: InstructionSet.available, 0..<6 as Range<UInt64>)
  func randomShapes(instructionSet: InstructionSet, seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    for threads in [1, 2, 3, 8] {
      let shape = Shape(rows: random.int(1...300), columns: random.int(1...300), depth: random.int(1...80))
      try expectProduct(Float.self, shape, instructionSet, threads: threads, &random, seed: seed)
      try expectProduct(Double.self, shape, instructionSet, threads: threads, &random, seed: seed)
    }
  }

  /// Deeper than one block, wider than one block, and rows that lie a power of two or whole pages apart.
  @Test(arguments: [
    Shape(rows: 5, columns: 9, depth: 1300), Shape(rows: 3, columns: 3100, depth: 2),
    Shape(rows: 100, columns: 20, depth: 600), Shape(rows: 9, columns: 136, depth: 2048),
    Shape(rows: 30, columns: 16, depth: 1024), Shape(rows: 13, columns: 5, depth: 3072),
  ])
  func beyondOneBlock(shape: Shape) throws {
    var random = SeededGenerator(seed: 3)
    for threads in [1, 3] {
      try expectProduct(Float.self, shape, .best, threads: threads, &random)
    }
  }

  /// Rows so few that B is read where it lies: blocks of columns that are not whole, and depths that are no multiple of eight.
  @Test(arguments: InstructionSet.available, 1...9)
  func fewRows(instructionSet: InstructionSet, rows: Int) throws {
    var random = SeededGenerator(seed: 11)
    for (columns, depth) in [(64, 2050), (1029, 130), (2100, 67), (333, 1031), (40, 3300), (70, 9000)] {
      for threads in [0, 1, 3] {
        let shape = Shape(rows: rows, columns: columns, depth: depth)
        try expectProduct(Float.self, shape, instructionSet, threads: threads, &random)
        try expectProduct(Double.self, shape, instructionSet, threads: threads, &random)
      }
    }
  }

  /// Columns that threads share in whole panels: evenly, with a last share that is not full, several for each, and just not.
  @Test(arguments: InstructionSet.available, [120, 121, 127, 128, 192, 250, 500, 1000])
  func sharesOfColumns(instructionSet: InstructionSet, columns: Int) throws {
    var random = SeededGenerator(seed: 5)
    for threads in [2, 3, 8] {
      // Each lies in memory as it happens to: where A is transposed, its rows are shared.
      for _ in 0..<4 {
        let shape = Shape(rows: 23, columns: columns, depth: 30)
        try expectProduct(Float.self, shape, instructionSet, threads: threads, &random)
        try expectProduct(Double.self, shape, instructionSet, threads: threads, &random)
      }
    }
  }

  /// Panels for tiles, and the last few columns as inner products.
  @Test(arguments: InstructionSet.available, [1, 3, 16, 19, 67])
  func rowsPackedSomeAtATimeMakeTheSameMatrix(instructionSet: InstructionSet, columns: Int) throws {
    var random = SeededGenerator(seed: 7)
    let (rows, depth) = (5, 45)
    let a = (0..<rows * depth).map { _ in Float(random.int(-9...9)) }
    let b = (0..<depth * columns).map { _ in Float(random.int(-9...9)) }
    let kernels = Kernels<Float>(instructionSet)
    let whole = PackedMatrix(
      depth: depth, columns: columns, b: b, bRowStride: columns, bColumnStride: 1, kernels: kernels)
    let inParts = PackedMatrix<Float>(depth: depth, columns: columns, kernels: kernels) { packing in
      // In any order.
      for part in [20..<45, 0..<1, 1..<20] {
        let copied = Array(b[(part.lowerBound * columns)..<(part.upperBound * columns)])
        packing.pack(part, from: copied, rowStride: columns, columnStride: 1)
      }
    }
    func product(_ packed: PackedMatrix<Float>) -> [Float] {
      var c = [Float](repeating: .nan, count: rows * columns)
      MatrixMultiply.multiply(
        rows: rows, a: a, aRowStride: depth, aColumnStride: 1, b: packed, c: &c, cRowStride: columns)
      return c
    }
    let expected = (0..<rows * columns).map { place in
      (0..<depth).reduce(Float(0)) { $0 + a[place / columns * depth + $1] * b[$1 * columns + place % columns] }
    }
    #expect(product(whole) == expected)
    #expect(product(inParts) == expected)
  }

  /// Every column is in one panel; with AVX-512, rows that are a little more than the widest tile's are taken by one tile.
  @Test(arguments: InstructionSet.available, [1, 16, 63, 64, 200])
  func panelsSuitTheRows(instructionSet: InstructionSet, columns: Int) {
    let kernels = Kernels<Float>(instructionSet)
    let usual = kernels.panels(columns: columns, runLength: 8)
    let widthsForRows = [1: 64, 6: 64, 7: 48, 8: 48, 9: 32, 14: 32, 15: 64, 300: 64]
    for (rows, width) in widthsForRows {
      let panels = kernels.panels(columns: columns, runLength: 8, rows: rows)
      #expect(panels.flatMap { $0.start..<($0.start + $0.columns) } == Array(0..<columns))
      #expect(panels.allSatisfy { $0.columns <= $0.width })
      if instructionSet != .avx512 {
        #expect(panels.map(\.width) == usual.map(\.width))
      } else if columns >= 64 {
        #expect(panels[0].width == width, "\(rows) rows")
        #expect(width == 64 || panels[0].tileRows >= rows)
      }
    }
  }

  @Test func depthZeroClears() {
    var c: [Float] = [1, 2, 3, 4, 5, 6]
    let nothing: [Float] = [0]
    MatrixMultiply.multiply(
      rows: 2, columns: 2, depth: 0, a: nothing, aRowStride: 0, aColumnStride: 0, b: nothing, bRowStride: 0,
      bColumnStride: 0, c: &c, cRowStride: 3)
    #expect(c == [0, 0, 3, 0, 0, 6])
    MatrixMultiply.multiply(
      rows: 2, columns: 2, depth: 0, a: nothing, aRowStride: 0, aColumnStride: 0, b: nothing, bRowStride: 0,
      bColumnStride: 0, c: &c, cRowStride: 3, accumulate: true)
    #expect(c == [0, 0, 3, 0, 0, 6])
  }

  /// Small integers, so that the product is exact in any order; all memory ends at a guard page or begins after one.
  private func expectProduct<E: MatrixElement>(
    _ type: E.Type, _ shape: Shape, _ instructionSet: InstructionSet, threads: Int, _ random: inout SeededGenerator,
    seed: UInt64 = 1
  ) throws {
    let (rows, columns, depth) = (shape.rows, shape.columns, shape.depth)
    let transposesA = random.int(0...1) == 1
    let transposesB = random.int(0...1) == 1
    let gap = random.int(0...2)
    let accumulate = random.int(0...1) == 1
    let atStart = random.int(0...3) == 0
    func numbers(_ count: Int) -> [E] { (0..<count).map { _ in E(random.int(-3...3)) } }
    let a = numbers(rows * depth)
    let b = numbers(depth * columns)
    let c = numbers((rows - 1) * (columns + gap) + columns)
    let left = try #require(GuardedMemory(a, atStart: atStart))
    let right = try #require(GuardedMemory(b, atStart: atStart))
    let result = try #require(GuardedMemory(c, atStart: atStart))
    let (ai, ak) = transposesA ? (1, rows) : (depth, 1)
    let (bk, bj) = transposesB ? (1, depth) : (columns, 1)
    MatrixMultiply.multiply(
      rows: rows, columns: columns, depth: depth, a: left.start, aRowStride: ai, aColumnStride: ak,
      b: right.start, bRowStride: bk, bColumnStride: bj, c: result.start, cRowStride: columns + gap,
      accumulate: accumulate, threads: threads, instructionSet: instructionSet)
    var expected = c
    for i in 0..<rows {
      for j in 0..<columns {
        var sum = accumulate ? c[i * (columns + gap) + j] : 0
        for k in 0..<depth { sum += a[i * ai + k * ak] * b[k * bk + j * bj] }
        expected[i * (columns + gap) + j] = sum
      }
    }
    #expect(result.elements == expected, "\(shape) \(E.self) \(instructionSet) seed \(seed)")
  }
}
