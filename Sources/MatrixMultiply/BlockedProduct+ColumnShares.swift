extension BlockedProduct {
  /// Bytes of a row of B in a share at most: the share's block of B stays in the second-level cache, with room for A.
  private static var mostRowBytes: Int { 1024 }
  /// Bytes of A up to which it comes from a cache whenever a share reads it.
  private static var mostABytes: Int { 16 << 20 }

  /// Columns of each share, if the threads take shares of the columns, each a product of its own.
  ///
  /// A thread packs what it multiplies with then, and waits for nobody: two threads are 1.25 times as fast for 256³, 1.03 for
  /// 1024³. Nil where the columns do not share evenly in whole panels, and where A would come from memory once for each share.
  var columnsOfShare: Int? {
    let size = MemoryLayout<Element>.stride
    guard threads > 1, let panel = kernels.widths.last, rows * depth * size <= Self.mostABytes else { return nil }
    let most = Self.mostRowBytes / size
    let rounds = max((columns + threads * most / 2) / (threads * most), 1)
    let share = (columns + threads * rounds - 1) / (threads * rounds)
    let wholePanels = (share + panel - 1) / panel * panel
    return 16 * wholePanels * threads * rounds <= 17 * columns ? wholePanels : nil
  }

  /// The product of some columns, on the calling thread.
  func runShare(
    _ share: Range<Int>, b: UnsafePointer<Element>, bRowStride: Int, bColumnStride: Int
  ) {
    BlockedProduct(
      kernels: kernels, rows: rows, columns: share.count, depth: depth,
      a: a, aRowStride: aRowStride, aColumnStride: aColumnStride,
      c: c + share.lowerBound, cRowStride: cRowStride, accumulate: accumulate, threads: 1, upcoming: upcoming
    ).run(b: b + share.lowerBound * bColumnStride, bRowStride: bRowStride, bColumnStride: bColumnStride)
  }
}
