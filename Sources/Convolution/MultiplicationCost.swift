/// What an algorithm costs, in the time of one multiplication and addition of a kernel at full speed.
///
/// Small pictures with many channels are bound by reading the weights, not by multiplying; with few channels the transforms of
/// Winograd's tiles weigh as much as their products. The figures were measured on a Zen 3; elsewhere they are an order of
/// magnitude.
struct MultiplicationCost: Comparable {
  let count: Double

  static func < (one: Self, other: Self) -> Bool { one.count < other.count }

  /// Every weight meets every output, once it is packed.
  static func direct(_ geometry: ConvolutionGeometry, runs: Int? = nil) -> Self {
    let weights = geometry.kernelHeight * geometry.kernelWidth
    return Self(
      count: products(positions: geometry.patchRows, weights: weights, geometry)
        + preparing(weights, each: 40, geometry, runs: runs))
  }

  /// Every transformed weight meets one number of every tile; each number of a tile is transformed there, and each product back.
  static func winograd(_ tile: WinogradTile, _ geometry: ConvolutionGeometry, runs: Int? = nil) -> Self {
    let tiles = TilePlaces(geometry, tile: tile).count
    let elements = tile.side * tile.side
    let transforms =
      Double(tiles * elements)
      * (8.5 * Double(geometry.inputChannels) + 5.3 * Double(geometry.outputChannels))
    // A product starts in some tens of nanoseconds.
    let starts = 3000 * Double(tile.blocks(geometry, itemSize: 4) * elements)
    return Self(
      count: products(positions: tiles, weights: elements, geometry) + transforms + starts
        + preparing(elements, each: 70, geometry, runs: runs))
  }

  /// Products of all pairs of channels.
  ///
  /// - Parameters:
  ///   - positions: outputs, or tiles of outputs, that each weight meets.
  ///   - weights: weights of one pair of channels.
  private static func products(positions: Int, weights: Int, _ geometry: ConvolutionGeometry) -> Double {
    let all = Double(weights) * Double(geometry.groupInputChannels) * Double(geometry.outputChannels)
    return all * (Double(positions) + reading(bytes: 4 * all))
  }

  /// Each run's share of packing or transforming weights, of which each costs so much.
  private static func preparing(
    _ weights: Int, each cost: Double, _ geometry: ConvolutionGeometry, runs: Int?
  ) -> Double {
    guard let runs else { return 0 }
    return cost * Double(weights) * Double(geometry.groupInputChannels) * Double(geometry.outputChannels)
      / Double(max(runs, 1))
  }

  /// Multiplications in the time of reading one of so many bytes of weights.
  ///
  /// Nothing from a core's own caches, more from the cache that cores share, most from memory.
  private static func reading(bytes: Double) -> Double { bytes < 2e6 ? 0 : bytes < 24e6 ? 4 : 13 }
}
