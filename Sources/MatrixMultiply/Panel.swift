import CMicrokernels

/// A group of neighbouring columns of B, packed for one kernel: row after row, `width` elements each, for a tile; column
/// after column for inner products.
public struct Panel: @unchecked Sendable {
  /// The first column.
  public let start: Int
  /// Columns of B in it; the rest up to `width` are zeros.
  public let columns: Int
  /// Elements of a packed row.
  public let width: Int
  /// Whether it is packed column after column, for inner products.
  public let isByColumns: Bool
  /// Rows of A that its tile takes at a time.
  public let tileRows: Int
  /// Multiplies a strip of rows with this panel.
  public let multiply: StripFunction
}

/// A kernel that multiplies rows with one packed panel.
public typealias StripFunction = @convention(c) (UnsafePointer<cm_strip>?) -> Void

extension Panel {
  /// Elements between neighbours of a packed column.
  var rowStride: Int { isByColumns ? 1 : width }
}

/// When a few columns are multiplied as inner products.
public enum InnerProducts {
  /// Most columns that there is a kernel for; a tile would leave half of its lanes empty.
  public static let mostColumns = Int(cm_max_outputs)
  /// Elements that lie together in a row of A: from here on vectors along it pay.
  public static let shortestRun = 16
}

extension Kernels {
  /// Cuts columns into panels: as many of the widest tile that suits the rows as fit, and the narrowest that takes the rest; the
  /// last few columns become inner products where the runs are long enough.
  ///
  /// - Parameters:
  ///   - columns: all columns of B.
  ///   - runLength: elements of A that lie together and meet rows of B that follow each other.
  ///   - rows: rows of A that are multiplied at a time; nil for many.
  public func panels(columns: Int, runLength: Int, rows: Int? = nil) -> [Panel] {
    let widest = widestTile(rows: rows)
    var result: [Panel] = []
    var start = 0
    while start < columns {
      let left = columns - start
      if left <= InnerProducts.mostColumns, runLength >= InnerProducts.shortestRun, let dots {
        result.append(Panel(start: start, columns: left, width: left, isByColumns: true, tileRows: 1, multiply: dots))
        break
      }
      let index = widths[..<widest].firstIndex { $0 >= left } ?? widest
      guard let strip = strips[index] else { fatalError("each width of a table has a kernel") }
      result.append(
        Panel(
          start: start, columns: min(left, widths[index]), width: widths[index], isByColumns: false,
          tileRows: tileRows[index], multiply: strip))
      start += widths[index]
    }
    return result
  }

  /// The index of the widest tile, or with so few rows that it takes them in slivers, of the widest that takes all at once.
  ///
  /// A low tile multiplies faster than the second-level cache gives it B. With AVX-512, lines of 7 to 14 outputs are up to 1.4
  /// times as fast with a narrower panel, while fewer or more are not.
  private func widestTile(rows: Int?) -> Int {
    let widest = widths.count - 1
    guard instructionSet == .avx512, let rows, rows > tileRows[widest] else { return widest }
    return widths.indices.last { widths[$0] > lanes && tileRows[$0] >= rows } ?? widest
  }
}
