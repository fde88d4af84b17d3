import Convolution
import Walkthroughs

extension State {
  /// The tile edge that is shown: what was asked for, as far as the picture allows.
  var tile: Int { min(max(view.tile, 1), max(min(geometry.inputHeight, geometry.inputWidth), 1)) }

  /// The square of the input that is cut into tiles; nil where there is nothing to walk.
  var tiledCrop: TiledCrop? {
    try? TiledCrop(
      of: experiment.input.layout, picture: shownPicture, channel: shownChannel, tile: tile,
      itemSize: experiment.elementType.itemSize)
  }

  /// The matrix of whole tiles that is walked, whatever the channel.
  var tileMatrix: TiledMatrix? {
    try? TiledCrop.walked(
      edge: min(geometry.inputHeight, geometry.inputWidth), tile: tile, itemSize: experiment.elementType.itemSize)
  }

  /// The step of a path at the view's step.
  func tileStep(_ order: TileWalkthrough.Order) -> TileStep? {
    tileMatrix.map { TileWalkthrough(matrix: $0, order: order).step(at: view.step) }
  }

  /// The picture of a batch that has the selection.
  var shownPicture: Int { view.selection?.n ?? 0 }

  /// The cache of the curves.
  var tileCacheWord: CacheWord { view.cache ?? .level1 }
  var tileCache: CacheGeometry { tileCacheWord.geometry(on: machine) }

  /// The curves that the view asks for.
  var tileSweep: TileSweep? {
    try? TileSweep(edge: view.matrixSize, rowPadding: view.rowPadding, cache: tileCache)
  }
}
