import CMicrokernels
import StridedTensor

extension BlockedProduct {
  /// Rows that may not pay for packing B.
  private static var mostRows: Int { 8 }
  /// Bytes of a row of C at most that are computed at a time: those of a few rows stay in the first-level cache.
  private static var blockBytes: Int { 4096 }
  /// Terms that are summed before the sum is added to others: eight for each addition that a kernel makes to C.
  private static var mostTerms: Int { 8 * BlockSize.depth }
  /// Columns that are computed at a time as inner products.
  private static var columnsOfInnerProducts: Int { 256 }

  /// The product without a copy of B, if the rows are so few that one does not pay; false where nothing was computed.
  ///
  /// With 1024×1024, one to four rows are 2.6 times as fast so, eight twice; with a transposed one, up to four rows are 17 times
  /// as fast. What the first-level cache holds is packed in no time, and then more rows than one or two are faster with tiles.
  func runFewRows(b: UnsafePointer<Element>, bRowStride: Int, bColumnStride: Int) -> Bool {
    guard rows <= Self.mostRows, columns >= 4 * kernels.lanes,
      saturatingProduct(depth, columns) >= 2048 * rows * rows
    else { return false }
    if bColumnStride == 1 {
      runRowByRow(b: b, bRowStride: bRowStride)
      return true
    }
    guard bRowStride == 1, aColumnStride == 1, rows <= InnerProducts.mostColumns,
      depth >= InnerProducts.shortestRun, let dots = kernels.dots
    else { return false }
    runInnerProducts(dots, b: b, bColumnStride: bColumnStride)
    return true
  }

  /// The product with a B whose rows are runs of memory: it is read once, row by row, and threads share the columns.
  private func runRowByRow(b: UnsafePointer<Element>, bRowStride: Int) {
    let size = MemoryLayout<Element>.stride
    let threads = isSmall(depth: depth) ? 1 : max(threads, 1)
    // Even parts, of whole lines of the cache.
    let parts = max((columns * size + Self.blockBytes - 1) / Self.blockBytes, threads)
    let (even, line) = ((columns + parts - 1) / parts, 64 / size)
    let block = (even + line - 1) / line * line
    WorkerPool.shared.run(tasks: (columns + block - 1) / block, threads: threads) { task in
      let range = (task * block)..<min((task + 1) * block, columns)
      func sum(from firstDepth: Int, into c: UnsafeMutablePointer<Element>, cRowStride: Int, accumulate: Bool) {
        var call = cm_few_rows(
          a: a + firstDepth * aColumnStride, a_row: aRowStride, a_column: aColumnStride,
          b: b + (firstDepth * bRowStride + range.lowerBound), b_row: bRowStride, c: c, c_row: cRowStride, rows: rows,
          columns: range.count, depth: min(Self.mostTerms, depth - firstDepth), accumulate: accumulate)
        kernels.table.pointee.few_rows(&call)
      }
      sum(from: 0, into: c + range.lowerBound, cRowStride: cRowStride, accumulate: accumulate)
      for firstDepth in stride(from: Self.mostTerms, to: depth, by: Self.mostTerms) {
        if WorkerPool.isStopping { return }
        withScratch(rows * block, of: Element.self) { sums in
          sum(from: firstDepth, into: sums, cRowStride: block, accumulate: false)
          add(sums, rowStride: block, columnStride: 1, to: range, accumulate: true)
        }
      }
    }
  }

  /// The product with a B whose columns are runs of memory: rows and columns change places, and the rows of A are what few
  /// columns are for inner products.
  private func runInnerProducts(_ dots: StripFunction, b: UnsafePointer<Element>, bColumnStride: Int) {
    let block = Self.columnsOfInnerProducts
    let tasks = (columns + block - 1) / block
    WorkerPool.shared.run(tasks: tasks, threads: isSmall(depth: depth) ? 1 : threads) { task in
      if WorkerPool.isStopping { return }
      let range = (task * block)..<min((task + 1) * block, columns)
      withScratch(block * rows, of: Element.self) { products in
        var zero = 0
        withUnsafePointer(to: &zero) { zero in
          for firstDepth in stride(from: 0, to: depth, by: BlockSize.depth) {
            var strip = cm_strip(
              a: b + (range.lowerBound * bColumnStride + firstDepth), a_row: bColumnStride, run_a: zero, run_b: zero,
              runs: 1, length: min(BlockSize.depth, depth - firstDepth), settle: 1, b: a + firstDepth, bias: nil,
              c: products, c_row: rows, rows: range.count, lines: 1, a_line: 0, c_line: 0, columns: rows,
              b_column: aRowStride, accumulate: firstDepth > 0, ahead: 0, next: nil, next_bytes: 0, next_line: 0)
            dots(&strip)
          }
        }
        add(products, rowStride: 1, columnStride: rows, to: range, accumulate: accumulate)
      }
    }
  }

  /// Adds sums to some columns of C, or writes them there.
  private func add(
    _ sums: UnsafePointer<Element>, rowStride: Int, columnStride: Int, to range: Range<Int>, accumulate: Bool
  ) {
    for m in 0..<rows {
      let (row, sums) = (c + m * cRowStride, sums + m * rowStride)
      for (k, j) in range.enumerated() {
        let sum = sums[k * columnStride]
        row[j] = accumulate ? row[j] + sum : sum
      }
    }
  }
}
