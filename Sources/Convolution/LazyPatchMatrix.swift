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
  /// Output columns whose fields have whole kernel rows in the picture, each one run of memory.
  private let wholeColumns: Range<Int>

  init(_ geometry: ConvolutionGeometry, weight: UnsafePointer<E>, bias: [E]?, kernels: Kernels<E>) {
    self.geometry = geometry
    self.bias = bias
    let whole = geometry.horizontalSegments.first { $0.taps.count == geometry.kernelWidth }
    wholeColumns = geometry.kernelRowsAreRuns ? whole?.outputs ?? 0..<0 : 0..<0
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
      withScratch(rows.count * depth, of: E.self) { patches in
        fetchPatches(input, geometry: geometry, rows: rows, group: group, wholeColumns: wholeColumns, into: patches)
        let target = output + first * geometry.outputChannels + group * geometry.groupOutputChannels
        MatrixMultiply.multiply(
          rows: rows.count, a: patches, aRowStride: depth, aColumnStride: 1, b: packed[group], c: target,
          cRowStride: geometry.outputChannels)
      }
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
  wholeColumns: Range<Int>, into patches: UnsafeMutablePointer<E>
) {
  var row = rows.lowerBound
  while row < rows.upperBound, !WorkerPool.isStopping {
    let (line, x) = row.quotientAndRemainder(dividingBy: geometry.outputWidth)
    // Few of fields that are large: between some megabytes the wish to stop is asked.
    let most = max((1 << 20) / geometry.patchColumns, 1)
    let count = min(geometry.outputWidth - x, rows.upperBound - row, most)
    let (n, y) = line.quotientAndRemainder(dividingBy: geometry.outputHeight)
    let picture = input + n * geometry.inputHeight * geometry.inputWidth * geometry.inputChannels
    fetchLine(
      picture + group * geometry.groupInputChannels, geometry, y: y, columns: x..<(x + count),
      whole: wholeColumns.clamped(to: x..<(x + count)), into: patches + (row - rows.lowerBound) * geometry.patchColumns)
    row += count
  }
}

/// The receptive fields of neighbours in one line of the output.
@inline(__always)
private func fetchLine<E: ConvolutionElement>(
  _ picture: UnsafePointer<E>, _ geometry: ConvolutionGeometry, y: Int, columns: Range<Int>,
  whole: Range<Int>, into patches: UnsafeMutablePointer<E>
) {
  let (channels, depth) = (geometry.groupInputChannels, geometry.patchColumns)
  let kernelRow = geometry.kernelWidth * channels
  let step = geometry.stride.horizontal
  for i in 0..<geometry.kernelHeight {
    let inputY = y * geometry.stride.vertical + i * geometry.dilation.vertical - geometry.padding.top
    let target = patches + i * kernelRow
    guard inputY >= 0, inputY < geometry.inputHeight else {
      for k in 0..<columns.count { (target + k * depth).update(repeating: 0, count: kernelRow) }
      continue
    }
    let line = picture + inputY * geometry.inputWidth * geometry.inputChannels
    copyRuns(
      from: line + (whole.lowerBound * step - geometry.padding.left) * channels, step: step * channels,
      to: target + (whole.lowerBound - columns.lowerBound) * depth, step: depth, runs: whole.count, length: kernelRow)
    for isLeft in [true, false] {
      let border = isLeft ? columns.lowerBound..<whole.lowerBound : whole.upperBound..<columns.upperBound
      let first = target + (border.lowerBound - columns.lowerBound) * depth
      fetchPixels(line, geometry, columns: border, into: first)
    }
  }
}

/// One kernel row of neighbouring fields, zeros where it lies on padding: in one piece if it is a run, else by pixels.
@inline(__always)
private func fetchPixels<E: ConvolutionElement>(
  _ line: UnsafePointer<E>, _ geometry: ConvolutionGeometry, columns: Range<Int>, into target: UnsafeMutablePointer<E>
) {
  let (channels, depth) = (geometry.groupInputChannels, geometry.patchColumns)
  let atOnce = geometry.kernelRowsAreRuns ? geometry.kernelWidth : 1
  for x in columns {
    for j in stride(from: 0, to: geometry.kernelWidth, by: atOnce) {
      let inputX = x * geometry.stride.horizontal + j * geometry.dilation.horizontal - geometry.padding.left
      let inside = (inputX..<(inputX + atOnce)).clamped(to: 0..<geometry.inputWidth)
      let cell = target + (x - columns.lowerBound) * depth + j * channels
      let before = inside.isEmpty ? atOnce : inside.lowerBound - inputX
      cell.update(repeating: 0, count: before * channels)
      guard !inside.isEmpty else { continue }
      copyRuns(
        from: line + inside.lowerBound * geometry.inputChannels, step: 0, to: cell + before * channels, step: 0,
        runs: 1, length: inside.count * channels)
      let end = before + inside.count
      (cell + end * channels).update(repeating: 0, count: (atOnce - end) * channels)
    }
  }
}

/// Copies short runs at even distances, four elements at a time; the last four overlap those before them.
@inline(__always)
private func copyRuns<E: ConvolutionElement>(
  from source: UnsafePointer<E>, step sourceStep: Int, to target: UnsafeMutablePointer<E>, step targetStep: Int,
  runs: Int, length: Int
) {
  var (from, to) = (source, target)
  for _ in 0..<runs {
    if length >= 4 {
      var first = 0
      while first < length - 4 {
        copyFour(from: from + first, to: to + first)
        first += 4
      }
      copyFour(from: from + (length - 4), to: to + (length - 4))
    } else {
      for k in 0..<length { to[k] = from[k] }
    }
    from += sourceStep
    to += targetStep
  }
}

@inline(__always)
private func copyFour<E: ConvolutionElement>(from source: UnsafePointer<E>, to target: UnsafeMutablePointer<E>) {
  (target[0], target[1], target[2], target[3]) = (source[0], source[1], source[2], source[3])
}
