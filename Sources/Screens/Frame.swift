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

  /// Sets a cell where neither the old nor the new glyph needs any care; false if one does.
  ///
  /// Most cells are plain: letters, digits, lines and blocks, one cell wide. The place must lie within the frame.
  mutating func replaceNarrow(_ cell: Cell, at point: Point) -> Bool {
    let index = point.row * size.columns + point.column
    guard cell.glyph.isPlainlyNarrow, cells[index].glyph.isPlainlyNarrow else { return false }
    cells[index] = cell
    return true
  }

  /// The same for a run of cells in a row; false, and nothing set, if one of them needs care.
  mutating func fillNarrow(_ cell: Cell, columns: Range<Int>, row: Int) -> Bool {
    let start = row * size.columns
    let range = start + columns.lowerBound..<start + columns.upperBound
    guard cell.glyph.isPlainlyNarrow, cells[range].allSatisfy({ $0.glyph.isPlainlyNarrow }) else { return false }
    for index in range { cells[index] = cell }
    return true
  }

  /// The same for text of printable ASCII, as numbers and most labels are, as far as it lies in some columns.
  mutating func replaceASCII(_ text: String, _ style: Style, column: Int, row: Int, visible: Range<Int>) -> Bool {
    guard (-1 << 32...1 << 32).contains(column) else { return false }
    let set = text.utf8.withContiguousStorageIfAvailable { bytes in
      let range = (column..<column + bytes.count).clamped(to: visible)
      let start = row * size.columns
      guard bytes.allSatisfy({ (0x20...0x7E).contains($0) }),
        cells[start + range.lowerBound..<start + range.upperBound].allSatisfy({ $0.glyph.isPlainlyNarrow })
      else { return false }
      cells.withUnsafeMutableBufferPointer { cells in
        for place in range { cells[start + place] = Cell(Unicode.Scalar(bytes[place - column]), style) }
      }
      return true
    }
    return set ?? false
  }

  private func index(of point: Point) -> Int? {
    guard Rect(size: size).contains(point) else { return nil }
    return point.row * size.columns + point.column
  }
}
