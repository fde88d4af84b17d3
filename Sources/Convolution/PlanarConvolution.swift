import CMicrokernels
import MatrixMultiply

/// Convolution to few output channels from few input channels: the picture is taken apart into planes, a block of rows and
/// columns at a time, and vectors of neighbouring pixels of a plane meet the weights of all outputs of a group.
///
/// The register tile has neighbouring outputs in its vectors, of which there are too few here. With a stride, each plane holds
/// the columns of one remainder, so that the columns that neighbouring outputs read are neighbours too. Zeros stand for
/// the padding. The scratch of a block stays in the cache.
final class PlanarConvolution<E: ConvolutionElement>: Sendable {
  let geometry: ConvolutionGeometry
  private let kernels: Kernels<E>
  private let planes: PlaneLayout
  /// The weights of each group, row-major (Kh·Kw·C/groups)×(Cout/groups), one after another.
  private let weight: SharedElements<E>
  private let bias: SharedElements<E>?
  private let taps: SharedIndices

  /// Elements of a plane that are fetched in one go, some milliseconds: between two such calls a run can be stopped.
  private static var gatheredAtOnce: Int { 1 << 20 }

  init(_ geometry: ConvolutionGeometry, weight: UnsafePointer<E>, bias: [E]?, kernels: Kernels<E>) {
    self.geometry = geometry
    self.kernels = kernels
    self.bias = bias.map { SharedElements($0) }
    let planes = PlaneLayout(geometry, itemSize: MemoryLayout<E>.stride)
    self.planes = planes
    taps = SharedIndices(planes.taps)
    let (depth, outputs) = (geometry.patchColumns, geometry.groupOutputChannels)
    self.weight = SharedElements(count: depth * geometry.outputChannels) { target in
      for group in 0..<geometry.groups {
        for row in 0..<depth {
          for o in 0..<outputs {
            target[(group * depth + row) * outputs + o] = weight[row * geometry.outputChannels + group * outputs + o]
          }
        }
      }
    }
  }

  var preparedBytes: Int { weight.count * MemoryLayout<E>.stride }

  /// Convolves row-major N×H×W×C into row-major N×Ho×Wo×Cout.
  @_specialize(where E == Float)
  @_specialize(where E == Double)
  func run(_ input: UnsafePointer<E>, into output: UnsafeMutablePointer<E>, threads: Int) {
    let blockRows = planes.rows(threads: threads)
    let blocksDown = (geometry.outputHeight + blockRows - 1) / blockRows
    let blocks = blocksDown * planes.columnBlocks
    WorkerPool.shared.run(
      tasks: geometry.batch * blocks * geometry.groups, threads: geometry.operations < 60_000 ? 1 : threads
    ) { task in
      let (n, block) = (task / geometry.groups).quotientAndRemainder(dividingBy: blocks)
      let (down, across) = block.quotientAndRemainder(dividingBy: planes.columnBlocks)
      let (row, column) = (down * blockRows, across * planes.columns)
      convolve(
        input, into: output, picture: n, group: task % geometry.groups,
        rows: row..<min(row + blockRows, geometry.outputHeight),
        columns: column..<min(column + planes.columns, geometry.outputWidth))
    }
  }

  private func convolve(
    _ input: UnsafePointer<E>, into output: UnsafeMutablePointer<E>, picture n: Int, group: Int, rows: Range<Int>,
    columns: Range<Int>
  ) {
    let scratch: UnsafeMutablePointer<E> = allocateAligned(planes.inputRows(of: rows.count) * planes.rowCount)
    defer { scratch.deallocate() }
    let rowLength = geometry.inputWidth * geometry.inputChannels
    let source = input + n * geometry.inputHeight * rowLength + group * geometry.groupInputChannels
    func inputRow(_ row: Int) -> UnsafePointer<E>? {
      let y = rows.lowerBound * geometry.stride.vertical + row - geometry.padding.top
      return (0..<geometry.inputHeight).contains(y) ? source + y * rowLength : nil
    }
    let neededColumn = min(columns.lowerBound * geometry.stride.horizontal, geometry.inputWidth)
    let neededColumns = min(columns.count * geometry.stride.horizontal, geometry.inputWidth - neededColumn)
    var inPlanes = 0
    let outputs = geometry.groupOutputChannels
    let stretch = outputsAtOnce(operationsOfEach: 2 * taps.count * outputs)
    for y in rows {
      let first = (y - rows.lowerBound) * geometry.stride.vertical
      while inPlanes < first + geometry.fieldHeight {
        if WorkerPool.isStopping { return }
        takeApart(inputRow(inPlanes), columns, into: scratch + inPlanes * planes.rowCount)
        inPlanes += 1
      }
      let next = y + 1 < rows.upperBound ? inputRow(inPlanes) : nil
      let line = scratch + first * planes.rowCount
      let pixel = (n * geometry.outputHeight + y) * geometry.outputWidth
      for first in stride(from: columns.lowerBound, to: columns.upperBound, by: stretch) {
        if WorkerPool.isStopping { return }
        var call = cm_planes(
          in: line + (first - columns.lowerBound), tap: taps.start, weight_row: taps.ascending, taps: taps.count,
          weight: weight.start + group * taps.count * outputs,
          bias: bias.map { UnsafeRawPointer($0.start + group * outputs) },
          out: output + (pixel + first) * geometry.outputChannels + group * outputs,
          out_step: geometry.outputChannels, outputs: outputs, count: min(stretch, columns.upperBound - first),
          next: next.map { UnsafeRawPointer($0 + neededColumn * geometry.inputChannels) },
          next_bytes: next == nil ? 0 : neededColumns * geometry.inputChannels * MemoryLayout<E>.stride)
        kernels.table.pointee.planes(&call)
      }
    }
  }

  /// What some output columns meet of one input row, as planes, zeros where it lies on padding.
  private func takeApart(
    _ row: UnsafePointer<E>?, _ outputColumns: Range<Int>, into target: UnsafeMutablePointer<E>
  ) {
    guard let row else {
      return WorkerPool.shared.runInStretches(of: planes.rowCount) {
        (target + $0.lowerBound).update(repeating: 0, count: $0.count)
      }
    }
    let (width, channels) = (geometry.inputWidth, geometry.inputChannels)
    let step = geometry.stride.horizontal
    let gather = kernels.table.pointee.gather
    for (index, phase) in planes.phases.enumerated() {
      // Column i of the plane is column i·step + first of the input.
      let first = outputColumns.lowerBound * step + phase - geometry.padding.left
      let needed = planes.width - (planes.columns - outputColumns.count)
      let start = min(first >= 0 ? 0 : (-first + step - 1) / step, needed)
      let end = max(start, first >= width ? 0 : min((width - 1 - first) / step + 1, needed))
      for channel in 0..<geometry.groupInputChannels {
        let plane = target + (channel * planes.phases.count + index) * planes.width
        plane.update(repeating: 0, count: start)
        for column in stride(from: start, to: end, by: Self.gatheredAtOnce) {
          if WorkerPool.isStopping { return }
          gather?(
            row + (column * step + first) * channels + channel, step * channels, plane + column,
            min(Self.gatheredAtOnce, end - column))
        }
        (plane + end).update(repeating: 0, count: needed - end)
      }
    }
  }
}

extension ConvolutionGeometry {
  /// Whether `direct` takes the picture apart: few outputs in a group, and runs too short for inner products.
  func isPlanar<E>(_ kernels: Kernels<E>) -> Bool {
    guard groupOutputChannels <= Int(kernels.table.pointee.planes_outputs), !isFilter else { return false }
    // Fewer channels than a vector has elements leave the depthwise kernel's vectors unfilled.
    if groups > 1, groupInputChannels == 1, groupOutputChannels == 1 { return outputChannels < kernels.lanes }
    if groupOutputChannels > InnerProducts.mostColumns {
      // Panels of eight columns do better for lines shorter than a vector, and where few products pay for the planes.
      return outputWidth >= kernels.lanes && kernelHeight * kernelWidth >= 4 && groupInputChannels <= 4
    }
    return fieldRunLength < InnerProducts.shortestRun
  }
}
