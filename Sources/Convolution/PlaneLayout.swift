import CMicrokernels
import MatrixMultiply

/// How the output is cut into blocks of rows and columns, and the planes of the input that one block reads: for each input row,
/// each channel of a group and each remainder of the columns a line.
struct PlaneLayout: Sendable {
  private let geometry: ConvolutionGeometry
  private let itemSize: Int
  /// How many remainders there are.
  private let phaseCount: Int
  /// Output columns of a block.
  let columns: Int
  /// Groups of a block: as many as have their channels of a pixel in one line of the cache.
  let groups: Int
  /// Elements of a line.
  let width: Int
  /// Elements of all lines of one row: of a group, and of all groups of a block, one behind the other.
  let groupCount: Int
  let rowCount: Int
  /// Elements of a line of one output channel, as far as a kernel writes it; nil where each group writes its outputs itself.
  ///
  /// Outputs of a block's groups that fill one line of the cache become planes first, and whole lines of memory then.
  let outputPlane: Int?

  /// Bytes that the planes of one block may take: they stay in the second-level cache.
  private static let blockBytes = 192 << 10
  /// Columns are cut in multiples of these, which all tiles' widths divide.
  private static let columnUnit = 192
  /// A block is so many times as high as a field at least: the rows that it shares with the next one are taken apart twice.
  private static let fieldHeights = 4
  /// Elements of the planes of one output row.
  private let outputCount: Int

  /// Bytes of what one output row of a block reads, from which on nothing is gained: the fields are very high or wide.
  private static let mostBytes = 1 << 20
  static let cacheLine = 64

  /// Nil where the planes would not stay in the cache.
  init?<E>(_ geometry: ConvolutionGeometry, kernels: Kernels<E>) {
    self.geometry = geometry
    itemSize = MemoryLayout<E>.stride
    phaseCount = Self.phases(geometry).count
    let pixelBytes = max(geometry.groupInputChannels, geometry.groupOutputChannels) * itemSize
    groups = min(geometry.groups, max(Self.cacheLine / pixelBytes, 1))
    let columnBytes = groups * geometry.groupInputChannels * phaseCount * itemSize
    let fitting = Self.blockBytes / columnBytes / (geometry.fieldHeight * Self.fieldHeights)
    columns = min(geometry.outputWidth, max(fitting / Self.columnUnit, 1) * Self.columnUnit)
    width = columns + (geometry.kernelWidth - 1) * geometry.dilation.horizontal / geometry.stride.horizontal
    let (fieldCount, overflows) = width.multipliedReportingOverflow(by: geometry.fieldHeight)
    guard !overflows, fieldCount <= Self.mostBytes / columnBytes else { return nil }
    groupCount = geometry.groupInputChannels * phaseCount * width
    rowCount = groups * groupCount
    let joins =
      groups > 1 && geometry.groups % groups == 0 && groups * geometry.groupOutputChannels == kernels.lanes
      && kernels.table.pointee.put_together != nil
    outputPlane = joins ? columns + Int(cm_plane_vectors) * kernels.lanes : nil
    outputCount = groups * geometry.groupOutputChannels * (outputPlane ?? 0)
  }

  /// The remainders, modulo the stride, of the padded columns that the kernel's elements meet.
  var phases: [Int] { Self.phases(geometry) }

  private static func phases(_ geometry: ConvolutionGeometry) -> [Int] {
    let (step, dilation) = (geometry.stride.horizontal, geometry.dilation.horizontal)
    return Set((0..<min(geometry.kernelWidth, step)).map { $0 * dilation % step }).sorted()
  }

  /// Blocks beside each other.
  var columnBlocks: Int { (geometry.outputWidth + columns - 1) / columns }

  /// The offset of each kernel element (i, j, c) from the start of the rows that an output row meets.
  var taps: [Int] {
    let (step, dilation) = (geometry.stride.horizontal, geometry.dilation.horizontal)
    let phases = phases
    return (0..<geometry.kernelHeight).flatMap { i in
      (0..<geometry.kernelWidth).flatMap { j in
        let phase = phases.firstIndex(of: j * dilation % step) ?? 0
        return (0..<geometry.groupInputChannels).map { c in
          i * geometry.dilation.vertical * rowCount + (c * phaseCount + phase) * width + j * dilation / step
        }
      }
    }
  }

  /// Input rows that some neighbouring output rows meet.
  func inputRows(of outputRows: Int) -> Int { (outputRows - 1) * geometry.stride.vertical + geometry.fieldHeight }

  /// Output rows of a block: as many as the cache allows, fewer where threads would find no work.
  func rows(threads: Int) -> Int {
    let fitting =
      (Self.blockBytes / max(rowCount * itemSize, 1) - geometry.fieldHeight) / geometry.stride.vertical + 1
    let others = geometry.batch * ((geometry.groups + groups - 1) / groups) * columnBlocks
    let wanted = (threads * 3 + others - 1) / others
    let share = threads > 1 ? (geometry.outputHeight + wanted - 1) / wanted : geometry.outputHeight
    return min(max(min(fitting, share), min(geometry.kernelHeight, share)), geometry.outputHeight)
  }

  /// Elements of the planes of a block of so many output rows: of the input, and of one row of outputs behind them.
  func inputCount(of outputRows: Int) -> Int { inputRows(of: outputRows) * rowCount }
  func scratchCount(of outputRows: Int) -> Int { inputCount(of: outputRows) + outputCount }

  /// Bytes of one block on one thread.
  var scratchBytes: Int { scratchCount(of: rows(threads: 1)) * itemSize }
}
