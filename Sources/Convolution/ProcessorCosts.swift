import StridedTensor

/// What the parts of a convolution cost on one kind of processor, in multiplications and additions of a kernel at full speed.
///
/// Measured on one processor of each kind; on others they are an order of magnitude.
package struct ProcessorCosts: Sendable {
  /// Fewer channels leave a vector of Winograd's transforms unfilled, or are not worth trying.
  let fewestWinogradChannels: Int
  /// Transforming an element of Winograd's tiles for one channel, there and back.
  let transformingInput: Double
  let transformingOutput: Double
  /// Starting one product of Winograd's.
  let startingProduct: Double
  /// Preparing a weight, once.
  let packing: Double
  let transformingWeight: Double
  /// Reading a weight of at most so many bytes of weights, from the fastest memory on; the last is main memory.
  let reading: [(atMost: Double, cost: Double)]
  /// How much longer a multiplication takes in the tile for so few outputs.
  let narrowTile: Double
  let narrowOutputs: Int

  func reading(bytes: Double) -> Double {
    reading.first { bytes < $0.atMost }?.cost ?? 0
  }

  /// Those of the instruction set that kernels take here.
  package static let here = InstructionSet.best == .avx512 ? server : desktop

  /// Vectors of 32 bytes and a fast cache between the cores: an AMD EPYC of the Zen 3 kind.
  package static let desktop = ProcessorCosts(
    fewestWinogradChannels: 8, transformingInput: 8.5, transformingOutput: 5.3, startingProduct: 3000, packing: 40,
    transformingWeight: 70,
    reading: [(2e6, 0), (24e6, 4), (.infinity, 13)], narrowTile: 1, narrowOutputs: 0)

  /// Vectors of 64 bytes, which multiply twice as much while the caches give little more: an Intel Xeon with AVX-512.
  package static let server = ProcessorCosts(
    fewestWinogradChannels: 16, transformingInput: 25, transformingOutput: 15, startingProduct: 3000, packing: 40,
    transformingWeight: 70,
    reading: [(1.2e6, 3), (24e6, 12), (.infinity, 22)], narrowTile: 1.33, narrowOutputs: 16)
}
