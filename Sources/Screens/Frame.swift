/// One cell of a screen: one glyph and its style.
///
/// A glyph is one Unicode scalar; a wide one fills its cell and the next, which then holds `Cell.continuation`.
public struct Cell: Hashable, Sendable {
  public var glyph: Unicode.Scalar
  public var style: Style

  public init(_ glyph: Unicode.Scalar = " ", _ style: Style = .plain) {
    self.glyph = glyph
    self.style = style
  }

  /// As four numbers side by side: frames are compared by the ten thousand cells.
  @inlinable
  public static func == (left: Cell, right: Cell) -> Bool {
    unsafeBitCast(left, to: SIMD4<UInt32>.self) == unsafeBitCast(right, to: SIMD4<UInt32>.self)
  }

  /// The glyph of a cell that is covered by the wide one to its left.
  public static let continuation: Unicode.Scalar = "\0"
}

/// A whole screen as a value: `draw(state, size)` makes one; a terminal paints it, a writer prints it, a test compares it.
public struct Frame: Hashable, Sendable {
  public let size: Size
  /// Row by row, `size.rows × size.columns`.
  public private(set) var cells: [Cell]
  /// Where the terminal's own cursor stands while text is edited; nil hides it.
  public var cursor: Point?

  public init(size: Size) {
    self.size = size
    cells = [Cell](repeating: Cell(), count: max(size.columns, 0) * max(size.rows, 0))
  }

  /// The cell at a place; places outside read as blank and ignore writes.
  public subscript(point: Point) -> Cell {
    get { index(of: point).map { cells[$0] } ?? Cell() }
    set { if let index = index(of: point) { cells[index] = newValue } }
  }

  // MARK: Where no glyph in the way is a wide one, whose other half would need care

  /// Sets a cell; the place must lie within the frame.
  mutating func replace(_ cell: Cell, at point: Point) { cells[point.row * size.columns + point.column] = cell }

  /// Sets all cells of a part of a row.
  mutating func fill(_ cell: Cell, columns: Range<Int>, row: Int) {
    let start = row * size.columns
    cells.withUnsafeMutableBufferPointer { cells in
      cells[start + columns.lowerBound..<start + columns.upperBound].update(repeating: cell)
    }
  }

  /// Sets cells of a row, from a place to the right.
  mutating func replace(by line: ArraySlice<Cell>, column: Int, row: Int) {
    let start = row * size.columns + column
    cells.replaceSubrange(start..<start + line.count, with: line)
  }

  /// Sets text as far as it lies in some columns; false, and nothing set, if it is not all printable ASCII, as numbers and
  /// most labels are.
  mutating func replaceASCII(_ text: String, _ style: Style, column: Int, row: Int, visible: Range<Int>) -> Bool {
    guard (-1 << 32...1 << 32).contains(column) else { return false }
    let set = text.utf8.withContiguousStorageIfAvailable { bytes in
      let range = (column..<column + bytes.count).clamped(to: visible)
      let start = row * size.columns
      guard bytes.arePrintableASCII else { return false }
      cells.withUnsafeMutableBufferPointer { cells in
        for place in range { cells[start + place] = Cell(Unicode.Scalar(bytes[place - column]), style) }
      }
      return true
    }
    return set ?? false
  }

  /// The columns from the first to the last cell of a row in which two frames of the same size differ; nil if none does.
  public func columns(ofRow row: Int, differentFrom other: Frame) -> Range<Int>? {
    let (start, count) = (row * size.columns, size.columns)
    guard count > 0 else { return nil }
    return cells.withUnsafeBufferPointer { cells in
      other.cells.withUnsafeBufferPointer { others in
        var (first, last) = (start, start + count - 1)
        while first <= last, cells[first] == others[first] { first += 1 }
        guard first <= last else { return nil }
        while cells[last] == others[last] { last -= 1 }
        return first - start..<last - start + 1
      }
    }
  }

  private func index(of point: Point) -> Int? {
    guard Rect(size: size).contains(point) else { return nil }
    return point.row * size.columns + point.column
  }
}
