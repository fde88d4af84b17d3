import CMicrokernels
import MatrixMultiply

/// Convolution to few output channels from few input channels: the picture is taken apart into planes, a band of rows at a
/// time, and vectors of neighbouring pixels of a plane meet the weights of all outputs of a group.
///
/// The register tile has neighbouring outputs in its vectors, of which there are too few here. With a stride, each plane holds
/// the columns of one remainder, so that the columns that neighbouring outputs read are neighbours too. Zeros stand for
/// the padding. The scratch of a band stays in the cache.
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
    let planes = PlaneLayout(geometry)
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
    let bandRows = planes.bandRows(itemSize: MemoryLayout<E>.stride, threads: threads)
    let bands = (geometry.outputHeight + bandRows - 1) / bandRows
    WorkerPool.shared.run(
      tasks: geometry.batch * bands * geometry.groups, threads: geometry.operations < 60_000 ? 1 : threads
    ) { task in
      let group = task % geometry.groups
      let first = task / geometry.groups % bands * bandRows
      convolve(
        input, into: output, picture: task / (geometry.groups * bands), group: group,
        rows: first..<min(first + bandRows, geometry.outputHeight))
    }
  }

  private func convolve(
    _ input: UnsafePointer<E>, into output: UnsafeMutablePointer<E>, picture n: Int, group: Int, rows: Range<Int>
  ) {
    let scratch: UnsafeMutablePointer<E> = allocateAligned(planes.inputRows(of: rows.count) * planes.rowCount)
    defer { scratch.deallocate() }
    let pixels = geometry.inputHeight * geometry.inputWidth
    let source = input + n * pixels * geometry.inputChannels + group * geometry.groupInputChannels
    for row in 0..<planes.inputRows(of: rows.count) {
      if WorkerPool.isStopping { return }
      let y = rows.lowerBound * geometry.stride.vertical + row - geometry.padding.top
      let inputRow =
        (0..<geometry.inputHeight).contains(y) ? source + y * geometry.inputWidth * geometry.inputChannels : nil
      takeApart(inputRow, into: scratch + row * planes.rowCount)
    }
    let outputs = geometry.groupOutputChannels
    let stretch = outputsAtOnce(operationsOfEach: 2 * taps.count * outputs)
    for y in rows {
      let line = scratch + (y - rows.lowerBound) * geometry.stride.vertical * planes.rowCount
      let pixel = (n * geometry.outputHeight + y) * geometry.outputWidth
      for first in stride(from: 0, to: geometry.outputWidth, by: stretch) {
        if WorkerPool.isStopping { return }
        var call = cm_planes(
          in: line + first, tap: taps.start, weight_row: taps.ascending, taps: taps.count,
          weight: weight.start + group * taps.count * outputs,
          bias: bias.map { UnsafeRawPointer($0.start + group * outputs) },
          out: output + (pixel + first) * geometry.outputChannels + group * outputs,
          out_step: geometry.outputChannels, outputs: outputs, count: min(stretch, geometry.outputWidth - first))
        kernels.table.pointee.planes(&call)
      }
    }
  }

  /// One input row as planes, zeros where it lies on padding.
  private func takeApart(_ row: UnsafePointer<E>?, into target: UnsafeMutablePointer<E>) {
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
      let first = phase - geometry.padding.left
      let start = min(first >= 0 ? 0 : (-first + step - 1) / step, planes.width)
      let end = max(start, first >= width ? 0 : min((width - 1 - first) / step + 1, planes.width))
      for channel in 0..<geometry.groupInputChannels {
        let plane = target + (channel * planes.phases.count + index) * planes.width
        plane.update(repeating: 0, count: start)
        for column in stride(from: start, to: end, by: Self.gatheredAtOnce) {
          if WorkerPool.isStopping { return }
          gather?(
            row + (column * step + first) * channels + channel, step * channels, plane + column,
            min(Self.gatheredAtOnce, end - column))
        }
        (plane + end).update(repeating: 0, count: planes.width - end)
      }
    }
  }
}

extension ConvolutionGeometry {
  /// Whether `direct` takes the picture apart: few outputs in a group, and runs too short for inner products.
  ///
  /// - Parameter lanes: elements of one vector; fewer channels than that leave the depthwise kernel's vectors unfilled.
  func isPlanar(lanes: Int) -> Bool {
    guard groupOutputChannels <= Int(cm_max_outputs), !isFilter else { return false }
    if groups > 1, groupInputChannels == 1, groupOutputChannels == 1 { return outputChannels < lanes }
    return fieldRunLength < InnerProducts.shortestRun
  }
}
