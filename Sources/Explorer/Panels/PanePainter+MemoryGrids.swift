import Screens
import StridedTensor
import Walkthroughs

/// Memory's three grids: the view, the old memory, the contiguous copy. Each cell of them is an element of a buffer, and
/// the same element lights up in all of them.
extension PanePainter {
  /// The numbers of the shown buffer.
  func format(of shown: ShownView) -> NumberFormat {
    shown.view.source == .lecture ? NumberFormat(columns: 2, decimals: 0) : inputFormat
  }

  /// What a cell shows that stands for an element of the old memory.
  private func memoryCell(_ offset: Int, _ shown: ShownView, block: Set<Int>) -> GridCell {
    guard let value = shown.value(at: offset) else {
      return GridCell(content: .hatch(glyphSet.outOfBounds), style: Style(.outOfBounds))
    }
    var cell = GridCell(content: .number(value))
    if shown.view.source == .paddedInput, shown.inputIndex(at: offset) == nil {
      cell = GridCell(content: .glyph(glyphSet.padding), style: Style(.padding))
    }
    if block.contains(offset) { cell.background = .role(.field) }
    if offset == litOffset { cell.mark = .selected }
    if offset == changedOffset { cell.mark = .written }
    return cell
  }

  /// How the view lies on the plane; with blank lines between blocks where there is room for them.
  func nestedGrid(of shown: ShownView) -> NestedGrid {
    let spaced = NestedGrid(shown.layout, axes: shown.view.axes, hasGaps: true)
    let room = state.size.rows >= SceneLayout.roomy.rows ? state.size.rows / 2 - 6 : 8
    return spaced.rows <= room ? spaced : NestedGrid(shown.layout, axes: shown.view.axes)
  }

  /// The view itself, as nested grids of numbers.
  var viewGrid: Grid {
    let nested = nested
    let index = shown.current?.index ?? []
    let cursor = nested.place(of: index)
    // Who types a view that leaves the buffer sees where it does.
    var center = cursor
    if case .editing(let editing) = state.mode, editing.draft != nil, let excess = shown.explanation.excess {
      center = nested.place(of: excess.firstIndex)
    }
    var block: (rows: Range<Int>, columns: Range<Int>)?
    if shown.count > 0 {
      let inner = nested.block(row: cursor.row, column: cursor.column)
      if inner.rows.count < nested.rows || inner.columns.count < nested.columns { block = inner }
    }
    let showsCopies = state.showsCopies
    let most = shown.mostCopies
    var grid = Grid(
      rows: 0..<(shown.count > 0 ? nested.rows : 0), columns: 0..<(shown.count > 0 ? nested.columns : 0),
      format: showsCopies ? countFormat(shown) : format(of: shown),
      center: center, rowLabel: { self.label(nested, nested.down, row: $0, column: 0) },
      columnLabel: { self.label(nested, nested.across, row: 0, column: $0) },
      labelWidth: label(nested, nested.down, row: max(nested.rows - 1, 0), column: 0).cellWidth + 1
    ) { [self] row, column in
      guard let offset = nested.offset(row: row, column: column) else { return GridCell(content: .glyph(" ")) }
      var cell = memoryCell(offset, shown, block: [])
      if let block, block.rows.contains(row), block.columns.contains(column) { cell.background = .role(.field) }
      if showsCopies, case .number = cell.content { heat(&cell, shown.copies(of: offset), most: most) }
      if (row, column) == cursor { cell.hasCursor = true }
      return cell
    } pixel: { [self] row, column, _ in
      nested.offset(row: row, column: column).flatMap { memoryColor($0, shown) }
    }
    grid.frame = block
    if shown.count > 0 { grid.written = cursor }
    if let inner = nested.across.last(where: { shown.layout.shape[$0] != 1 }) {
      grid.shortColumnLabel = { String($0 % max(self.shown.layout.shape[inner], 1)) }
    }
    let blockColumns = nested.blockColumns
    if blockColumns > 1, blockColumns < nested.columns {
      grid.breaksBefore = { _, column in column > 0 && column % blockColumns == 0 }
    }
    return grid
  }

  /// The old memory in rows of whole cache lines, with byte addresses; what the view touches beyond it is hatched.
  var bufferGrid: Grid {
    let length = stripLength(shown)
    let touched = shown.layout.touchedOffsets ?? 0...0
    let first = floorDivision(min(touched.lowerBound, 0), length)
    let last = floorDivision(max(touched.upperBound, shown.view.bufferCount - 1, 0), length)
    let end = last * length + length
    let cursor = shown.current?.offset ?? 0
    let center = state.focus == .memory ? litOffset ?? cursor : cursor
    let block = shown.blockOffsets(nested)
    let showsCopies = state.showsCopies
    let most = shown.mostCopies
    let itemSize = shown.itemSize
    let explanation = shown.explanation
    let showsAll = explanation.isInBounds && explanation.touchedBytes == shown.view.bufferCount * itemSize
    var grid = Grid(
      rows: first..<last + 1, columns: 0..<min(length, max(end - first * length, 1)),
      format: stripFormat(shown, values: showsCopies ? countFormat(shown) : format(of: shown)),
      center: (floorDivision(center, length), 0), rowLabel: { String($0 * length * itemSize) },
      columnLabel: { "+\($0 * itemSize)" },
      labelWidth: max(String(first * length * itemSize).count, String(last * length * itemSize).count) + 1
    ) { [self] row, column in
      let offset = row * length + column
      let isTouched = touched.contains(offset)
      guard shown.contains(offset) || isTouched else { return GridCell(content: .glyph(" ")) }
      var cell = memoryCell(offset, shown, block: block)
      // Counting takes a few microseconds a cell, so it is left out where the answer changes nothing.
      let copies = isTouched ? (showsAll && !showsCopies ? 1 : shown.copies(of: offset)) : 0
      if showsCopies, case .number = cell.content { heat(&cell, copies, most: most) }
      // Memory that the view never shows stands back; hatching only where the view would really read.
      if copies == 0 {
        cell.style = Style(.faint)
        if !shown.contains(offset) { cell.content = .glyph(" ") }
      }
      if offset == cursor, shown.count > 0 { cell.hasCursor = true }
      return cell
    } pixel: { [self] row, column, _ in
      memoryColor(row * length + column, shown)
    }
    grid.breaksBefore = shown.lineStarts(rowLength: length)
    if shown.count > 0 {
      grid.written = (floorDivision(cursor, length), cursor - floorDivision(cursor, length) * length)
    }
    return grid
  }

  /// The contiguous copy as far as the walk has filled it.
  var copyGrid: Grid {
    let length = stripLength(shown)
    let reached = shown.step
    let rows = (shown.count + length - 1) / length
    let block = shown.blockSteps(nested)
    let itemSize = shown.itemSize
    var grid = Grid(
      rows: 0..<rows, columns: 0..<length, format: stripFormat(shown, values: format(of: shown)),
      center: (reached / length, 0), rowLabel: { String($0 * length * itemSize) },
      columnLabel: { "+\($0 * itemSize)" }, labelWidth: String(max(rows - 1, 0) * length * itemSize).count + 1
    ) { [self] row, column in
      let t = row * length + column
      guard t < shown.count else { return GridCell(content: .glyph(" ")) }
      guard t <= reached else { return GridCell(content: .glyph(glyphSet.notYet), style: Style(.faint)) }
      var cell = memoryCell(shown.walk.view.offset(at: t), shown, block: [])
      if block.contains(t) { cell.background = .role(.field) }
      if t == reached { cell.mark = .written }
      return cell
    } pixel: { [self] row, column, _ in
      let t = row * length + column
      return t <= reached && t < shown.count ? memoryColor(shown.walk.view.offset(at: t), shown) : nil
    }
    grid.breaksBefore = shown.lineStarts(rowLength: length)
    if shown.count > 0 { grid.written = (reached / length, reached % length) }
    return grid
  }

  /// How many entries show an element, as a number on a warm ground.
  private func heat(_ cell: inout GridCell, _ copies: Int?, most: Int) {
    guard let copies else {
      cell.content = .glyph("?")
      return
    }
    cell.content = .number(Double(copies))
    if cell.background == .terminal {
      let ramp = Ramp.sequential(state.appearance.theme)
      cell.background = ramp.color(Double(copies), from: 0, to: Double(max(most, 1))).ink
    }
  }

  /// Elements in a row of the strips: as many whole lines of the toy cache as there is room for.
  func stripLength(_ shown: ShownView) -> Int {
    // A line that is longer than a row goes on in the next one.
    let line = max(min(shown.cache.line, 16) / shown.itemSize, 1)
    let width = state.view.maximized ? state.size.columns : SceneLayout.stripColumns(state.size)
    let lines: Int
    if case .pixels(let dots) = state.view.zoom {
      lines = max((width - 2) / (line * dots), 1)
    } else {
      let slot = stripFormat(shown, values: format(of: shown)).columns + 2
      let digits = String(shown.view.bufferCount * shown.itemSize).count
      lines = max((width - 4 - digits - 1) / (line * slot), 1)
    }
    // Powers of two, so that addresses at the left are round.
    var most = 1
    while most * 2 <= lines { most *= 2 }
    return most * line
  }

  /// Copies take the columns of the values, so that nothing moves between the two.
  private func countFormat(_ shown: ShownView) -> NumberFormat {
    NumberFormat(columns: max(String(shown.mostCopies).count, format(of: shown).columns, 2))
  }

  /// Wide enough for the labels over the numbers too.
  private func stripFormat(_ shown: ShownView, values: NumberFormat) -> NumberFormat {
    var format = values
    format.columns = max(values.columns, 2)
    return format
  }

  private func label(_ nested: NestedGrid, _ axes: [Int], row: Int, column: Int) -> String {
    guard let index = nested.index(row: row, column: column) else { return "" }
    return axes.filter { nested.layout.shape[$0] != 1 }.map { String(index[$0]) }.joined(separator: ",")
  }

  /// An element as a pixel: grey by its value; what is outside has no colour of its own.
  private func memoryColor(_ offset: Int, _ shown: ShownView) -> RGB? {
    guard let value = shown.value(at: offset) else { return RGB(hex: 0xAF0000) }
    let range = state.summary.input
    if range.lowest < 0 { return Ramp.diverging(state.appearance.theme).color(value, limit: range.magnitude) }
    return Ramp.grey.color(value, from: 0, to: range.highest <= 1 ? 1 : range.highest)
  }
}

/// The quotient rounded down, for negative numbers too.
func floorDivision(_ a: Int, _ b: Int) -> Int { a >= 0 ? a / b : -((b - 1 - a) / b) }

extension ShownView {
  /// Whether a cache line begins at a place of a strip; where each row begins one, that is said within rows only.
  func lineStarts(rowLength: Int) -> (_ row: Int, _ column: Int) -> Bool {
    let (line, rowBytes, itemSize) = (cache.line, rowLength * itemSize, itemSize)
    return { row, column in
      (row * rowBytes + column * itemSize) % line == 0 && (column > 0 || line >= rowBytes)
    }
  }

  /// The element that is lit: the selected cell's, or the walk's own where the buffer is not made from the input.
  func litOffset(_ selected: InputIndex) -> Int? { view.source == .lecture ? current?.offset : offset(of: selected) }

  /// Steps of the innermost block around the cursor, if it is small enough to be shown as one.
  func blockSteps(_ nested: NestedGrid) -> Set<Int> {
    guard let index = current?.index, layout.rank > 1 else { return [] }
    let place = nested.place(of: index)
    let block = nested.block(row: place.row, column: place.column)
    guard block.columns.count <= 256, block.rows.count * block.columns.count <= 256,
      block.rows.count < nested.rows || block.columns.count < nested.columns
    else { return [] }
    var steps: Set<Int> = []
    for row in block.rows {
      for column in block.columns {
        if let index = nested.index(row: row, column: column) { steps.insert(walk.view.step(of: index)) }
      }
    }
    return steps
  }

  /// Elements of that block.
  func blockOffsets(_ nested: NestedGrid) -> Set<Int> { Set(blockSteps(nested).map { walk.view.offset(at: $0) }) }
}
