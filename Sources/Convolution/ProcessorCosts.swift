import MatrixMultiply
import StridedTensor

/// What the parts of a convolution cost with the kernels of an instruction set, in multiplications and additions of a kernel
/// at full speed.
///
/// Measured on one processor for each; on others they are an order of magnitude.
struct ProcessorCosts: Sendable {
  /// Fewer channels leave a vector of Winograd's transforms unfilled, or are not worth trying.
  let fewestWinogradChannels: Int
  /// Transforming an element of Winograd's tiles for one channel, there and back.
  let transformingInput: Double
  let transformingOutput: Double
  /// Starting one product of Winograd's.
  var startingProduct = 3000.0
  /// Preparing a weight, once.
  var packing = 40.0
  var transformingWeight = 70.0
  /// Reading one weight where all weights take fewer bytes than a limit: from a core's own cache, the shared one, memory.
  let reading: [(below: Double, cost: Double)]
  /// How much longer a multiplication takes where the outputs are no more than these.
  var narrowTile = 1.0
  var narrowOutputs = 0

  /// What reading one of the weights costs that take so many bytes.
  func reading(bytes: Double) -> Double {
    reading.first { bytes < $0.below }?.cost ?? 0
  }
}

extension ProcessorCosts {
  init(_ instructionSet: InstructionSet) {
    self = instructionSet == .avx512 ? .avx512 : .avx2
  }

  /// An AMD EPYC of the Zen 3 kind: a fast cache between the cores.
  private static let avx2 = ProcessorCosts(
    fewestWinogradChannels: 8, transformingInput: 8.5, transformingOutput: 5.3,
    reading: [(2e6, 0), (24e6, 4), (.infinity, 13)])

  /// An Intel Xeon of 2.5 GHz: it multiplies twice as much, while its caches give little more.
  ///
  /// A tile of one vector waits for its loads. A later one, whose own cache has 2 MB, fetches better from the shared one.
  private static let avx512 = ProcessorCosts(
    fewestWinogradChannels: 16, transformingInput: 25, transformingOutput: 15,
    reading: [(1.2e6, 3), (24e6, SecondLevelCache.isLarge ? 7 : 12), (.infinity, 22)], narrowTile: 1.33,
    narrowOutputs: 16)
}
