/// The planes of some rows of a picture: for each row, each channel of a group and each remainder of the columns a line.
struct PlaneLayout: Sendable {
  private let geometry: ConvolutionGeometry
  /// The remainders, modulo the stride, of the padded columns that the kernel's elements meet.
  let phases: [Int]
  /// Elements of a line.
  let width: Int

  init(_ geometry: ConvolutionGeometry) {
    self.geometry = geometry
    let (step, dilation) = (geometry.stride.horizontal, geometry.dilation.horizontal)
    phases = Set((0..<geometry.kernelWidth).map { $0 * dilation % step }).sorted()
    width = geometry.outputWidth + (geometry.kernelWidth - 1) * dilation / step
  }

  /// Elements of all lines of one row.
  var rowCount: Int { geometry.groupInputChannels * phases.count * width }

  /// The offset of each kernel element (i, j, c) from the start of the rows that an output row meets.
  var taps: [Int] {
    let (step, dilation) = (geometry.stride.horizontal, geometry.dilation.horizontal)
    return (0..<geometry.kernelHeight).flatMap { i in
      (0..<geometry.kernelWidth).flatMap { j in
        let phase = phases.firstIndex(of: j * dilation % step) ?? 0
        return (0..<geometry.groupInputChannels).map { c in
          i * geometry.dilation.vertical * rowCount + (c * phases.count + phase) * width + j * dilation / step
        }
      }
    }
  }

  /// Input rows that some neighbouring output rows meet.
  func inputRows(of outputRows: Int) -> Int { (outputRows - 1) * geometry.stride.vertical + geometry.fieldHeight }

  /// Bytes that the rows of one band may take: they stay in the second-level cache.
  private static let bandBytes = 192 << 10

  /// Output rows of a band: as many as the cache allows, fewer where threads would find no work.
  func bandRows(itemSize: Int, threads: Int) -> Int {
    let fitting = (Self.bandBytes / max(rowCount * itemSize, 1) - geometry.fieldHeight) / geometry.stride.vertical + 1
    let bands = (threads * 3 + geometry.batch * geometry.groups - 1) / (geometry.batch * geometry.groups)
    let share = threads > 1 ? (geometry.outputHeight + bands - 1) / bands : geometry.outputHeight
    return min(max(min(fitting, share), min(geometry.kernelHeight, share)), geometry.outputHeight)
  }

  /// Bytes of one band on one thread.
  func scratchBytes(itemSize: Int) -> Int {
    inputRows(of: bandRows(itemSize: itemSize, threads: 1)) * rowCount * itemSize
  }
}
