/// What an algorithm costs for each pair of an input and an output channel, in multiplications.
///
/// Small pictures with many channels are bound by reading the weights, not by multiplying: a weight counts as many
/// multiplications as a processor does while it reads one.
struct MultiplicationCost: Comparable {
  let count: Int

  /// - Parameters:
  ///   - positions: outputs, or tiles of outputs, that each weight meets.
  ///   - weights: weights of one pair of channels.
  init(positions: Int, weights: Int, geometry: ConvolutionGeometry) {
    let bytes = 4 * weights * geometry.inputChannels * geometry.outputChannels
    count = weights * (positions + Self.reading(bytes))
  }

  /// Multiplications in the time of reading one of so many bytes of weights.
  ///
  /// Nothing from a core's own caches, more from the cache that cores share, most from memory. Measured on a Zen 3; elsewhere
  /// an order of magnitude.
  private static func reading(_ bytes: Int) -> Int { bytes < 2 << 20 ? 0 : bytes < 24 << 20 ? 4 : 13 }

  static func < (one: Self, other: Self) -> Bool { one.count < other.count }

  /// Every weight meets every output.
  static func direct(_ geometry: ConvolutionGeometry) -> Self {
    Self(
      positions: geometry.patchRows, weights: geometry.kernelHeight * geometry.kernelWidth, geometry: geometry)
  }

  /// Every transformed weight meets one number of every tile.
  static func winograd(_ tile: WinogradTile, _ geometry: ConvolutionGeometry) -> Self {
    let m = tile.rawValue
    let tiles = ((geometry.outputHeight + m - 1) / m) * ((geometry.outputWidth + m - 1) / m)
    return Self(positions: geometry.batch * tiles, weights: tile.side * tile.side, geometry: geometry)
  }
}
