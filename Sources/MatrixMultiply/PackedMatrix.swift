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
  /// `runLength` says how many elements lie together in the rows of A to come, all of them if it is nil; `rows`, how many of
  /// these are multiplied at a time, many if it is nil.
  ///
  /// - Complexity: depth × columns reads and writes.
  public convenience init(
    depth: Int, columns: Int, b: UnsafePointer<Element>, bRowStride: Int, bColumnStride: Int,
    runLength: Int? = nil, rows: Int? = nil, kernels: Kernels<Element> = Kernels()
  ) {
    self.init(depth: depth, columns: columns, runLength: runLength, rows: rows, kernels: kernels) { packing in
      packing.pack(0..<depth, from: b, rowStride: bRowStride, columnStride: bColumnStride)
    }
  }

  /// Packs a B that need not lie in memory as a whole: `fill` makes its rows, some at a time, and packs each once.
  public init(
    depth: Int, columns: Int, runLength: Int? = nil, rows: Int? = nil, kernels: Kernels<Element> = Kernels(),
    filledBy fill: (Packing<Element>) -> Void
  ) {
    self.depth = depth
    self.columns = columns
    self.kernels = kernels
    panels = kernels.panels(columns: columns, runLength: runLength ?? depth, rows: rows)
    memory = allocateAligned(Self.count(panels, depth: depth))
    fill(Packing(kernels: kernels, panels: panels, depth: depth, memory: memory))
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
  let kernels: Kernels<Element>
  let panels: [Panel]
  let depth: Int
  let memory: UnsafeMutablePointer<Element>

  /// Packs some rows of B; `b` points to the first of these.
  public func pack(_ rows: Range<Int>, from b: UnsafePointer<Element>, rowStride: Int, columnStride: Int) {
    WorkerPool.shared.run(tasks: panels.count, threads: 1) { index in
      let panel = panels[index]
      kernels.pack(
        panel, rows: rows.count, from: b + panel.start * columnStride, rowStride: rowStride,
        columnStride: columnStride, into: memory + (panel.start * depth + rows.lowerBound * panel.rowStride),
        depth: depth)
    }
  }
}
