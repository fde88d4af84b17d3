import CMicrokernels
import MatrixMultiply

/// Winograd's minimal filtering for 3×3 kernels: fewer multiplications for more additions.
///
/// Tiles of the input are transformed, multiplied with transformed weights as 16 or 36 independent matrix products over
/// the channels, and transformed back (Lavin and Gray, "Fast algorithms for convolutional neural networks", 2016). The sums
/// pass through numbers larger than the result, so rounding is some ten times that of the other algorithms.
final class WinogradConvolution<E: ConvolutionElement>: Sendable {
  let geometry: ConvolutionGeometry
  private let tile: WinogradTile
  private let kernels: Kernels<E>
  /// One weight matrix C×Cout for each element of the transformed tile, one below the other.
  private let weights: PackedMatrix<E>
  private let bias: SharedElements<E>?

  init(
    _ geometry: ConvolutionGeometry, tile: WinogradTile, weight: UnsafePointer<E>, bias: [E]?, kernels: Kernels<E>
  ) {
    self.geometry = geometry
    self.tile = tile
    self.kernels = kernels
    self.bias = bias.map { SharedElements($0) }
    let (channels, outputs) = (geometry.inputChannels, geometry.outputChannels)
    let count = tile.side * tile.side
    weights = PackedMatrix(
      depth: count * channels, columns: outputs, runLength: channels,
      rows: tile.blockTiles(geometry, itemSize: MemoryLayout<E>.stride), kernels: kernels
    ) { packing in
      WinogradWeights(tile).pack(weight, channels: channels, outputs: outputs, into: packing)
    }
  }

  var preparedBytes: Int { weights.bytes }

  /// Convolves row-major N×H×W×C into row-major N×Ho×Wo×Cout.
  @_specialize(where E == Float)
  @_specialize(where E == Double)
  func run(_ input: UnsafePointer<E>, into output: UnsafeMutablePointer<E>, threads: Int) {
    let places = TilePlaces(geometry, tile: tile)
    let fewest = tile.blocks(geometry, itemSize: MemoryLayout<E>.stride)
    // Two or more for each thread, be it that larger ones are cut for it.
    let sharesBlocks =
      fewest >= 2 * threads || fewest > threads && places.count >= 2 * threads * Self.leastCutTiles
    // Equal blocks, as many for each thread, so that none waits for the last one.
    let blocks = sharesBlocks ? (fewest + threads - 1) / threads * threads : fewest
    WorkerPool.shared.run(tasks: blocks, threads: sharesBlocks ? threads : 1) { block in
      let tiles = (places.count * block / blocks)..<(places.count * (block + 1) / blocks)
      runBlock(tiles, of: places, input, into: output, threads: sharesBlocks ? 1 : threads)
    }
  }

  /// Three steps over a block of tiles: there, multiply, back.
  ///
  /// Each is shared among the threads.
  private func runBlock(
    _ tiles: Range<Int>, of places: TilePlaces, _ input: UnsafePointer<E>, into output: UnsafeMutablePointer<E>,
    threads: Int
  ) {
    guard !tiles.isEmpty else { return }
    let (channels, outputs) = (geometry.inputChannels, geometry.outputChannels)
    let count = tile.side * tile.side
    // A cache line between planes, so that they do not fall on the same lines of the cache.
    let gap = 64 / MemoryLayout<E>.stride
    let inputPlane = tiles.count * channels + gap
    let outputPlane = tiles.count * outputs + gap
    let inputCount = (count * inputPlane + gap - 1) / gap * gap
    withScratch(inputCount + count * outputPlane, of: E.self) { inputs in
      let products = inputs + inputCount
      let shares = threads == 1 ? 1 : min(tiles.count, threads * 4)
      func share(_ index: Int) -> (tiles: Range<Int>, before: Int) {
        let (before, end) = (tiles.count * index / shares, tiles.count * (index + 1) / shares)
        return ((tiles.lowerBound + before)..<(tiles.lowerBound + end), before)
      }
      WorkerPool.shared.run(tasks: shares, threads: threads) { index in
        let (part, done) = share(index)
        transformInputs(part, of: places, input, into: inputs + done * channels, plane: inputPlane)
      }
      let fetched = upcoming(tiles, of: places, input, output)
      let tasks = threads == 1 ? 1 : count
      WorkerPool.shared.run(tasks: tasks, threads: threads) { task in
        MatrixMultiply.multiplyPlanes(
          (count * task / tasks)..<(count * (task + 1) / tasks), rows: tiles.count, depth: channels,
          a: MatrixPlanes(inputs, planeStride: inputPlane, rowStride: channels), b: weights,
          c: MatrixPlanes(products, planeStride: outputPlane, rowStride: outputs)
        ) { plane in fetched.share(plane, of: count) }
      }
      WorkerPool.shared.run(tasks: shares, threads: threads) { index in
        let (part, done) = share(index)
        transformOutputs(part, of: places, products + done * outputs, plane: outputPlane, into: output)
      }
    }
  }

  /// What is fetched while the products run: the outputs that the block will write, and the inputs of the next one.
  ///
  /// Nothing where the channels are so many that the block fills the cache by itself, or all fits in it anyway.
  private func upcoming(
    _ tiles: Range<Int>, of places: TilePlaces, _ input: UnsafePointer<E>, _ output: UnsafeMutablePointer<E>
  ) -> FetchedMemory {
    let size = MemoryLayout<E>.stride
    let bytes = (geometry.inputCount + geometry.outputCount) * size
    guard geometry.inputChannels + geometry.outputChannels <= Self.fewChannels, bytes >= Self.leastFetched else {
      return FetchedMemory()
    }
    let next = tiles.upperBound..<min(tiles.upperBound + tiles.count, places.count)
    // Tiles follow each other in memory nearly as the pictures do, which is enough to know what will be needed.
    return FetchedMemory(
      first: places.memory(of: tiles, in: UnsafeRawBufferPointer(start: output, count: geometry.outputCount * size)),
      second: places.memory(of: next, in: UnsafeRawBufferPointer(start: input, count: geometry.inputCount * size)))
  }

  /// Tiles of a block that was cut for another thread; with fewer, all threads do better on one block after the other.
  private static var leastCutTiles: Int { 42 }
  /// Input and output channels together, up to which a block and what it reads and writes fit into the cache.
  private static var fewChannels: Int { SecondLevelCache.isLarge ? 256 : 64 }
  /// Bytes of input and output that a core's own cache and its prefetching cope with.
  private static var leastFetched: Int { 2 << 20 }

  private func transformInputs(
    _ tiles: Range<Int>, of places: TilePlaces, _ input: UnsafePointer<E>, into target: UnsafeMutablePointer<E>,
    plane: Int
  ) {
    let (channels, height, width) = (geometry.inputChannels, geometry.inputHeight, geometry.inputWidth)
    let (byVectors, narrow) = tile.inputTransforms(kernels)
    places.forEachRow(of: tiles, atMost: tilesAtOnce(channels)) { place, index, count in
      if WorkerPool.isStopping { return }
      let (y, x) = (place.y - geometry.padding.top, place.x - geometry.padding.left)
      var call = cm_winograd(
        in: input + ((place.picture * height + y) * width + x) * channels,
        out: target + (index - tiles.lowerBound) * channels, tiles: count, row: width * channels, pixel: channels,
        plane: plane, channels: channels, first_row: -y, end_row: height - y, first_column: -x, end_column: width - x,
        bias: nil)
      apply(byVectors, else: narrow, &call)
    }
  }

  private func transformOutputs(
    _ tiles: Range<Int>, of places: TilePlaces, _ products: UnsafePointer<E>, plane: Int,
    into output: UnsafeMutablePointer<E>
  ) {
    let (channels, height, width) = (geometry.outputChannels, geometry.outputHeight, geometry.outputWidth)
    let (byVectors, narrow) = tile.outputTransforms(kernels)
    places.forEachRow(of: tiles, atMost: tilesAtOnce(channels)) { place, index, count in
      if WorkerPool.isStopping { return }
      var call = cm_winograd(
        in: products + (index - tiles.lowerBound) * channels,
        out: output + ((place.picture * height + place.y) * width + place.x) * channels, tiles: count,
        row: width * channels, pixel: channels, plane: plane, channels: channels, first_row: 0,
        end_row: height - place.y, first_column: 0, end_column: width - place.x,
        bias: bias.map { UnsafeRawPointer($0.start) })
      apply(byVectors, else: narrow, &call)
    }
  }

  /// Tiles that one call transforms: some milliseconds' work at most, between which a run can be stopped.
  private func tilesAtOnce(_ channels: Int) -> Int { max((1 << 22) / (tile.side * tile.side * channels), 1) }
}

private typealias Transform = @convention(c) (UnsafePointer<cm_winograd>?) -> Bool

/// Transforms by whole vectors of channels, or by less where there are fewer channels than a vector holds.
private func apply(_ byVectors: Transform?, else narrow: Transform?, _ call: inout cm_winograd) {
  if byVectors?(&call) != true { _ = narrow?(&call) }
}

extension WinogradTile {
  fileprivate func inputTransforms<E>(_ kernels: Kernels<E>) -> (Transform?, Transform?) {
    let table = kernels.table.pointee
    return self == .two
      ? (table.winograd_input.0, table.winograd_input_narrow.0)
      : (table.winograd_input.1, table.winograd_input_narrow.1)
  }

  fileprivate func outputTransforms<E>(_ kernels: Kernels<E>) -> (Transform?, Transform?) {
    let table = kernels.table.pointee
    return self == .two
      ? (table.winograd_output.0, table.winograd_output_narrow.0)
      : (table.winograd_output.1, table.winograd_output_narrow.1)
  }
}
