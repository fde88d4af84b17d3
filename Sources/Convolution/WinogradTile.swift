import MatrixMultiply
import StridedTensor

/// The two Winograd algorithms: outputs of m×m from inputs of (m+2)×(m+2), for kernels of 3×3.
public enum WinogradTile: Int, Sendable {
  /// F(2×2, 3×3): 16 multiplications for 4 outputs instead of 36.
  case two = 2
  /// F(4×4, 3×3): 36 multiplications for 16 outputs instead of 144.
  case four = 4

  /// Side of the transformed tile: m + 3 − 1.
  public var side: Int { rawValue + 2 }

  public static let coverage = "3×3 kernels with stride 1, dilation 1 and one group"

  /// The tile that costs least with the kernels of an instruction set; nil if Winograd does not cover the geometry.
  public static func best(
    for geometry: ConvolutionGeometry, instructionSet: InstructionSet = .best
  ) -> WinogradTile? {
    guard geometry.kernelHeight == 3, geometry.kernelWidth == 3, geometry.stride == AxisPair(1),
      geometry.dilation == AxisPair(1), geometry.groups == 1
    else { return nil }
    let processor = ProcessorCosts(instructionSet)
    return MultiplicationCost.winograd(.four, geometry, on: processor) <= .winograd(.two, geometry, on: processor)
      ? .four : .two
  }

  /// Bytes of transformed tiles that a block may take, so that they stay in the cache.
  private static let blockBytes = 900_000
  /// More tiles would not make a better product.
  private static let mostBlockTiles = 72

  /// How many tiles are transformed together at most.
  private func mostTiles(_ geometry: ConvolutionGeometry, itemSize: Int) -> Int {
    let tileBytes = bytesPerTile(geometry, itemSize: itemSize)
    if SecondLevelCache.isLarge {
      // A block and the weights share the cache; or the weights come from beyond it, the more seldom the larger a block is.
      let fitting = (Self.sharedBytes - preparedBytes(geometry, itemSize: itemSize)) / tileBytes / 14 * 14
      if fitting >= 28 { return min(fitting, Self.mostBlockTiles) }
      if tileBytes * Self.tilesOfFarWeights <= Self.mostFarBytes { return Self.tilesOfFarWeights }
    }
    return min(max(24, Self.blockBytes / tileBytes / 24 * 24), Self.mostBlockTiles)
  }

  /// Bytes of a block and the weights that a large second-level cache keeps together.
  private static let sharedBytes = 1_150_000
  /// Tiles of a block where the weights do not stay in the cache, and most bytes of such a block.
  private static let tilesOfFarWeights = 84
  private static let mostFarBytes = 6_300_000

  /// Blocks of tiles that a convolution is cut into on one thread.
  public func blocks(_ geometry: ConvolutionGeometry, itemSize: Int) -> Int {
    let most = mostTiles(geometry, itemSize: itemSize)
    return (TilePlaces(geometry, tile: self).count + most - 1) / most
  }

  /// Tiles of the largest of these blocks, which are as equal as can be.
  func blockTiles(_ geometry: ConvolutionGeometry, itemSize: Int) -> Int {
    let blocks = max(blocks(geometry, itemSize: itemSize), 1)
    return (TilePlaces(geometry, tile: self).count + blocks - 1) / blocks
  }

  /// Bytes of a block's transformed tiles on one thread.
  func scratchBytes(_ geometry: ConvolutionGeometry, itemSize: Int) -> Int {
    blockTiles(geometry, itemSize: itemSize) * bytesPerTile(geometry, itemSize: itemSize)
  }

  /// Bytes of the transformed weights.
  func preparedBytes(_ geometry: ConvolutionGeometry, itemSize: Int) -> Int {
    side * side * geometry.inputChannels * geometry.outputChannels * itemSize
  }

  private func bytesPerTile(_ geometry: ConvolutionGeometry, itemSize: Int) -> Int {
    side * side * (geometry.inputChannels + geometry.outputChannels) * itemSize
  }
}
