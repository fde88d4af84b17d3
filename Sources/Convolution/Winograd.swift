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
  /// One weight matrix C×Cout for each element of the transformed tile.
  private let planes: [PackedMatrix<E>]
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
    let transformed = SharedElements<E>(count: count * channels * outputs) { target in
      transformWeights(weight, pairs: channels * outputs, matrix: tile.weightMatrix, into: target)
    }
    planes = (0..<count).map { plane in
      PackedMatrix(
        depth: channels, columns: outputs, b: transformed.start + plane * channels * outputs, bRowStride: outputs,
        bColumnStride: 1, kernels: kernels)
    }
  }

  var preparedBytes: Int { planes.reduce(0) { $0 + $1.bytes } }

  private var tilesDown: Int { (geometry.outputHeight + tile.rawValue - 1) / tile.rawValue }
  private var tilesAcross: Int { (geometry.outputWidth + tile.rawValue - 1) / tile.rawValue }

  /// Convolves row-major N×H×W×C into row-major N×Ho×Wo×Cout.
  @_specialize(where E == Float)
  @_specialize(where E == Double)
  func run(_ input: UnsafePointer<E>, into output: UnsafeMutablePointer<E>, threads: Int) {
    let total = geometry.batch * tilesDown * tilesAcross
    var blockSize = min(tile.blockTiles(geometry, itemSize: MemoryLayout<E>.stride), total)
    // Equal blocks, so that no thread waits for the last one.
    let blocks = (total + blockSize - 1) / blockSize
    blockSize = (total + blocks - 1) / blocks
    let sharesBlocks = blocks >= 2 * threads
    WorkerPool.shared.run(tasks: blocks, threads: sharesBlocks ? threads : 1) { block in
      let tiles = (block * blockSize)..<min((block + 1) * blockSize, total)
      runBlock(tiles, input, into: output, threads: sharesBlocks ? 1 : threads)
    }
  }

  /// Three steps over a block of tiles: there, multiply, back.
  ///
  /// Each is shared among the threads.
  private func runBlock(
    _ tiles: Range<Int>, _ input: UnsafePointer<E>, into output: UnsafeMutablePointer<E>, threads: Int
  ) {
    guard !tiles.isEmpty else { return }
    let (channels, outputs) = (geometry.inputChannels, geometry.outputChannels)
    let count = tile.side * tile.side
    // A cache line between planes, so that they do not fall on the same lines of the cache.
    let gap = 64 / MemoryLayout<E>.stride
    let inputPlane = tiles.count * channels + gap
    let outputPlane = tiles.count * outputs + gap
    let inputs: UnsafeMutablePointer<E> = allocateAligned(count * inputPlane)
    let products: UnsafeMutablePointer<E> = allocateAligned(count * outputPlane)
    defer {
      inputs.deallocate()
      products.deallocate()
    }
    let shares = threads == 1 ? 1 : min(tiles.count, threads * 4)
    WorkerPool.shared.run(tasks: shares, threads: threads) { share in
      for index in (tiles.count * share / shares)..<(tiles.count * (share + 1) / shares) {
        if WorkerPool.shared.isStopping { return }
        transformInput(tiles.lowerBound + index, input, into: inputs + index * channels, plane: inputPlane)
      }
    }
    WorkerPool.shared.run(tasks: count, threads: threads) { plane in
      MatrixMultiply.multiply(
        rows: tiles.count, a: inputs + plane * inputPlane, aRowStride: channels, aColumnStride: 1, b: planes[plane],
        c: products + plane * outputPlane, cRowStride: outputs)
    }
    WorkerPool.shared.run(tasks: shares, threads: threads) { share in
      for index in (tiles.count * share / shares)..<(tiles.count * (share + 1) / shares) {
        if WorkerPool.shared.isStopping { return }
        transformOutput(tiles.lowerBound + index, products + index * outputs, plane: outputPlane, into: output)
      }
    }
  }

  /// The picture and the first output row and column of a tile.
  private func place(of index: Int) -> (picture: Int, y: Int, x: Int) {
    let x = index % tilesAcross
    let y = index / tilesAcross % tilesDown
    return (index / (tilesAcross * tilesDown), y * tile.rawValue, x * tile.rawValue)
  }

  private func transformInput(
    _ index: Int, _ input: UnsafePointer<E>, into target: UnsafeMutablePointer<E>, plane: Int
  ) {
    let (n, outputY, outputX) = place(of: index)
    let (y, x) = (outputY - geometry.padding.top, outputX - geometry.padding.left)
    let corner = ((n * geometry.inputHeight + y) * geometry.inputWidth + x) * geometry.inputChannels
    var call = cm_winograd(
      in: input + corner, out: target, row: geometry.inputWidth * geometry.inputChannels,
      pixel: geometry.inputChannels, plane: plane, channels: geometry.inputChannels, first_row: -y,
      end_row: geometry.inputHeight - y, first_column: -x, end_column: geometry.inputWidth - x, bias: nil)
    let kernels = kernels.table.pointee
    switch tile {
    case .two: apply(kernels.winograd_input.0, else: kernels.winograd_input_scalar.0, &call)
    case .four: apply(kernels.winograd_input.1, else: kernels.winograd_input_scalar.1, &call)
    }
  }

  private func transformOutput(
    _ index: Int, _ products: UnsafePointer<E>, plane: Int, into output: UnsafeMutablePointer<E>
  ) {
    let (n, y, x) = place(of: index)
    let corner = ((n * geometry.outputHeight + y) * geometry.outputWidth + x) * geometry.outputChannels
    var call = cm_winograd(
      in: products, out: output + corner, row: geometry.outputWidth * geometry.outputChannels,
      pixel: geometry.outputChannels, plane: plane, channels: geometry.outputChannels, first_row: 0,
      end_row: geometry.outputHeight - y, first_column: 0, end_column: geometry.outputWidth - x,
      bias: bias.map { UnsafeRawPointer($0.start) })
    let kernels = kernels.table.pointee
    switch tile {
    case .two: apply(kernels.winograd_output.0, else: kernels.winograd_output_scalar.0, &call)
    case .four: apply(kernels.winograd_output.1, else: kernels.winograd_output_scalar.1, &call)
    }
  }
}

private typealias Transform = @convention(c) (UnsafePointer<cm_winograd>?) -> Bool

/// Transforms by vectors of channels, or one by one where there are fewer than a vector holds.
private func apply(_ byVectors: Transform?, else oneByOne: Transform?, _ call: inout cm_winograd) {
  if byVectors?(&call) != true { _ = oneByOne?(&call) }
}

extension WinogradTile {
  /// The matrix G, whose product G·g·Gᵀ transforms a kernel g: a row for each interpolation point.
  var weightMatrix: [[Double]] {
    switch self {
    case .two: [[1, 0, 0], [0.5, 0.5, 0.5], [0.5, -0.5, 0.5], [0, 0, 1]]
    case .four: Self.weightMatrix(near: cm_winograd_near, far: cm_winograd_far)
    }
  }

  /// G for the points 0, ±near, ±far and infinity; the kernels in C have the other two matrices.
  ///
  /// Lavin and Gray's ±1 and ±2 round three to four times worse than ±3/4 and ±3/2, whose powers stay nearer to 1.
  private static func weightMatrix(near: Double, far: Double) -> [[Double]] {
    let (a, b) = (near * near, far * far)
    let (inner, outer) = (2 * a * (a - b), 2 * b * (b - a))
    return [
      [1 / (a * b), 0, 0],
      [1 / inner, near / inner, a / inner], [1 / inner, -near / inner, a / inner],
      [1 / outer, far / outer, b / outer], [1 / outer, -far / outer, b / outer],
      [0, 0, 1],
    ]
  }
}

/// Transforms every 3×3 kernel of a row-major weight 3×3×pairs into planes of pairs; computed in Double, rounded once.
@_specialize(where E == Float)
@_specialize(where E == Double)
private func transformWeights<E: ConvolutionElement>(
  _ weight: UnsafePointer<E>, pairs: Int, matrix: [[Double]], into target: UnsafeMutablePointer<E>
) {
  let side = matrix.count
  // G ⊗ G: the weight of kernel element (i, j) in plane (p, q).
  var factors: [Double] = []
  for p in 0..<side {
    for q in 0..<side {
      for i in 0..<3 { for j in 0..<3 { factors.append(matrix[p][i] * matrix[q][j]) } }
    }
  }
  factors.withUnsafeBufferPointer { factors in
    for plane in 0..<(side * side) {
      let row = target + plane * pairs
      WorkerPool.shared.runInStretches(of: pairs) { stretch in
        for pair in stretch {
          var sum = 0.0
          for k in 0..<9 { sum += factors[plane * 9 + k] * Double(weight[k * pairs + pair]) }
          row[pair] = E(sum)
        }
      }
    }
  }
}
