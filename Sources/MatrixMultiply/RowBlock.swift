import CMicrokernels

/// Some rows of A, each a run of memory, to be multiplied with packed panels of B one after the other, on the calling thread.
struct RowBlock<Element: MatrixElement> {
  /// What a tile asks for beside its own rows of A.
  enum Ahead {
    case nothing
    /// The rows of the tile after it.
    case nextTile
    /// As many elements after its rows.
    case elements(Int)
  }

  let rows: Int
  let a: UnsafePointer<Element>
  let aRowStride: Int
  /// Elements of a row of A, and rows of B.
  let length: Int
  /// The first row of the result, at the first column of B.
  let c: UnsafeMutablePointer<Element>
  let cRowStride: Int
  let accumulate: Bool
  var ahead = Ahead.nothing
  /// Memory of the caller's that is fetched meanwhile.
  var upcoming = UnsafeRawBufferPointer.nothing
  /// Whether the next panel is fetched meanwhile, however many rows there are.
  var fetchesPanels = false

  /// Rows that are over before the next panel has come by itself: it is fetched while they are multiplied.
  private static var fewRows: Int { 24 }

  /// Multiplies with panels.
  ///
  /// - Parameters:
  ///   - panels: whole columns of B.
  ///   - packed: where column 0 was packed.
  ///   - packedDepth: rows that each column was packed with.
  ///   - firstRow: the row of these to begin with.
  func multiply(_ panels: ArraySlice<Panel>, packed: UnsafePointer<Element>, packedDepth: Int, firstRow: Int) {
    func start(of panel: Panel) -> UnsafeRawPointer {
      UnsafeRawPointer(packed + (panel.start * packedDepth + firstRow * panel.rowStride))
    }
    let share = upcoming.count / max(panels.count, 1)
    var zero = 0
    withUnsafePointer(to: &zero) { zero in
      for index in panels.indices {
        if WorkerPool.isStopping { return }
        let panel = panels[index]
        var strip = cm_strip(
          a: a, a_row: aRowStride, run_a: zero, run_b: zero, runs: 1, length: length, settle: 1,
          b: start(of: panel), bias: nil, c: c + panel.start, c_row: cRowStride, rows: rows, lines: 1, a_line: 0,
          c_line: 0, columns: panel.columns, b_column: packedDepth, accumulate: accumulate,
          ahead: elementsAhead(panel), next: nil, next_bytes: 0, next_line: 0)
        if let upcoming = upcoming.baseAddress {
          strip.next = upcoming + (index - panels.startIndex) * share
          strip.next_bytes = share
        } else if fetchesPanels || rows <= Self.fewRows, index + 1 < panels.endIndex {
          let next = panels[index + 1]
          strip.next = start(of: next)
          strip.next_bytes = length * next.width * MemoryLayout<Element>.stride
        }
        panel.multiply(&strip)
      }
    }
  }

  private func elementsAhead(_ panel: Panel) -> Int {
    switch ahead {
    case .nothing: 0
    case .nextTile: panel.tileRows * aRowStride
    case .elements(let count): count
    }
  }
}

extension UnsafeRawBufferPointer {
  package static var nothing: UnsafeRawBufferPointer { UnsafeRawBufferPointer(start: nil, count: 0) }
}
