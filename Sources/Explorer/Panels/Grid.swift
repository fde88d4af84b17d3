import Screens

/// A two-dimensional thing to be shown cell by cell: the input, the output, the patch matrix, the copies of each cell.
///
/// Rows and columns are the thing's own (those of the padding are negative); a cell is asked for only when it is visible.
struct Grid {
  let rows: Range<Int>
  let columns: Range<Int>
  var format: NumberFormat
  /// The cell in the middle, where not all fit.
  var center: (row: Int, column: Int)
  /// Whether that one was put there by hand, and is to be in the middle exactly.
  var isPanned = false
  var rowLabel: (Int) -> String = { String($0) }
  var columnLabel: (Int) -> String = { String($0) }
  /// What stands over a column whose label has no room.
  var shortColumnLabel: (Int) -> String = { _ in "" }
  /// The widest row label.
  var labelWidth: Int
  var cell: (_ row: Int, _ column: Int) -> GridCell
  /// The colour of a cell where it is a pixel, or of the cells around it where a pixel spans several; nil leaves the paper.
  let pixel: (_ row: Int, _ column: Int, _ span: Double) -> RGB?
  /// What `pixel` does for one span, with all that does not depend on the place looked up before; nil asks `pixel`.
  var sampler: ((_ span: Double) -> (_ row: Int, _ column: Int) -> RGB?)?
  /// The colour of a pixel by all the cells under it; nil takes the mean of some of their colours.
  var poolingSampler: ((_ span: Double) -> (_ rows: Range<Int>, _ columns: Range<Int>) -> RGB?)?
  /// Whether `pixel` itself averages over so wide a span.
  var averages: (_ span: Double) -> Bool = { _ in false }
  /// Whether a part with the centre in it says more than the whole as a picture.
  var isReadInPart = false
  /// What the picture is remembered by from frame to frame; nil where more than `arrival` changes it.
  var remembered: (memory: RasterMemory, picture: RasterMemory.Picture)?
  /// How a walk changes the remembered picture; nil if it does not.
  var arrival: Arrival?
  /// What stands for a cell without a colour where there are no colours at all, as blank is the darkest shade there.
  var emptyGlyph: Unicode.Scalar = " "
  /// Cells marked in the picture: the selected memory and what is being written.
  var selected: (row: Int, column: Int)?
  var written: (row: Int, column: Int)?
  /// The field whose bars are drawn; nil if there is none.
  var frame: Field?
  /// Whether the centre is the field's, and the cells around the field are to be seen with it.
  var surroundsFrame = false
  /// Whether a bar stands before a cell: where a cache line or a block begins.
  var breaksBefore: ((_ row: Int, _ column: Int) -> Bool)?
  /// The most lines that a row of numbers may take where there is room for larger cells.
  var mostSpread = 1
  /// The glyph behind a number that leads to the next cell of a path.
  var link: ((_ row: Int, _ column: Int) -> (glyph: Unicode.Scalar, style: Style)?)?
}

extension Grid {
  typealias Field = (rows: Range<Int>, columns: Range<Int>)

  /// Whether so few cells are to be read as numbers, if need be in part, rather than seen as a picture.
  var isSmall: Bool { rows.count <= 16 && columns.count <= 16 }
}

/// A walk through a picture: until it comes to a cell, that one looks different.
struct Arrival {
  /// The step that it has reached.
  let now: Int
  /// The step at which it comes to a cell.
  let step: (_ row: Int, _ column: Int) -> Int
  /// What is seen of a cell's colour before that.
  let before: (RGB) -> RGB?
}

struct GridCell {
  enum Content: Hashable {
    case number(Double)
    case glyph(Unicode.Scalar)
    /// A glyph across the whole width of a number.
    case hatch(Unicode.Scalar)
  }
  var content: Content
  /// The ground of the number.
  var background: Ink = .terminal
  var style = Style.plain
  var mark = Mark.none
  var hasCursor = false
  /// Whether the step writes it, beside what its mark says.
  var isWrittenWithOthers = false
  var isWritten: Bool { mark == .written || isWrittenWithOthers }
  /// Whether a run of cells that belong to the field begins or ends here, where they are no rectangle.
  var beginsRun = false
  var endsRun = false
}

/// How much of a grid a canvas shows, and how: the same for drawing it and for finding the cell under the mouse.
struct GridView {
  enum Display: Hashable {
    /// Numbers in slots of so many columns.
    case numbers(slot: Int)
    /// Square pixels, so many screen pixels (half a cell high) for each grid cell.
    case pixels(scale: Double)
  }

  let grid: Grid
  let display: Display
  /// The lines of a row of numbers.
  let spread: Int
  let rows: Range<Int>
  let columns: Range<Int>
  let size: Size

  init(_ grid: Grid, in size: Size, zoom: Zoom) {
    self.grid = grid
    self.size = size
    let wide = grid.format.columns + 2
    let tight = grid.format.columns + 1
    let room = size.columns - grid.labelWidth - 1
    let fitsRows = grid.rows.count <= size.rows - 1
    var display: Display
    var spread = 1
    /// The rows or columns of the field with one on either side, where those are to be seen.
    func surrounded(_ axis: (Grid.Field) -> Range<Int>) -> Int {
      guard grid.surroundsFrame, let field = grid.frame else { return 1 }
      return axis(field).count + 2
    }
    switch zoom {
    case .fit where fitsRows && grid.columns.count * wide <= room: display = .numbers(slot: wide)
    case .fit where fitsRows && grid.columns.count * tight + 1 <= room: display = .numbers(slot: tight)
    case .fit where grid.isSmall && grid.isReadInPart && 2 * (room / tight) >= grid.columns.count:
      display = .numbers(slot: tight)
    case .numbers:
      // Closer together if then all are seen, or at least a cell on either side of the field.
      let needed = [grid.columns.count, surrounded { $0.columns }]
      let helps = needed.contains { $0 * wide > room && $0 * tight + 1 <= room }
      display = .numbers(slot: helps ? tight : wide)
    case .fit:
      let scale = min(
        Double(size.columns) / Double(max(grid.columns.count, 1)),
        Double(2 * size.rows) / Double(max(grid.rows.count, 1)))
      let thickness = scale * Double(min(grid.rows.count, grid.columns.count))
      // A picture so long that it would be a line says more in numbers, in part.
      display =
        scale < 1 && thickness < 2 && room > tight
        ? .numbers(slot: tight) : .pixels(scale: scale >= 1 ? scale.rounded(.down) : scale)
    case .pixels(let dots): display = .pixels(scale: Double(dots))
    }
    if case .numbers(let slot) = display, grid.mostSpread > 1 {
      let larger = GridView.spread(grid, slot: slot, rows: size.rows - 1, columns: room)
      (display, spread) = (.numbers(slot: larger.slot), larger.lines)
    }
    (self.display, self.spread) = (display, spread)
    let visibleRows: Int
    let visibleColumns: Int
    switch display {
    case .numbers(let slot):
      visibleRows = max((size.rows - 1) / spread, 0)
      visibleColumns = max((room - (slot == tight ? 1 : 0)) / slot, 0)
    case .pixels(let scale):
      visibleRows = Int((Double(2 * size.rows) / scale + 1e-9).rounded(.down))
      visibleColumns = Int((Double(size.columns) / scale + 1e-9).rounded(.down))
    }
    func window(_ range: Range<Int>, _ length: Int, _ center: Int, keeping kept: Int) -> Range<Int> {
      grid.isPanned
        ? GridView.window(of: range, showing: length, centredOn: center)
        // Where there is no room around the field, it is seen by itself.
        : GridView.window(of: range, showing: length, around: center, keeping: kept > length ? max(kept - 2, 1) : kept)
    }
    rows = window(grid.rows, visibleRows, grid.center.row, keeping: surrounded { $0.rows })
    columns = window(grid.columns, visibleColumns, grid.center.column, keeping: surrounded { $0.columns })
  }

  var showsAll: Bool { rows == grid.rows && columns == grid.columns }

  /// The part of a range that is shown: pages of half a window, so that it stands still while the centre moves within one.
  ///
  /// - Parameter kept: so many places, the centre in their middle, are shown whole if they fit: where a window has little
  ///   more room than that, its pages are shorter.
  static func window(of range: Range<Int>, showing length: Int, around center: Int, keeping kept: Int = 1) -> Range<Int>
  {
    guard length < range.count else { return range }
    guard length > 0 else { return range.lowerBound..<range.lowerBound }
    let half = max(length / 2, 1)
    let step = kept <= length ? min(half, length - kept + 1) : half
    let before = step == half ? half / 2 : (length - step) / 2
    let page = (min(max(center, range.lowerBound), range.upperBound - 1) - range.lowerBound) / step
    let start = min(max(range.lowerBound + page * step - before, range.lowerBound), range.upperBound - length)
    return start..<start + length
  }

  /// The part of a range with a place in its middle, as far as its ends allow.
  static func window(of range: Range<Int>, showing length: Int, centredOn center: Int) -> Range<Int> {
    guard length < range.count else { return range }
    let start = min(max(center - length / 2, range.lowerBound), range.upperBound - max(length, 0))
    return start..<start + max(length, 0)
  }

  /// The grid cell that a place in the canvas shows.
  func cell(at place: Point) -> (row: Int, column: Int)? {
    switch display {
    case .numbers(let slot):
      let column = (place.column - grid.labelWidth - 1) / slot + columns.lowerBound
      let row = (place.row - 1) / spread + rows.lowerBound
      guard place.row > 0, place.column > grid.labelWidth else { return nil }
      return rows.contains(row) && columns.contains(column) ? (row, column) : nil
    case .pixels(let scale):
      let column = Int(Double(place.column) / scale) + columns.lowerBound
      let row = Int((Double(2 * place.row) + 0.5) / scale) + rows.lowerBound
      guard place.column >= 0, place.row >= 0, rows.contains(row), columns.contains(column) else { return nil }
      return (row, column)
    }
  }

  /// The columns that a grid needs for numbers in tight slots.
  static func columnsNeeded(by grid: Grid) -> Int {
    grid.labelWidth + 2 + grid.columns.count * (grid.format.columns + 1)
  }

  /// The columns that a grid wants for numbers in wide slots.
  static func columnsWanted(by grid: Grid) -> Int {
    grid.labelWidth + 1 + grid.columns.count * (grid.format.columns + 2)
  }
}
