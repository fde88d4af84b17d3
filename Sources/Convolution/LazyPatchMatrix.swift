import CMicrokernels
import MatrixMultiply

/// The product of im2col without its matrix: rows of patches are fetched by address, a block at a time.
///
/// A block of 96 receptive fields is copied into scratch that stays in the cache, multiplied with the packed weights,
/// and forgotten. The memory that im2col needs for its (N·Ho·Wo) × (Kh·Kw·C) matrix is never taken.
final class LazyPatchConvolution<E: ConvolutionElement>: Sendable {
  static var blockRows: Int { 96 }

  let geometry: ConvolutionGeometry
  private let packed: [PackedMatrix<E>]
  private let bias: [E]?

  init(_ geometry: ConvolutionGeometry, weight: UnsafePointer<E>, bias: [E]?, kernels: Kernels<E>) {
    self.geometry = geometry
    self.bias = bias
    let columns = geometry.groupOutputChannels
    packed = (0..<geometry.groups).map { group in
      PackedMatrix(
        depth: geometry.patchColumns, columns: columns, b: weight + group * columns,
        bRowStride: geometry.outputChannels, bColumnStride: 1, kernels: kernels)
    }
  }

  var preparedBytes: Int { packed.reduce(0) { $0 + $1.bytes } }

  /// Convolves row-major N×H×W×C into row-major N×Ho×Wo×Cout.
  @_specialize(where E == Float)
  @_specialize(where E == Double)
  func run(_ input: UnsafePointer<E>, into output: UnsafeMutablePointer<E>, threads: Int) {
    let depth = geometry.patchColumns
    let rowTasks = (geometry.patchRows + Self.blockRows - 1) / Self.blockRows
    WorkerPool.shared.run(
      tasks: rowTasks * geometry.groups, threads: geometry.operations < 60_000 ? 1 : threads
    ) { task in
      let group = task % geometry.groups
      let first = task / geometry.groups * Self.blockRows
      let rows = first..<min(first + Self.blockRows, geometry.patchRows)
      let patches: UnsafeMutablePointer<E> = allocateAligned(rows.count * depth)
      defer { patches.deallocate() }
      fetchPatches(input, geometry: geometry, rows: rows, group: group, into: patches)
      let target = output + first * geometry.outputChannels + group * geometry.groupOutputChannels
      MatrixMultiply.multiply(
        rows: rows.count, a: patches, aRowStride: depth, aColumnStride: 1, b: packed[group], c: target,
        cRowStride: geometry.outputChannels)
    }
    if let bias {
      addBias(bias, to: UnsafeMutableBufferPointer(start: output, count: geometry.outputCount))
    }
  }
}

/// Copies the receptive fields of some rows of the patch matrix of one group, zeros where they lie on padding.
@_specialize(where E == Float)
@_specialize(where E == Double)
func fetchPatches<E: ConvolutionElement>(
  _ input: UnsafePointer<E>, geometry: ConvolutionGeometry, rows: Range<Int>, group: Int,
  into patches: UnsafeMutablePointer<E>
) {
  let channels = geometry.groupInputChannels
  let (height, width) = (geometry.inputHeight, geometry.inputWidth)
  let merges = geometry.kernelRowsAreRuns
  var target = patches
  for row in rows {
    let x = row % geometry.outputWidth
    let y = row / geometry.outputWidth % geometry.outputHeight
    let n = row / (geometry.outputWidth * geometry.outputHeight)
    let firstX = x * geometry.stride.horizontal - geometry.padding.left
    for i in 0..<geometry.kernelHeight {
      let inputY = y * geometry.stride.vertical + i * geometry.dilation.vertical - geometry.padding.top
      let line = input + (n * height + inputY) * width * geometry.inputChannels + group * channels
      if merges, inputY >= 0, inputY < height, firstX >= 0, firstX + geometry.kernelWidth <= width {
        copyRun(from: line + firstX * channels, to: target, count: geometry.kernelWidth * channels)
        target += geometry.kernelWidth * channels
        continue
      }
      for j in 0..<geometry.kernelWidth {
        let inputX = firstX + j * geometry.dilation.horizontal
        if inputY >= 0, inputY < height, inputX >= 0, inputX < width {
          copyRun(from: line + inputX * geometry.inputChannels, to: target, count: channels)
        } else {
          for c in 0..<channels { target[c] = 0 }
        }
        target += channels
      }
    }
  }
}

/// Copies a short run, four elements at a time; the last four overlap those before them.
@inline(__always)
private func copyRun<E: ConvolutionElement>(
  from source: UnsafePointer<E>, to target: UnsafeMutablePointer<E>, count: Int
) {
  guard count >= 4 else {
    for k in 0..<count { target[k] = source[k] }
    return
  }
  var first = 0
  while first < count {
    let start = min(first, count - 4)
    let (from, to) = (source + start, target + start)
    (to[0], to[1], to[2], to[3]) = (from[0], from[1], from[2], from[3])
    first += 4
  }
}
