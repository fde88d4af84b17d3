/// What an algorithm costs, in the time of one multiplication and addition of a kernel at full speed.
///
/// Small pictures with many channels are bound by reading the weights, not by multiplying; with few channels the transforms of
/// Winograd's tiles weigh as much as their products. `ProcessorCosts` has the figures.
struct MultiplicationCost: Comparable {
  let count: Double

  static func < (one: Self, other: Self) -> Bool { one.count < other.count }

  /// Every weight meets every output, once it is packed, but for what falls on padding.
  static func direct(
    _ geometry: ConvolutionGeometry, runs: Int? = nil, on processor: ProcessorCosts
  ) -> Self {
    let taps = geometry.kernelHeight * geometry.kernelWidth
    let weights = Weights(taps, of: geometry, processor)
    let outputs = geometry.tapsMeetingInput / Double(taps)
    return Self(count: weights.meeting(outputs) + weights.preparing(each: processor.packing, runs: runs))
  }

  /// Every transformed weight meets one number of every tile; each number of a tile is transformed there, and each product back.
  static func winograd(
    _ tile: WinogradTile, _ geometry: ConvolutionGeometry, runs: Int? = nil, on processor: ProcessorCosts
  ) -> Self {
    let tiles = TilePlaces(geometry, tile: tile).count
    let elements = tile.side * tile.side
    let transforms =
      Double(tiles * elements)
      * (processor.transformingInput * Double(geometry.inputChannels)
        + processor.transformingOutput * Double(geometry.outputChannels))
    let starts = processor.startingProduct * Double(tile.blocks(geometry, itemSize: 4) * elements)
    let weights = Weights(elements, of: geometry, processor)
    return Self(
      count: weights.meeting(Double(tiles)) + transforms + starts
        + weights.preparing(each: processor.transformingWeight, runs: runs))
  }
}

/// Weights of all pairs of channels, as they are multiplied: given, or transformed.
private struct Weights {
  let count: Double
  let processor: ProcessorCosts
  /// Multiplications in the time of one, in a tile as wide as the outputs.
  let slowness: Double

  init(_ ofEachPair: Int, of geometry: ConvolutionGeometry, _ processor: ProcessorCosts) {
    count = Double(ofEachPair) * Double(geometry.groupInputChannels) * Double(geometry.outputChannels)
    self.processor = processor
    slowness = geometry.groupOutputChannels <= processor.narrowOutputs ? processor.narrowTile : 1
  }

  /// Each is read, and meets so many outputs, or tiles of outputs, on average.
  func meeting(_ positions: Double) -> Double {
    count * (slowness * positions + processor.reading(bytes: 4 * count))
  }

  /// Each run's share of packing or transforming them, of which each costs so much; nothing where `runs` is nil.
  func preparing(each cost: Double, runs: Int?) -> Double {
    runs.map { cost * count / Double(max($0, 1)) } ?? 0
  }
}
