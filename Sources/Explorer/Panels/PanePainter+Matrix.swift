import Screens
import Walkthroughs

extension PanePainter {
  /// The row in the middle of the matrix panels: the cursor's, or the one that the walk has reached.
  var shownMatrixRow: Int { state.view.entry?.row ?? state.patchStep.row }

  /// The patch matrix, a row for each output position; only visible entries are ever computed.
  var patchGrid: Grid {
    let step = state.patchStep
    let cursor = state.entryCursor
    let showsCursor = state.focus == .matrix || state.view.entry != nil
    let running = runningPlace
    let walk = patchWalk
    let multiply = state.view.multiply
    /// Whether an entry is there: copied already or, with a product for each offset, shown by the view of this one.
    func isThere(_ row: Int, _ column: Int) -> Bool {
      switch step {
      case .copyRow(let now): return row < now || row == now && column <= multiply ?? column
      case .multiply(let part): return walk.form == .patchMatrix || part.terms.contains(column)
      }
    }
    /// Whether the step reads or writes it.
    func isUsed(_ row: Int, _ column: Int) -> Bool {
      switch step {
      case .copyRow(let now): row == now
      case .multiply(let part): part.rows.contains(row) && part.terms.contains(column)
      }
    }
    /// The one entry that is copied or multiplied.
    func isRunning(_ row: Int, _ column: Int) -> Bool {
      guard let multiply, row == step.row else { return false }
      if case .copyRow = step { return column == multiply }
      return column == running.term
    }
    let centre = running.term ?? (walk.form == .perOffset ? firstTerm(of: step) : cursor.column)
    return Grid(
      rows: 0..<matrix.rows, columns: 0..<matrix.columns, format: inputFormat,
      center: (shownMatrixRow, state.view.entry?.column ?? centre),
      rowLabel: rowLabel, columnLabel: matrixColumnLabel, labelWidth: rowLabel(matrix.rows - 1).count + 1
    ) { [self] row, column in
      let entry = PatchEntry(row: row, column: column)
      let index = matrix.inputIndex(entry)
      let kernel = matrix.kernelIndex(column: column)
      let isSelected = values.addressing.address(of: index) == selectedAddress
      // Where the selected memory will be copied to is known before it is.
      let isLit = isSelected && (walk.form == .patchMatrix || isThere(row, column))
      var cell: GridCell
      if !isThere(row, column), !isLit {
        cell = GridCell(content: .glyph(glyphSet.notYet), style: Style(.faint))
      } else if values.addressing.contains(index) {
        cell = GridCell(content: .number(values.input(at: index)))
      } else {
        cell = GridCell(content: .glyph(glyphSet.padding), style: Style(.padding))
      }
      if isUsed(row, column) {
        cell.background = kernelColors(i: kernel.i, j: kernel.j).background.ink
        cell.beginsRun = column == 0 || !isUsed(row, column - 1)
        cell.endsRun = column == matrix.columns - 1 || !isUsed(row, column + 1)
        if case .copyRow = step, multiply == nil { cell.isWrittenWithOthers = true }
      }
      if isLit { cell.mark = .selected }
      if isRunning(row, column) { cell.mark = .written }
      if showsCursor, entry == cursor, walk.form == .patchMatrix || isThere(row, column) { cell.hasCursor = true }
      return cell
    } pixel: { _, _, _ in
      nil
    }
  }

  /// `y,x`, with the picture's number in front where there are several.
  private func rowLabel(_ row: Int) -> String {
    let field = matrix.field(row: row)
    return (geometry.batch > 1 ? "\(field.n)," : "") + "\(field.y),\(field.x)"
  }

  private func firstTerm(of step: PatchMatrixStep) -> Int {
    if case .multiply(let part) = step { return part.terms.lowerBound }
    return 0
  }

  /// `ij`, `ijc` with several channels; with commas where a digit does not do.
  func matrixColumnLabel(_ column: Int) -> String {
    let kernel = matrix.kernelIndex(column: column)
    var parts = [kernel.i, kernel.j]
    if geometry.groupInputChannels > 1 { parts.append(kernel.c) }
    let isShort = max(geometry.kernelHeight, geometry.kernelWidth, geometry.groupInputChannels) <= 10
    return parts.map { String($0) }.joined(separator: isShort ? "" : ",")
  }

  /// The weight as the product reads it: a row for each kernel element, a column for each output channel.
  var weightMatrixGrid: Grid {
    let first = matrix.group * geometry.groupOutputChannels
    let running = runningPlace
    var part: ProductPart?
    if case .multiply(let now) = state.patchStep { part = now }
    /// Whether the step multiplies by a weight: all of them before the product begins.
    func isUsed(_ row: Int, _ column: Int) -> Bool {
      guard let part else { return true }
      return part.terms.contains(row)
        && (running.term == nil ? part.columns.contains(column) : column == running.column)
    }
    return Grid(
      rows: 0..<matrix.columns, columns: first..<first + geometry.groupOutputChannels, format: weightFormat,
      center: (running.term ?? state.entryCursor.column, first + running.column), rowLabel: matrixColumnLabel,
      labelWidth: matrixColumnLabel(matrix.columns - 1).count + 1
    ) { [self] row, o in
      let kernel = matrix.kernelIndex(column: row)
      var cell = GridCell(content: .number(values.weight(at: kernel, o: o)))
      guard isUsed(row, o - first) else {
        cell.style = Style(.faint)
        return cell
      }
      cell.background = kernelColors(i: kernel.i, j: kernel.j).background.ink
      if part != nil {
        cell.beginsRun = !isUsed(row, o - first - 1) || o == first
        cell.endsRun = !isUsed(row, o - first + 1) || o == first + geometry.groupOutputChannels - 1
      }
      if row == running.term { cell.mark = .written }
      return cell
    } pixel: { _, _, _ in
      nil
    }
  }

  /// One channel of the kernel, in its colours.
  var kernelGrid: Grid {
    let channel = shownChannel % geometry.groupInputChannels
    let o = state.shownOutputChannel
    let running = state.view.multiply.map { state.slidingStep.kernelIndex(ofMultiply: $0) }
    return Grid(
      rows: 0..<geometry.kernelHeight, columns: 0..<geometry.kernelWidth, format: weightFormat,
      center: (geometry.kernelHeight / 2, geometry.kernelWidth / 2), labelWidth: 2
    ) { [self] i, j in
      let kernel = KernelIndex(i: i, j: j, c: channel)
      var cell = GridCell(
        content: .number(values.weight(at: kernel, o: o)), background: kernelColors(i: i, j: j).background.ink)
      if let running, running.i == i, running.j == j { cell.mark = .written }
      return cell
    } pixel: { _, _, _ in
      nil
    }
  }
}
