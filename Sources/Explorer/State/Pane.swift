/// The parts of a scene that can have the focus.
public enum Pane: String, Hashable, Sendable, CaseIterable {
  /// The input, and the products under the kernel.
  case input, products
  /// The input around the kernel, magnified to numbers.
  case loupe
  /// One channel of the output as a picture, one channel of the kernel.
  case output, weight
  /// How many receptive fields read each input cell.
  case copies
  /// im2col's three matrices: patches, weights, their product.
  case matrix, weights, product
  /// One sum of the product, term by term.
  case terms
  /// Memory's view as nested grids, its buffer, and the contiguous copy.
  case strided, memory, copy
  /// Memory's tables: the layout, the race of the two cursors, the dumps.
  case layout, race, dumps
  case geometry, code, cell
  /// Orders: the input's and the weight's memory in each order, and what gathering a field costs.
  case nhwc, nchw
  case channelsLast = "channels-last"
  case kkio, oikk
  case gather
  /// Tiles: the crop in memory's order, as tiles, and the copy in which each tile lies together.
  case tileRows = "tile-rows"
  case tileView = "tile-view"
  case tileCopy = "tile-copy"
  /// How the strides come about; the costs of two algorithms over the tile size; what those depend on.
  case tileStrides = "tile-strides"
  case transpose
  case blockProduct = "block-product"
  case tileSettings = "tile-settings"
  /// Timing: times as points or bars, all figures as a table, the roofline, a curve over one parameter, the reasons, and
  /// how far the clock can be trusted.
  case times, figures, roofline, sweep, why, machine
}

/// The tabs.
public enum Scene: String, Hashable, Sendable, CaseIterable {
  case slide, im2col, memory, tiles, orders, timing

  /// The digit that selects the scene, from 1.
  public var number: Int { (Scene.allCases.firstIndex(of: self) ?? 0) + 1 }
}
