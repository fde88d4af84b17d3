import Convolution

/// An entry of the patch matrix of one group: row = output position, column = kernel element.
public struct PatchEntry: Hashable, Sendable, Comparable {
  public var row: Int
  public var column: Int

  public init(row: Int, column: Int) {
    self.row = row
    self.column = column
  }

  public static func < (left: PatchEntry, right: PatchEntry) -> Bool {
    (left.row, left.column) < (right.row, right.column)
  }
}

/// The im2col matrix of one group as a formula: (N·Ho·Wo) × (Kh·Kw·C/groups), nothing stored.
///
/// An 8-million-row matrix costs what a small one does: each entry is an address computed from its row and column.
public struct PatchMatrix: Hashable, Sendable {
  public let geometry: ConvolutionGeometry
  public let group: Int

  public init(geometry: ConvolutionGeometry, group: Int = 0) {
    self.geometry = geometry
    self.group = group
  }

  public var rows: Int { geometry.patchRows }
  public var columns: Int { geometry.patchColumns }

  /// The output position that a row belongs to, as its receptive field.
  public func field(row: Int) -> ReceptiveField {
    let (width, height) = (geometry.outputWidth, geometry.outputHeight)
    return ReceptiveField(
      geometry: geometry, n: row / width / height, y: row / width % height, x: row % width, group: group)
  }

  /// The row of an output position.
  public func row(n: Int, y: Int, x: Int) -> Int { (n * geometry.outputHeight + y) * geometry.outputWidth + x }

  /// The kernel element that a column belongs to; columns are in (i, j, c) order.
  public func kernelIndex(column: Int) -> KernelIndex {
    let channels = geometry.groupInputChannels
    return KernelIndex(
      i: column / channels / geometry.kernelWidth, j: column / channels % geometry.kernelWidth, c: column % channels)
  }

  /// The column of a kernel element.
  public func column(of kernel: KernelIndex) -> Int {
    (kernel.i * geometry.kernelWidth + kernel.j) * geometry.groupInputChannels + kernel.c
  }

  /// The input index that an entry copies; it may lie in the padding.
  ///
  /// - Complexity: O(1).
  public func inputIndex(_ entry: PatchEntry) -> InputIndex {
    field(row: entry.row).index(under: kernelIndex(column: entry.column))
  }

  /// Every entry that copies an input element, in row-major order.
  ///
  /// - Complexity: O(Kh·Kw), whatever the matrix's size: rows and columns of the picture are solved apart.
  public func copies(of index: InputIndex) -> [PatchEntry] {
    let channels = geometry.groupInputChannels
    guard index.c / channels == group else { return [] }
    let coverage = FieldCoverage(geometry: geometry)
    let across = coverage.horizontal.readers(of: index.x)
    var entries: [PatchEntry] = []
    for (y, i) in coverage.vertical.readers(of: index.y) {
      for (x, j) in across {
        entries.append(
          PatchEntry(
            row: row(n: index.n, y: y, x: x), column: column(of: KernelIndex(i: i, j: j, c: index.c % channels))))
      }
    }
    return entries
  }
}
