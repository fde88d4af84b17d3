import Screens
import StridedTensor
import Walkthroughs

extension PanePainter {
  /// What an output element holds now; nil where it is not yet computed.
  func outputValue(_ output: OutputIndex) -> Double? {
    switch state.view.scene {
    case .slide:
      let step = state.view.step
      if let multiply = state.view.multiply, output == state.slidingStep.output {
        return partialSum(multiplies: multiply + 1)
      }
      if walk.order == .pixel {
        return walk.stepIndex(of: output) <= step ? finalValue(output) : nil
      }
      return values.output(output, after: step, of: walk)
    case .im2col:
      let column = output.o - matrix.group * geometry.groupOutputChannels
      return runningSums(row: matrix.row(n: output.n, y: output.y, x: output.x), columns: column..<column + 1)[0]
    case .memory: return nil
    case .orders: return nil
    case .tiles: return nil
    case .timing: return nil
    }
  }

  /// Whether Slide has reached an output element.
  private func isStarted(_ output: OutputIndex) -> Bool {
    walk.channelsSummed(of: output, after: state.view.step) > 0
  }

  /// The sum as far as single multiplications have come.
  func partialSum(multiplies: Int) -> Double {
    let step = state.slidingStep
    let before =
      step.channels.lowerBound > 0
      ? values.output(step.output, channels: step.channels.lowerBound) : 0
    return values.partialSum(of: step, multiplies: multiplies, from: before)
  }

  /// A finished output: looked up where all have been computed, else summed here.
  private func finalValue(_ output: OutputIndex) -> Double {
    if let outputs = state.summary.outputs {
      let strides = outputs.layout.strides
      let offset = output.n * strides[0] + output.y * strides[1] + output.x * strides[2] + output.o * strides[3]
      if let value = outputs.value(atOffset: outputs.layout.offset + offset) { return value }
    }
    return values.output(output)
  }

  /// One channel of the output as a picture that fills.
  var outputPictureGrid: Grid {
    let g = geometry
    let (n, o) = (field.n, state.shownOutputChannel)
    let isLive = reached.o == o
    var grid = Grid(
      rows: 0..<g.outputHeight, columns: 0..<g.outputWidth, format: outputFormat, center: (reached.y, reached.x),
      labelWidth: String(g.outputHeight - 1).count + 1
    ) { [self] row, column in
      let output = OutputIndex(n: n, y: row, x: column, o: o)
      guard let value = outputValue(output) else {
        return GridCell(content: .glyph(state.appearance.glyphs.notYet), style: Style(.faint))
      }
      var cell = GridCell(content: .number(value))
      if isLive, row == reached.y, column == reached.x { cell.mark = .written }
      return cell
    } pixel: { [self] row, column, span in
      let output = OutputIndex(n: n, y: row, x: column, o: o)
      if let mean = state.summary.outputPyramid?.value(n: n, y: row, x: column, c: o, span: span) {
        return isStarted(output) ? outputColor(mean) : nil
      }
      return outputValue(output).map(outputColor)
    }
    if let pyramid = state.summary.outputPyramid, let first = pyramid.levels.first {
      grid.averages = { $0 >= Double(first.factor) }
    }
    grid.isReadInPart = true
    if isLive { grid.written = (reached.y, reached.x) }
    if state.focus == .output, !isLive { grid.selected = nil }
    return grid
  }

  /// Signed values on the diverging scale, others in grey.
  func outputColor(_ value: Double) -> RGB {
    let range = state.summary.output
    if range.lowest < 0 {
      return Ramp.diverging(state.appearance.theme).color(value, limit: range.magnitude)
    }
    return Ramp.grey.color(value, from: 0, to: range.highest)
  }

  /// The output as the product gives it: a row for each patch, a column for each output channel of the group.
  var productGrid: Grid {
    let g = geometry
    let first = matrix.group * g.groupOutputChannels
    let running = runningPlace
    var part: ProductPart?
    if case .multiply(let now) = state.patchStep { part = now }
    let sums = RowMemory { [self] row in runningSums(row: row, columns: 0..<g.groupOutputChannels) }
    return Grid(
      rows: 0..<matrix.rows, columns: first..<first + g.groupOutputChannels, format: outputFormat,
      center: (shownMatrixRow, state.shownOutputChannel), labelWidth: 0
    ) { [self] row, o in
      guard let value = sums[row][o - first] else {
        return GridCell(content: .glyph(state.appearance.glyphs.notYet), style: Style(.faint))
      }
      var cell = GridCell(content: .number(value))
      guard let part else { return cell }
      let isWritten =
        running.term == nil
        ? part.rows.contains(row) && part.columns.contains(o - first)
        : row == running.row && o - first == running.column
      if isWritten { cell.mark = .written }
      return cell
    } pixel: { _, _, _ in
      nil
    }
  }
}

/// Rows that are computed when they are first asked for, while one frame is drawn.
private final class RowMemory {
  private var rows: [Int: [Double?]] = [:]
  private let row: (Int) -> [Double?]

  init(_ row: @escaping (Int) -> [Double?]) { self.row = row }

  subscript(_ number: Int) -> [Double?] {
    if let known = rows[number] { return known }
    let found = row(number)
    rows[number] = found
    return found
  }
}
