import StridedTensor

extension BlockedProduct {
  /// Bytes of a row of B in a share at most: the share's block of B stays in the second-level cache, with room for A.
  private static var mostRowBytes: Int { 1024 }
  /// Bytes of A up to which it comes from a cache whenever a share reads it.
  private static var mostABytes: Int { 16 << 20 }

  /// Columns of each share, if the threads take shares of the columns, each a product of its own.
  ///
  /// A thread packs what it multiplies with then, and waits for nobody: two threads are 1.25 times as fast for 256³, 1.05 for
  /// 1024³. Nil for small products, where A would come from memory or be copied once for each share, and where the columns do
  /// not share evenly in whole panels.
  var columnsOfShare: Int? {
    guard threads > 1, !isSmall(depth: depth), !packsA, let panel = kernels.widths.last else { return nil }
    let size = MemoryLayout<Element>.stride
    guard saturatingProduct(saturatingProduct(rows, depth), size) <= Self.mostABytes else { return nil }
    let most = Self.mostRowBytes / size
    let rounds = max((columns + threads * most / 2) / (threads * most), 1)
    let shares = threads * rounds
    let even = (columns + shares - 1) / shares
    let wholePanels = (even + panel - 1) / panel * panel
    // A sixteenth of the columns at most is missing from the last share.
    return wholePanels * shares <= columns + columns / 16 ? wholePanels : nil
  }

  /// The product in shares of so many columns, each on one thread.
  func run(inShares share: Int, b: UnsafePointer<Element>, bRowStride: Int, bColumnStride: Int) {
    let shares = (columns + share - 1) / share
    WorkerPool.shared.run(tasks: shares, threads: threads) { index in
      let first = index * share
      BlockedProduct(
        kernels: kernels, rows: rows, columns: min(share, columns - first), depth: depth,
        a: a, aRowStride: aRowStride, aColumnStride: aColumnStride,
        c: c + first, cRowStride: cRowStride, accumulate: accumulate, threads: 1, upcoming: upcoming
      ).run(b: b + first * bColumnStride, bRowStride: bRowStride, bColumnStride: bColumnStride)
    }
  }
}
