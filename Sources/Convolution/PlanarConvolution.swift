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
  private let phases: SharedIndices

  /// Elements of planes that are filled in one go, some milliseconds: between two such calls a run can be stopped.
  private static var takenApartAtOnce: Int { 1 << 20 }

  init(
    _ geometry: ConvolutionGeometry, _ planes: PlaneLayout, weight: UnsafePointer<E>, bias: [E]?, kernels: Kernels<E>
  ) {
    self.geometry = geometry
    self.kernels = kernels
    self.bias = bias.map { SharedElements($0) }
    self.planes = planes
    taps = SharedIndices(planes.taps)
    phases = SharedIndices(planes.phases)
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
    let groupsTogether = planes.groups
    let shares = (geometry.groups + groupsTogether - 1) / groupsTogether
    WorkerPool.shared.run(
      tasks: geometry.batch * blocks * shares, threads: geometry.operations < 60_000 ? 1 : threads
    ) { task in
      let (n, block) = (task / shares).quotientAndRemainder(dividingBy: blocks)
      let (down, across) = block.quotientAndRemainder(dividingBy: planes.columnBlocks)
      let (row, column) = (down * blockRows, across * planes.columns)
      let group = task % shares * groupsTogether
      let rows = row..<min(row + blockRows, geometry.outputHeight)
      // A kernel reads on beyond the last line.
      withScratch(planes.scratchCount(of: rows.count) + Int(cm_plane_vectors) * kernels.lanes, of: E.self) { scratch in
        convolve(
          input, into: output, picture: n, groups: group..<min(group + groupsTogether, geometry.groups),
          rows: rows, columns: column..<min(column + planes.columns, geometry.outputWidth), scratch)
      }
    }
  }

  /// A block, row by row: what it needs of the input, taken apart, and its outputs, for each group.
  private func convolve(
    _ input: UnsafePointer<E>, into output: UnsafeMutablePointer<E>, picture n: Int, groups: Range<Int>,
    rows: Range<Int>, columns: Range<Int>, _ scratch: UnsafeMutablePointer<E>
  ) {
    let outputPlanes = scratch + planes.inputCount(of: rows.count)
    let rowLength = geometry.inputWidth * geometry.inputChannels
    let source = input + n * geometry.inputHeight * rowLength
    func inputRow(_ row: Int) -> UnsafePointer<E>? {
      let y = rows.lowerBound * geometry.stride.vertical + row - geometry.padding.top
      return (0..<geometry.inputHeight).contains(y) ? source + y * rowLength : nil
    }
    var taken = 0
    for y in rows {
      let first = (y - rows.lowerBound) * geometry.stride.vertical
      let needed = max(taken, first)..<(first + geometry.fieldHeight)
      let nextRow = lines(of: y + 1 < rows.upperBound ? inputRow(needed.upperBound) : nil, groups, columns)
      for row in needed {
        if WorkerPool.isStopping { return }
        takeApart(inputRow(row), groups, columns, into: scratch + row * planes.rowCount)
      }
      let line = scratch + first * planes.rowCount
      let pixel = (n * geometry.outputHeight + y) * geometry.outputWidth + columns.lowerBound
      let target = output + (pixel * geometry.outputChannels + groups.lowerBound * geometry.groupOutputChannels)
      for group in groups {
        let own = group - groups.lowerBound
        // Meanwhile the first fetches what is read next, the second what is written next.
        var next = own == 0 ? nextRow : cm_lines()
        if own == 1, planes.outputPlane != nil { next = pixelLines(target, geometry.outputChannels, columns.count) }
        convolveLine(
          line + own * planes.groupCount, group, columns.count,
          into: planes.outputPlane.map { outputPlanes + own * geometry.groupOutputChannels * $0 }
            ?? target + own * geometry.groupOutputChannels,
          next: next)
      }
      if let plane = planes.outputPlane {
        kernels.table.pointee.put_together(outputPlanes, plane, target, geometry.outputChannels, columns.count)
      }
      taken = needed.upperBound
    }
  }

  /// A column of all planes of a row: few lie on padding, and filling a few elements of a plane would cost a call.
  private func zero(_ column: UnsafeMutablePointer<E>, _ channels: Int, _ planeDistance: Int) {
    for channel in 0..<channels { column[channel * planeDistance] = 0 }
  }

  /// The outputs of one group in a line of a block.
  private func convolveLine(
    _ line: UnsafePointer<E>, _ group: Int, _ columns: Int, into output: UnsafeMutablePointer<E>, next: cm_lines
  ) {
    let outputs = geometry.groupOutputChannels
    let stretch = outputsAtOnce(operationsOfEach: 2 * taps.count * outputs)
    let step = planes.outputPlane == nil ? geometry.outputChannels : 1
    for first in stride(from: 0, to: columns, by: stretch) {
      if WorkerPool.isStopping { return }
      var call = cm_planes(
        in: line + first, tap: taps.start, weight_row: taps.ascending, taps: taps.count,
        weight: weight.start + group * taps.count * outputs,
        bias: bias.map { UnsafeRawPointer($0.start + group * outputs) },
        out: output + first * step, out_step: step, out_plane: planes.outputPlane ?? 0, outputs: outputs,
        count: min(stretch, columns - first), reads_on: true, next: next)
      kernels.table.pointee.planes(&call)
    }
  }

  /// What some output columns meet of an input row, in memory: all of it, or one line of the cache for each pixel.
  private func lines(of row: UnsafePointer<E>?, _ groups: Range<Int>, _ columns: Range<Int>) -> cm_lines {
    guard let row else { return cm_lines() }
    let first = min(columns.lowerBound * geometry.stride.horizontal, geometry.inputWidth)
    let count = min(columns.count * geometry.stride.horizontal, geometry.inputWidth - first)
    let (pixelBytes, line) = (geometry.inputChannels * MemoryLayout<E>.stride, PlaneLayout.cacheLine)
    let start = row + (first * geometry.inputChannels + groups.lowerBound * geometry.groupInputChannels)
    return groups.count == geometry.groups
      ? cm_lines(start: start, step: line, count: (count * pixelBytes + line - 1) / line)
      : pixelLines(start, geometry.inputChannels, count)
  }

  /// One line of the cache for each of some pixels.
  private func pixelLines(_ start: UnsafePointer<E>, _ channels: Int, _ count: Int) -> cm_lines {
    cm_lines(start: start, step: channels * MemoryLayout<E>.stride, count: count)
  }

  /// What some output columns meet of one input row, as planes, zeros where it lies on padding.
  private func takeApart(
    _ row: UnsafePointer<E>?, _ groups: Range<Int>, _ outputColumns: Range<Int>, into target: UnsafeMutablePointer<E>
  ) {
    guard let row else {
      return WorkerPool.shared.runInStretches(of: planes.rowCount) {
        (target + $0.lowerBound).update(repeating: 0, count: $0.count)
      }
    }
    let (width, channels) = (geometry.inputWidth, geometry.inputChannels)
    let firstChannel = groups.lowerBound * geometry.groupInputChannels
    let ownChannels = groups.count * geometry.groupInputChannels
    let step = geometry.stride.horizontal
    let needed = planes.width - (planes.columns - outputColumns.count)
    let atOnce = max(Self.takenApartAtOnce / ownChannels, 1)
    let planeDistance = phases.count * planes.width
    for index in 0..<phases.count {
      // Column i of the plane is column i·step + first of the input.
      let first = outputColumns.lowerBound * step + phases.start[index] - geometry.padding.left
      let start = min(first >= 0 ? 0 : (-first + step - 1) / step, needed)
      let end = max(start, first >= width ? 0 : min((width - 1 - first) / step + 1, needed))
      let plane = target + index * planes.width
      for column in 0..<start { zero(plane + column, ownChannels, planeDistance) }
      for column in end..<needed { zero(plane + column, ownChannels, planeDistance) }
      for column in stride(from: start, to: end, by: atOnce) {
        if WorkerPool.isStopping { return }
        kernels.table.pointee.take_apart(
          row + ((column * step + first) * channels + firstChannel), step * channels, ownChannels, plane + column,
          planeDistance, min(atOnce, end - column))
      }
    }
  }
}
