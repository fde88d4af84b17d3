import CMicrokernels
import StridedTensor

/// The sizes of the blocks that a product is cut into, in elements.
///
/// A block of B (`depth` rows of one panel) is read once for each tile and should stay in the second-level cache; a block
/// of A (`rows` × `depth`) beside it. Sums run over at most `depth` terms before they are added to C, which also bounds
/// the growth of rounding errors.
enum BlockSize {
  static let depth = 512
  static let rows = 96
  static let columns = 3072

  /// Cuts a length into equal parts of at most `limit`.
  static func even(_ length: Int, limit: Int) -> Int {
    let parts = max((length + limit - 1) / limit, 1)
    return max((length + parts - 1) / parts, 1)
  }

  /// Rows of a task: as many tasks for each thread, several where the rows are many, and none of few rows.
  ///
  /// Few rows are better shared panel by panel, so that a thread reads only its own part of B.
  static func taskRows(_ total: Int, threads: Int) -> Int {
    guard threads > 1 else { return rows }
    let tasks = max((total + rows - 1) / rows, threads * min(max(total / (threads * rows), 1), 3))
    let even = (tasks + threads - 1) / threads * threads
    return max(24, (total + even - 1) / even)
  }
}

/// One matrix product, blocked: Goto's loops around the register tile.
///
/// Columns in blocks, depth in blocks, B packed; then rows in blocks, dealt to the threads. A is read where it lies if its
/// rows are runs of memory, else copied block by block.
struct BlockedProduct<Element: MatrixElement> {
  let kernels: Kernels<Element>
  let rows: Int
  let columns: Int
  let depth: Int
  let a: UnsafePointer<Element>
  let aRowStride: Int
  let aColumnStride: Int
  let c: UnsafeMutablePointer<Element>
  let cRowStride: Int
  let accumulate: Bool
  let threads: Int
  /// Elements from A to memory that is fetched meanwhile.
  var upcoming: Int? = nil

  /// Whether blocks of A are copied before use: their rows are not runs, or lie so that they crowd each other out of the cache.
  ///
  /// A second-level cache of 2 MB has room for rows however they lie; there a copy costs a few hundredths for nothing.
  var packsA: Bool {
    let bytes = aRowStride.magnitude * UInt(MemoryLayout<Element>.stride)
    return aColumnStride != 1 || !SecondLevelCache.isLarge && columns > 128 && bytes >= 8192 && bytes % 4096 == 0
  }

  /// The product with a B that is packed block by block.
  func run(b: UnsafePointer<Element>, bRowStride: Int, bColumnStride: Int) {
    if runFewRows(b: b, bRowStride: bRowStride, bColumnStride: bColumnStride) { return }
    if let share = columnsOfShare {
      return run(inShares: share, b: b, bRowStride: bRowStride, bColumnStride: bColumnStride)
    }
    let depthBlock = BlockSize.even(depth, limit: BlockSize.depth)
    let widest = min(BlockSize.columns, (columns + 191) / 192 * 192)
    withScratch(widest * depthBlock, of: Element.self) { packed in
      for firstColumn in stride(from: 0, to: columns, by: widest) {
        let panels = kernels.panels(columns: min(widest, columns - firstColumn), runLength: depthBlock)
        for firstDepth in stride(from: 0, to: depth, by: depthBlock) {
          let length = min(depthBlock, depth - firstDepth)
          let corner = b + firstDepth * bRowStride + firstColumn * bColumnStride
          WorkerPool.shared.run(tasks: panels.count, threads: length * columns < 16384 ? 1 : threads) { index in
            let panel = panels[index]
            kernels.pack(
              panel, rows: length, from: corner + panel.start * bColumnStride, rowStride: bRowStride,
              columnStride: bColumnStride, into: packed + panel.start * length, depth: length)
          }
          let next = firstDepth + length
          multiplyBlock(
            panels, packed: packed, packedDepth: length, firstRow: 0, firstColumn: firstColumn, firstDepth: firstDepth,
            length: length,
            upcomingB: rowsToFetch(next..<min(next + depthBlock, depth), ofB: b, bRowStride, bColumnStride))
        }
      }
    }
  }

  /// Whether a product over so many terms is over before other threads have woken.
  func isSmall(depth: Int) -> Bool { saturatingProduct(saturatingProduct(rows, columns), depth) < 30_000 }

  /// The rows of B that are packed next, if they are one piece of memory that the second-level cache has room for.
  private func rowsToFetch(
    _ range: Range<Int>, ofB b: UnsafePointer<Element>, _ bRowStride: Int, _ bColumnStride: Int
  ) -> UnsafeRawBufferPointer {
    let count = range.count * columns
    guard count > 0, bColumnStride == 1, bRowStride == columns,
      count * MemoryLayout<Element>.stride <= kernels.fetchedRowsBytes
    else { return .nothing }
    return UnsafeRawBufferPointer(UnsafeBufferPointer(start: b + range.lowerBound * bRowStride, count: count))
  }

  /// The product with a B that was packed before.
  func run(b: PackedMatrix<Element>) {
    let depthBlock = BlockSize.even(depth, limit: BlockSize.depth)
    for firstDepth in stride(from: 0, to: depth, by: depthBlock) {
      let length = min(depthBlock, depth - firstDepth)
      multiplyBlock(
        b.panels, packed: b.start, packedDepth: depth, firstRow: firstDepth, firstColumn: 0, firstDepth: firstDepth,
        length: length)
    }
  }

  /// All rows of A times one block of B: tasks are blocks of rows, and panels where the rows alone are too few to share.
  private func multiplyBlock(
    _ panels: [Panel], packed: UnsafePointer<Element>, packedDepth: Int, firstRow: Int, firstColumn: Int,
    firstDepth: Int, length: Int, upcomingB: UnsafeRawBufferPointer = .nothing
  ) {
    let rowBlock = BlockSize.taskRows(rows, threads: threads)
    let rowTasks = (rows + rowBlock - 1) / rowBlock
    let sharesPanels = rowTasks < 2 * threads && !packsA && panels.count > 1
    let panelTasks = sharesPanels ? min(panels.count, threads) : 1
    let fetchesPanels = length * columns * MemoryLayout<Element>.stride >= kernels.fetchedPanelBytes
    WorkerPool.shared.run(tasks: rowTasks * panelTasks, threads: isSmall(depth: length) ? 1 : threads) { task in
      // Share by share, so that a thread keeps to its own panels.
      let taskRow = task % rowTasks * rowBlock
      let share = task / rowTasks
      let range = taskRow..<min(taskRow + rowBlock, rows)
      let source = a + range.lowerBound * aRowStride + firstDepth * aColumnStride
      let tasks = rowTasks * panelTasks
      let upcoming = UnsafeRawBufferPointer(
        rebasing: upcomingB[(upcomingB.count * task / tasks)..<(upcomingB.count * (task + 1) / tasks)])
      func multiply(_ source: UnsafePointer<Element>, rowStride: Int) {
        RowBlock(
          rows: range.count, a: source, aRowStride: rowStride, length: length,
          c: c + range.lowerBound * cRowStride + firstColumn, cRowStride: cRowStride,
          accumulate: accumulate || firstDepth > 0, ahead: ahead, upcoming: upcoming, fetchesPanels: fetchesPanels
        ).multiply(
          panels[(panels.count * share / panelTasks)..<(panels.count * (share + 1) / panelTasks)], packed: packed,
          packedDepth: packedDepth, firstRow: firstRow)
      }
      guard packsA else { return multiply(source, rowStride: aRowStride) }
      // Rows that are runs of memory, a line of the cache apart.
      let rowStride = length + 64 / MemoryLayout<Element>.stride
      withScratch(range.count * rowStride, of: Element.self) { copy in
        kernels.copyBlock(
          from: source, rows: range.count, columns: length, rowStride: aRowStride, columnStride: aColumnStride,
          into: copy, targetRowStride: rowStride)
        multiply(copy, rowStride: rowStride)
      }
    }
  }

  /// What a tile asks for meanwhile.
  ///
  /// Without other wishes that is the next tile's rows, unless they lie multiples of 1024 bytes apart: such rows fall on so few
  /// lines of the cache that the next tile's would crowd out this one's. A copy of A is in the cache already.
  private var ahead: RowBlock<Element>.Ahead {
    if packsA { return .nothing }
    if let upcoming { return .elements(upcoming) }
    let bytes = aRowStride.magnitude * UInt(MemoryLayout<Element>.stride)
    return bytes % 1024 == 0 ? .nothing : .nextTile
  }
}
