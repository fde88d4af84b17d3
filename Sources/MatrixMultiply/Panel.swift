import CMicrokernels

/// A group of neighbouring columns of B, packed for one tile: its rows lie one after another, `width` elements each.
public struct Panel: @unchecked Sendable {
  /// The first column.
  public let start: Int
  /// Columns of B in it; the rest up to `width` are zeros.
  public let columns: Int
  /// Elements of a packed row.
  public let width: Int
  /// Multiplies a strip of rows with this panel.
  public let multiply: StripFunction
}

/// A kernel that multiplies rows with one packed panel.
public typealias StripFunction = @convention(c) (UnsafePointer<cm_strip>?) -> Void

extension Kernels {
  /// Cuts columns into panels: as many of the widest tile as fit, and the narrowest that takes the rest.
  public func panels(columns: Int) -> [Panel] {
    var result: [Panel] = []
    var start = 0
    while start < columns {
      let left = columns - start
      let index = widths.firstIndex { $0 >= left } ?? widths.count - 1
      result.append(
        Panel(start: start, columns: min(left, widths[index]), width: widths[index], multiply: strips[index]))
      start += widths[index]
    }
    return result
  }
}
