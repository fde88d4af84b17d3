/// Where the tiles of a batch lie that Winograd's algorithm cuts its outputs into: row by row, picture by picture.
struct TilePlaces {
  /// A picture, and the first output row and column of a tile.
  struct Place {
    let picture: Int
    let y: Int
    let x: Int
  }

  /// Outputs of a side.
  let side: Int
  let down: Int
  let across: Int
  /// Tiles of all pictures.
  let count: Int

  init(_ geometry: ConvolutionGeometry, tile: WinogradTile) {
    side = tile.rawValue
    down = (geometry.outputHeight + side - 1) / side
    across = (geometry.outputWidth + side - 1) / side
    count = geometry.batch * down * across
  }

  /// Calls a closure for each row of tiles, or part of one, in a range: where its first tile lies, its index, how many there are.
  func forEachRow(of range: Range<Int>, atMost limit: Int, _ body: (Place, Int, Int) -> Void) {
    var index = range.lowerBound
    while index < range.upperBound {
      let column = index % across
      let count = min(across - column, range.upperBound - index, limit)
      body(
        Place(picture: index / (across * down), y: index / across % down * side, x: column * side), index, count)
      index += count
    }
  }

  /// About where the pixels of some tiles lie in the memory of all pictures.
  func memory(of tiles: Range<Int>, in pictures: UnsafeRawBufferPointer) -> UnsafeRawBufferPointer {
    func offset(_ tile: Int) -> Int { Int(Double(pictures.count) * Double(tile) / Double(count)) }
    return UnsafeRawBufferPointer(rebasing: pictures[offset(tiles.lowerBound)..<offset(tiles.upperBound)])
  }
}
