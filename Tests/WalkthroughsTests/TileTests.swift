import StridedTensor
import TestSupport
import Testing
import Walkthroughs

@Suite struct TileTests {
  /// All tiles of all small matrices, with and without row padding.
  static let matrices: [TiledMatrix] = {
    (1...7).flatMap { edge in
      (1...edge).flatMap { tile in
        [0, 1, 3].compactMap { try? TiledMatrix(edge: edge, tile: tile, rowPadding: $0) }
      }
    }
  }()

  /// The elements tile by tile, by the loops that one would write.
  static func tileByTile(_ m: TiledMatrix) -> [(row: Int, column: Int)] {
    var places: [(row: Int, column: Int)] = []
    for top in stride(from: 0, to: m.edge, by: m.tile) {
      for left in stride(from: 0, to: m.edge, by: m.tile) {
        for row in top..<min(top + m.tile, m.edge) {
          for column in left..<min(left + m.tile, m.edge) { places.append((row, column)) }
        }
      }
    }
    return places
  }

  @Test func stepsAreTheLoops() throws {
    #expect(Self.matrices.count == 3 * 28)
    for m in Self.matrices {
      let tiled = Self.tileByTile(m)
      let plain = (0..<m.edge * m.edge).map { (row: $0 / m.edge, column: $0 % m.edge) }
      for (order, places) in [(TileWalkthrough.Order.tileByTile, tiled), (.rowByRow, plain)] {
        let walk = TileWalkthrough(matrix: m, order: order)
        #expect(walk.count == places.count)
        var last: Int?
        for (t, place) in places.enumerated() {
          let step = walk.step(at: t)
          #expect((step.row, step.column) == place, "\(m) \(t)")
          #expect(walk.stepIndex(row: step.row, column: step.column) == t)
          #expect((step.tileRow, step.tileColumn) == (place.row / m.tile, place.column / m.tile))
          #expect(step.offset == place.row * (m.edge + m.rowPadding) + place.column)
          #expect(step.jump == last.map { (step.offset - $0) * 4 })
          last = step.offset
        }
        #expect(Array(walk.addresses.addresses) == places.map { m.offset(row: $0.row, column: $0.column) * 4 })
        #expect(walk.step(at: .max) == walk.step(at: walk.count - 1) && walk.step(at: -1) == walk.step(at: 0))
      }
    }
  }

  /// Where T divides, the strided view in row-major order is the walk; where it does not, there is none.
  @Test func theViewIsTheWalkWhereTheTileDivides() throws {
    for m in Self.matrices {
      #expect((m.tiles != nil) == (m.edge % m.tile == 0))
      #expect((m.raggedSentence == nil) == m.tileDivides && (m.paddingSentence == nil) == m.tileDivides)
      let padded = try m.padded()
      #expect(padded.tileDivides && padded.edge >= m.edge && padded.edge < m.edge + m.tile)
      #expect(padded.edge * padded.edge - m.edge * m.edge == m.paddingCells)
      guard let view = m.tiles else { continue }
      #expect(view.strides == m.tileStrides)
      #expect(BruteForce.offsets(view) == Self.tileByTile(m).map { m.offset(row: $0.row, column: $0.column) })
    }
  }

  @Test func theLecturesStridesAreDerived() throws {
    let m = try TiledMatrix(edge: 6, tile: 2)
    #expect(m.tileStrides == [12, 2, 6, 1])
    #expect(m.tiles?.shape == [3, 3, 2, 2])
    #expect(m.strideSentences[0] == "+1 in the tile row moves T rows: n·T = 6·2 = 12 elements")
    let ragged = try TiledMatrix(edge: 7, tile: 3)
    #expect(ragged.raggedSentence?.hasPrefix("3 does not divide 7: the last tile has 1 of 3 rows") == true)
    #expect(ragged.paddingSentence == "padded to 9×9: 32 cells more, 324 bytes instead of 196")
    #expect(ragged.tilesPerSide == 3 && ragged.lastTile == 1)
  }

  @Test(arguments: [(0, 1, 0), (5, 0, 0), (5, 6, 0), (5, 2, -1), (1 << 16, 2, 0), (Int.max, 1, 0), (5, 1, Int.max)])
  func impossibleTilesAreRefused(edge: Int, tile: Int, rowPadding: Int) {
    #expect(throws: WalkthroughError.self) { try TiledMatrix(edge: edge, tile: tile, rowPadding: rowPadding) }
  }

  /// Any part of a stream is that part of the loops' addresses.
  @Test func streamsAreTheKernelsAddresses() throws {
    var random = SeededGenerator(seed: 3)
    for m in Self.matrices {
      var transposed: [Int] = []
      for place in Self.tileByTile(m) {
        transposed.append(m.offset(row: place.row, column: place.column) * 4)
        transposed.append(m.base(ofMatrix: 1) + m.offset(row: place.column, column: place.row) * 4)
      }
      try check(BlockTransposeStream(matrix: m), transposed, lines: [8, 16, 64], &random)
      for pieceBytes in [4, 8, 16] {
        try check(
          BlockProductStream(matrix: m, pieceBytes: pieceBytes), productAddresses(m, piece: pieceBytes / 4),
          lines: [16, 64], &random)
      }
    }
  }

  private func productAddresses(_ m: TiledMatrix, piece: Int) -> [Int] {
    var addresses: [Int] = []
    let n = m.edge
    for top in stride(from: 0, to: n, by: m.tile) {
      for left in stride(from: 0, to: n, by: m.tile) {
        for front in stride(from: 0, to: n, by: m.tile) {
          for row in top..<min(top + m.tile, n) {
            for depth in front..<min(front + m.tile, n) {
              addresses.append(m.offset(row: row, column: depth) * 4)
              let end = min(left + m.tile, n)
              var columns = Array(stride(from: left, to: end, by: piece))
              if piece > 1 { columns.append(end - 1) }
              for column in columns {
                addresses.append(m.base(ofMatrix: 1) + m.offset(row: depth, column: column) * 4)
                addresses.append(m.base(ofMatrix: 2) + m.offset(row: row, column: column) * 4)
              }
            }
          }
        }
      }
    }
    return addresses
  }

  private func check(_ stream: some AddressStream, _ expected: [Int], lines: [Int], _ random: inout SeededGenerator)
    throws
  {
    #expect(Array(stream.addresses) == expected)
    #expect(stream.count == expected.count)
    for line in lines { #expect(stream.linesTouched(line: line) == Set(expected.map { $0 / line }).count) }
    for _ in 0..<4 {
      let low = random.int(0...expected.count)
      let high = random.int(low...expected.count)
      var part: [Int] = []
      stream.append(low..<high, to: &part)
      #expect(part == Array(expected[low..<high]))
    }
  }

  /// Wide loads miss exactly where the scalar loop does, if no two of the three rows share a set too small for them.
  @Test func piecesMissAsSingleElementsDo() throws {
    for (edge, tile, padding) in [(24, 8, 0), (24, 7, 3), (33, 5, 1)] {
      let m = try TiledMatrix(edge: edge, tile: tile, rowPadding: padding)
      let cache = CacheSimulation(try CacheGeometry(size: 1024, line: 64, ways: 4))
      let scalar = try #require(cache.run(BlockProductStream(matrix: m, pieceBytes: 4)))
      let wide = try #require(cache.run(BlockProductStream(matrix: m, pieceBytes: 64)))
      #expect(scalar.counts.misses == wide.counts.misses)
      #expect(wide.counts.accesses < scalar.counts.accesses)
    }
  }

  @Test func kernelsAreRightForAllTilesAndPaddings() throws {
    var random = SeededGenerator(seed: 9)
    for m in Self.matrices {
      let (a, b) = (numbers(m, &random), numbers(m, &random))
      var product = [Float](repeating: 7, count: m.bufferCount)
      var turned = product
      try BlockKernels.multiply(a, b, into: &product, matrix: m)
      try BlockKernels.transpose(a, into: &turned, matrix: m)
      // Row of tiles by row of tiles it is the same; a row of them leaves the others alone.
      var inBands = [Float](repeating: 7, count: m.bufferCount)
      for band in 0..<m.tilesPerSide {
        try BlockKernels.multiply(a, b, into: &inBands, matrix: m, bands: band..<band + 1)
        let done = min((band + 1) * m.tile, m.edge) * m.rowStride
        #expect(inBands[..<done] == product[..<done] && inBands[done...].allSatisfy { $0 == 7 })
      }
      for row in 0..<m.edge {
        for column in 0..<m.rowStride {
          let place = m.offset(row: row, column: column)
          guard column < m.edge else {
            #expect(product[place] == 7 && turned[place] == 7)
            continue
          }
          var sum: Float = 0
          for k in 0..<m.edge { sum += a[m.offset(row: row, column: k)] * b[m.offset(row: k, column: column)] }
          #expect(product[place] == sum)
          #expect(turned[place] == a[m.offset(row: column, column: row)])
        }
      }
      var short = [Float](repeating: 0, count: m.bufferCount - 1)
      #expect(throws: WalkthroughError.buffer(expected: m.bufferCount, got: m.bufferCount - 1)) {
        try BlockKernels.transpose(a, into: &short, matrix: m)
      }
    }
  }

  private func numbers(_ m: TiledMatrix, _ random: inout SeededGenerator) -> [Float] {
    (0..<m.bufferCount).map { _ in Float(random.int(-100...100)) / 7 }
  }

  /// Rows of 1024 floats put a column into one L1 set after another's neighbour: row padding makes the conflicts vanish.
  @Test func rowPaddingMakesConflictsVanish() throws {
    let cache = CacheSimulation(try CacheGeometry(size: 32768, line: 64, ways: 8))
    let tight = try #require(cache.run(BlockTransposeStream(matrix: try TiledMatrix(edge: 256, tile: 32))))
    let loose = try #require(
      cache.run(BlockTransposeStream(matrix: try TiledMatrix(edge: 256, tile: 32, rowPadding: 16))))
    #expect(tight.counts.conflict > 10 * max(loose.counts.conflict, 1), "\(tight.counts) \(loose.counts)")
    #expect(tight.counts.compulsory == loose.counts.compulsory)
  }

  /// Sampled misses against all of them, for tiles that fit the cache and tiles that do not.
  @Test(arguments: [8, 24, 96], [0, 16])
  func samplesAreCloseToTheWhole(tile: Int, rowPadding: Int) throws {
    let m = try TiledMatrix(edge: 96, tile: tile, rowPadding: rowPadding)
    let stream = BlockProductStream(matrix: m)
    let geometry = try CacheGeometry(size: 8192, line: 64, ways: 4)
    let whole = try #require(CacheSimulation(geometry).run(stream))
    let sample = try #require(CacheSimulation(geometry, exactLimit: stream.count / 4).run(stream))
    #expect(!whole.isSampled && sample.isSampled && sample.simulated <= stream.count / 4)
    #expect(sample.counts.accesses == whole.counts.accesses && sample.counts.compulsory == whole.counts.compulsory)
    let error = Double(sample.counts.misses - whole.counts.misses) / Double(whole.counts.misses)
    #expect(abs(error) < 0.1, "sampled \(sample), whole \(whole.counts)")
    #expect(CacheSimulation(geometry).run(stream) { true } == nil)
  }
}
