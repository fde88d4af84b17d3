import CMicrokernels
import StridedTensor

/// A right-hand matrix packed once into panels, for products with many left-hand ones.
///
/// Immutable after its making, so that several threads may read it.
public final class PackedMatrix<Element: MatrixElement>: @unchecked Sendable {
  /// Rows of B.
  public let depth: Int
  public let columns: Int
  public let kernels: Kernels<Element>
  public let panels: [Panel]
  private let memory: UnsafeMutablePointer<Element>
  /// Bytes that the packed copy takes.
  public var bytes: Int { Self.count(panels, depth: depth) * MemoryLayout<Element>.stride }

  /// Packs B; its elements are read once.
  ///
  /// `runLength` says how many elements lie together in the rows of A to come; all of them if it is nil.
  ///
  /// - Complexity: depth × columns reads and writes.
  public convenience init(
    depth: Int, columns: Int, b: UnsafePointer<Element>, bRowStride: Int, bColumnStride: Int,
    runLength: Int? = nil, kernels: Kernels<Element> = Kernels()
  ) {
    self.init(depth: depth, columns: columns, runLength: runLength, kernels: kernels) { packing in
      packing.pack(0..<depth, from: b, rowStride: bRowStride, columnStride: bColumnStride)
    }
  }

  /// Packs a B that need not lie in memory as a whole: `fill` makes its rows, some at a time, and packs each once.
  public init(
    depth: Int, columns: Int, runLength: Int? = nil, kernels: Kernels<Element> = Kernels(),
    filledBy fill: (Packing<Element>) -> Void
  ) {
    self.depth = depth
    self.columns = columns
    self.kernels = kernels
    panels = kernels.panels(columns: columns, runLength: runLength ?? depth)
    memory = allocateAligned(Self.count(panels, depth: depth))
    fill(Packing(panels: panels, depth: depth, memory: memory))
  }

  deinit { memory.deallocate() }

  /// The packed rows of the first panel; the others follow.
  var start: UnsafePointer<Element> { UnsafePointer(memory) }

  /// The packed rows of a panel.
  public func elements(of panel: Panel) -> UnsafePointer<Element> { UnsafePointer(memory + panel.start * depth) }

  private static func count(_ panels: [Panel], depth: Int) -> Int { panels.reduce(0) { $0 + $1.width * depth } }
}

/// Memory that starts on a cache line, on large pages where it is large, for kernels' scratch and packed weights; freed by
/// `deallocate()`.
public func allocateAligned<Element>(_ count: Int) -> UnsafeMutablePointer<Element> {
  let bytes = max(count, 1) * MemoryLayout<Element>.stride
  let memory = UnsafeMutableRawPointer.allocate(
    byteCount: bytes, alignment: MachineMemory.alignment(bytes, least: 64))
  MachineMemory.askForLargePages(memory, bytes)
  return memory.bindMemory(to: Element.self, capacity: max(count, 1))
}

/// Where the rows of a matrix that is being packed go.
public struct Packing<Element: MatrixElement> {
  let panels: [Panel]
  let depth: Int
  let memory: UnsafeMutablePointer<Element>

  /// Packs some rows of B; `b` points to the first of these.
  public func pack(_ rows: Range<Int>, from b: UnsafePointer<Element>, rowStride: Int, columnStride: Int) {
    WorkerPool.shared.run(tasks: panels.count, threads: 1) { index in
      let panel = panels[index]
      packPanel(
        panel, rows: rows.count, from: b + panel.start * columnStride, rowStride: rowStride,
        columnStride: columnStride, into: memory + (panel.start * depth + rows.lowerBound * panel.rowStride),
        depth: depth)
    }
  }
}

/// Copies the columns of one panel into rows of its width, zeros after the last column; or one column after the other,
/// `depth` elements apart.
@_specialize(where Element == Float)
@_specialize(where Element == Double)
func packPanel<Element: MatrixElement>(
  _ panel: Panel, rows: Int, from b: UnsafePointer<Element>, rowStride: Int, columnStride: Int,
  into target: UnsafeMutablePointer<Element>, depth: Int
) {
  let (width, columns) = (panel.width, panel.columns)
  if panel.isByColumns {
    for j in 0..<columns {
      for k in 0..<rows { target[j * depth + k] = b[k * rowStride + j * columnStride] }
    }
    return
  }
  if columns < width {
    for k in 0..<rows { for j in columns..<width { target[k * width + j] = 0 } }
  }
  if columnStride == 1 {
    for k in 0..<rows {
      let row = b + k * rowStride
      let out = target + k * width
      for j in 0..<columns { out[j] = row[j] }
    }
  } else {
    // Read down the columns where they are the longer runs of memory.
    for j in 0..<columns {
      let column = b + j * columnStride
      for k in 0..<rows { target[k * width + j] = column[k * rowStride] }
    }
  }
}
