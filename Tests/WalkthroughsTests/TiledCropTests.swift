import StridedTensor
import Testing
import Walkthroughs

/// The square crop in tiles, against the tensors' own views and copies.
@Suite struct TiledCropTests {
  /// Inputs in several orders of memory: the buffer's shape, and where N, H, W, C stand in it.
  static let inputs: [(shape: [Int], order: [Int])] = [
    ([1, 6, 6, 1], [0, 1, 2, 3]), ([2, 4, 7, 3], [0, 1, 2, 3]), ([2, 3, 5, 4], [0, 2, 3, 1]),
    ([1, 1, 1, 1], [0, 1, 2, 3]), ([1, 8, 5, 2], [0, 1, 2, 3]),
  ]

  @Test(arguments: inputs)
  func theWalkReadsWhatPaddingTilingAndCopyingGive(_ input: (shape: [Int], order: [Int])) throws {
    let count = input.shape.reduce(1, *)
    let buffer = try Tensor(shape: input.shape, elements: (0..<count).map { Float($0) })
    let tensor = try buffer.permuted(input.order)
    let n = min(tensor.shape[1], tensor.shape[2])
    for picture in 0..<tensor.shape[0] {
      for channel in 0..<tensor.shape[3] {
        for tile in 1...n {
          let crop = try TiledCrop(of: tensor.layout, picture: picture, channel: channel, tile: tile, itemSize: 4)
          let edge = (n + tile - 1) / tile * tile
          #expect(crop.matrix.edge == edge && crop.edge == n && crop.tile == tile)
          #expect(crop.tileDivides == (n % tile == 0))
          // The oracle: four loops over tiles, with a zero where the crop ends.
          var expected: [Float] = []
          for top in stride(from: 0, to: edge, by: tile) {
            for left in stride(from: 0, to: edge, by: tile) {
              for row in top..<top + tile {
                for column in left..<left + tile {
                  let isInside = row < n && column < n
                  expected.append(isInside ? try tensor.element(at: [picture, row, column, channel]) : 0)
                }
              }
            }
          }
          let walk = crop.walk(.tileByTile)
          var seen: [Float] = []
          for t in 0..<walk.count {
            let step = walk.step(at: t)
            let isInside = crop.contains(row: step.row, column: step.column)
            seen.append(isInside ? try tensor.element(at: [picture, step.row, step.column, channel]) : 0)
            // The view in its own order is the walk.
            let index = [step.tileRow, step.tileColumn, step.row % tile, step.column % tile]
            let view = try crop.view()
            #expect(view.offset(of: index) == crop.offset(row: step.row, column: step.column))
            if crop.tileDivides {
              #expect(
                view.offset(of: index)
                  == tensor.layout.offset(of: [picture, step.row, step.column, channel]))
            }
          }
          #expect(seen == expected)
        }
      }
    }
  }

  /// The lecture's tiles: strides (12,2,6,1), jumps of +4 +20 +4 −20 bytes, and in the toy cache 12 misses against 9.
  @Test func theLecturesTiles() throws {
    let input = try Layout.rowMajor([1, 6, 6, 1])
    let crop = try TiledCrop(of: input, picture: 0, channel: 0, tile: 2, itemSize: 4)
    let view = try crop.view()
    #expect(view.shape == [3, 3, 2, 2] && view.strides == [12, 2, 6, 1])
    #expect((0..<6).map { crop.jump(at: $0, .tileByTile) } == [nil, 4, 20, 4, -20, 4])
    #expect((0..<6).map { crop.jump(at: $0, .rowByRow) } == [nil, 4, 4, 4, 4, 4])
    #expect(crop.misses(.tileByTile, in: .toy).misses == 12)
    #expect(crop.misses(.rowByRow, in: .toy).misses == 9)
    #expect(crop.copyMisses(in: .toy).misses == 9)
    #expect(
      crop.strideSentences(rowName: crop.rowStrideName(width: 6, channels: 1)).map { $0[0] } == [
        "+1 in the tile row moves T rows: n·T = 6·2 = 12 elements",
        "+1 in the tile column moves T columns: T = 2 elements", "+1 in the row moves one row: n = 6 elements",
        "+1 in the column moves one column: 1 element",
      ])
  }

  /// The stride of a row is called what it is made of.
  @Test func rowStridesAreNamed() throws {
    func name(_ shape: [Int], tile: Int) throws -> String {
      let crop = try TiledCrop(of: try .rowMajor(shape), picture: 0, channel: 0, tile: tile, itemSize: 4)
      return crop.rowStrideName(width: shape[2], channels: shape[3])
    }
    #expect(try name([1, 4, 4, 1], tile: 2) == "n")
    #expect(try name([1, 4, 6, 1], tile: 2) == "W")
    #expect(try name([1, 4, 6, 3], tile: 2) == "W·C")
    #expect(try name([1, 4, 6, 3], tile: 3) == "n")
  }
}
