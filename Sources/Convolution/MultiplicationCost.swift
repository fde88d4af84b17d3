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
    let weights = Weights(geometry.kernelHeight * geometry.kernelWidth, of: geometry)
    return Self(
      count: weights.meeting(geometry.patchRows) + weights.preparing(each: 40, runs: runs))
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
    let weights = Weights(elements, of: geometry)
    return Self(count: weights.meeting(tiles) + transforms + starts + weights.preparing(each: 70, runs: runs))
  }
}

/// Weights of all pairs of channels, as they are multiplied: given, or transformed.
private struct Weights {
  let count: Double

  init(_ ofEachPair: Int, of geometry: ConvolutionGeometry) {
    count = Double(ofEachPair) * Double(geometry.groupInputChannels) * Double(geometry.outputChannels)
  }

  /// Each is read, and meets so many outputs, or tiles of outputs.
  func meeting(_ positions: Int) -> Double { count * (Double(positions) + reading) }

  /// Each run's share of packing or transforming them, of which each costs so much; nothing where `runs` is nil.
  func preparing(each cost: Double, runs: Int?) -> Double {
    runs.map { cost * count / Double(max($0, 1)) } ?? 0
  }

  /// Multiplications in the time of reading one of so many.
  ///
  /// Nothing from a core's own caches, more from the cache that cores share, most from memory.
  private var reading: Double {
    let bytes = 4 * count
    return bytes < 2e6 ? 0 : bytes < 24e6 ? 4 : 13
  }
}
