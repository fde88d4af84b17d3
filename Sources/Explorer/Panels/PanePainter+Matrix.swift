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
    let built: Int
    switch step {
    case .copyRow(let row): built = row
    case .multiplyRow: built = matrix.rows - 1
    }
    let isFocusRow = step.row
    return Grid(
      rows: 0..<matrix.rows, columns: 0..<matrix.columns, format: inputFormat, center: (shownMatrixRow, cursor.column),
      rowLabel: rowLabel, columnLabel: columnLabel, labelWidth: rowLabel(matrix.rows - 1).count + 1
    ) { [self] row, column in
      let entry = PatchEntry(row: row, column: column)
      let index = matrix.inputIndex(entry)
      let kernel = matrix.kernelIndex(column: column)
      var cell: GridCell
      if row > built {
        cell = GridCell(content: .glyph(state.appearance.glyphs.notYet), style: Style(.faint))
      } else if values.addressing.contains(index) {
        cell = GridCell(content: .number(values.input(at: index)))
      } else {
        cell = GridCell(content: .glyph(state.appearance.glyphs.padding), style: Style(.padding))
      }
      if row == isFocusRow { cell.background = kernelColors(i: kernel.i, j: kernel.j).background.ink }
      if values.addressing.address(of: index) == selectedAddress { cell.mark = .selected }
      if showsCursor, entry == cursor { cell.hasCursor = true }
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

  /// `ij`, `ijc` with several channels; with commas where a digit does not do.
  private func columnLabel(_ column: Int) -> String {
    let kernel = matrix.kernelIndex(column: column)
    var parts = [kernel.i, kernel.j]
    if geometry.groupInputChannels > 1 { parts.append(kernel.c) }
    let isShort = max(geometry.kernelHeight, geometry.kernelWidth, geometry.groupInputChannels) <= 10
    return parts.map { String($0) }.joined(separator: isShort ? "" : ",")
  }

  /// The weight as the product reads it: a row for each kernel element, a column for each output channel.
  var weightMatrixGrid: Grid {
    let first = matrix.group * geometry.groupOutputChannels
    return Grid(
      rows: 0..<matrix.columns, columns: first..<first + geometry.groupOutputChannels, format: weightFormat,
      center: (state.entryCursor.column, state.shownOutputChannel), rowLabel: columnLabel,
      labelWidth: columnLabel(matrix.columns - 1).count + 1
    ) { [self] row, o in
      let kernel = matrix.kernelIndex(column: row)
      return GridCell(
        content: .number(values.weight(at: kernel, o: o)),
        background: kernelColors(i: kernel.i, j: kernel.j).background.ink)
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
