import Testing
import Walkthroughs

/// The costs over the tile size.
@Suite struct TileSweepTests {
  private func sweep(_ edge: Int, padding: Int = 0, _ cache: CacheGeometry) throws -> TileSweep {
    try TileSweep(edge: edge, rowPadding: padding, cache: cache)
  }

  @Test func tilesArePowersOfTwoAndTheMatrix() throws {
    #expect(try sweep(1, .toy).tiles == [1])
    #expect(try sweep(6, .toy).tiles == [1, 2, 4, 6])
    #expect(try sweep(8, .toy).tiles == [1, 2, 4, 8])
    #expect(try sweep(8, .toy).points.count == 8)
    #expect(try sweep(8, .toy).points.first == TileSweep.Point(.transpose, tile: 8))
  }

  @Test(arguments: [(0, 0), (-1, 0), (4097, 0), (8, -1), (8, 4097)])
  func impossibleMatricesAreRefused(_ edge: Int, _ padding: Int) {
    #expect(throws: WalkthroughError.self) { try TileSweep(edge: edge, rowPadding: padding, cache: .toy) }
  }

  /// A column of 1024 floats a row falls into one set of a 32 KiB cache of 8 ways; of 1040 into all of them.
  @Test func aColumnOf1024FallsIntoOneSet() throws {
    let cache = try CacheGeometry(size: 32 << 10, line: 64, ways: 8)
    #expect(try sweep(1024, cache).setsOfAColumn == 1)
    #expect(try sweep(1024, cache).spreadingRowPadding == 16)
    #expect(try sweep(1040, cache).setsOfAColumn == 64)
    #expect(try sweep(1040, cache).spreadingRowPadding == nil)
    #expect(try sweep(8, .toy).spreadingRowPadding == nil)
    #expect(try sweep(1024, padding: 16, cache).setsOfAColumn == 64)
  }

  /// In small: 64×64 in a cache whose sets its rows share; a row padding of one line takes the conflicts of tiles that
  /// fit away, and leaves the compulsory misses.
  @Test func paddingTakesConflictsAway() throws {
    let cache = try CacheGeometry(size: 2048, line: 16, ways: 2)
    let point = TileSweep.Point(.transpose, tile: 16)
    let even = try #require(try sweep(64, cache).misses(point)).counts
    let padded = try #require(try sweep(64, padding: 4, cache).misses(point)).counts
    #expect(even.conflict > 1000)
    #expect(padded.conflict < even.conflict / 10)
    #expect(even.compulsory == 2 * 64 * 64 / 4 && padded.compulsory == even.compulsory)
    // What is missed is what the cache model says of the same addresses.
    var model = CacheModel(cache)
    for row in stride(from: 0, to: 64, by: 16) {
      for column in stride(from: 0, to: 64, by: 16) {
        for i in row..<row + 16 {
          for j in column..<column + 16 {
            model.access((i * 64 + j) * 4)
            model.access(64 * 64 * 4 + (j * 64 + i) * 4)
          }
        }
      }
    }
    #expect(model.counts == even)
  }

  @Test func onlyFewAccessesAreCountedAtOnce() throws {
    #expect(try sweep(16, .toy).isImmediate)
    #expect(try !sweep(1024, .toy).isImmediate)
    #expect(try sweep(16, .toy).misses(TileSweep.Point(.product, tile: 4), isCancelled: { true }) == nil)
  }
}
