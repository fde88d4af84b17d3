/// The size of a screen or a part of it, in cells.
public struct Size: Hashable, Sendable {
  public var columns: Int
  public var rows: Int

  public init(columns: Int, rows: Int) {
    self.columns = columns
    self.rows = rows
  }
}

/// A cell's place: column and row from the top left, from 0.
public struct Point: Hashable, Sendable {
  public var column: Int
  public var row: Int

  public init(column: Int, row: Int) {
    self.column = column
    self.row = row
  }
}

/// A rectangle of cells.
public struct Rect: Hashable, Sendable {
  public var column: Int
  public var row: Int
  public var columns: Int
  public var rows: Int

  /// A rectangle; negative lengths become 0.
  public init(column: Int, row: Int, columns: Int, rows: Int) {
    self.column = column
    self.row = row
    self.columns = max(columns, 0)
    self.rows = max(rows, 0)
  }

  public init(size: Size) { self.init(column: 0, row: 0, columns: size.columns, rows: size.rows) }

  public var size: Size { Size(columns: columns, rows: rows) }
  public var endColumn: Int { column.saturatingAdd(columns) }
  public var endRow: Int { row.saturatingAdd(rows) }
  public var isEmpty: Bool { columns == 0 || rows == 0 }

  public func contains(_ point: Point) -> Bool {
    column <= point.column && point.column < endColumn && row <= point.row && point.row < endRow
  }

  public func intersection(_ other: Rect) -> Rect {
    let left = max(column, other.column)
    let top = max(row, other.row)
    return Rect(
      column: left, row: top, columns: min(endColumn, other.endColumn).saturatingSubtract(left),
      rows: min(endRow, other.endRow).saturatingSubtract(top))
  }

  /// The rectangle without a border of the given widths.
  public func inset(columns: Int = 1, rows: Int = 1) -> Rect {
    Rect(
      column: column.saturatingAdd(columns), row: row.saturatingAdd(rows), columns: self.columns - 2 * columns,
      rows: self.rows - 2 * rows)
  }
}

extension Int {
  /// The sum, or the nearest number there is: places far off a screen are as good as any others.
  func saturatingAdd(_ other: Int) -> Int {
    let (sum, overflow) = addingReportingOverflow(other)
    return overflow ? (other < 0 ? .min : .max) : sum
  }

  /// The difference, or the nearest number there is.
  func saturatingSubtract(_ other: Int) -> Int {
    let (difference, overflow) = subtractingReportingOverflow(other)
    return overflow ? (other < 0 ? .max : .min) : difference
  }
}
