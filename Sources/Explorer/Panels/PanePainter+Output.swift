import Screens
import StridedTensor
import Walkthroughs

extension PanePainter {
  /// What an output element holds now; nil where it is not yet computed.
  func outputValue(_ output: OutputIndex) -> Double? { outputLookup(output) }

  /// The same for many elements, with all that does not depend on the element looked up before.
  private var outputLookup: (OutputIndex) -> Double? {
    switch state.view.scene {
    case .slide:
      let (walk, step, all) = (walk, state.view.step, geometry.groupInputChannels)
      let (values, final) = (values, finalLookup)
      let running = state.view.multiply.map { (output: state.slidingStep.output, sum: partialSum(multiplies: $0 + 1)) }
      return { output in
        if let running, running.output == output { return running.sum }
        let channels = walk.channelsSummed(of: output, after: step)
        if channels == 0 { return nil }
        return channels == all ? final(output) : values.output(output, channels: channels)
      }
    case .im2col:
      let first = matrix.group * geometry.groupOutputChannels
      return { [self] output in
        let column = output.o - first
        return runningSums(row: matrix.row(n: output.n, y: output.y, x: output.x), columns: column..<column + 1)[0]
      }
    case .memory, .orders, .tiles, .timing: return { _ in nil }
    }
  }

  /// The sum as far as single multiplications have come.
  func partialSum(multiplies: Int) -> Double {
    let step = state.slidingStep
    let before =
      step.channels.lowerBound > 0
      ? values.output(step.output, channels: step.channels.lowerBound) : 0
    return values.partialSum(of: step, multiplies: multiplies, from: before)
  }

  /// Finished outputs: looked up where all have been computed so, else summed here.
  private var finalLookup: (OutputIndex) -> Double {
    let values = values
    guard let known = state.summary.outputs, known.areNaive else { return { values.output($0) } }
    let outputs = known.tensor
    let (strides, start) = (outputs.layout.strides, outputs.layout.offset)
    return { output in
      let offset = output.n * strides[0] + output.y * strides[1] + output.x * strides[2] + output.o * strides[3]
      return outputs.value(atOffset: start + offset) ?? values.output(output)
    }
  }

  /// One channel of the output as a picture that fills.
  var outputPictureGrid: Grid {
    let g = geometry
    let (n, o) = (field.n, state.shownOutputChannel)
    let isLive = reached.o == o
    let value = outputLookup
    var grid = Grid(
      rows: 0..<g.outputHeight, columns: 0..<g.outputWidth, format: outputFormat, center: (reached.y, reached.x),
      labelWidth: String(g.outputHeight - 1).count + 1
    ) { [self] row, column in
      let output = OutputIndex(n: n, y: row, x: column, o: o)
      guard let value = value(output) else {
        return GridCell(content: .glyph(glyphSet.notYet), style: Style(.faint))
      }
      var cell = GridCell(content: .number(value))
      if isLive, row == reached.y, column == reached.x { cell.mark = .written }
      return cell
    } pixel: { _, _, _ in
      nil
    }
    grid.emptyGlyph = glyphSet.notYet
    let color = outputColor
    let isRemembered = finishedSteps(n: n, o: o) != nil
    grid.sampler = { [self] span in
      let value = outputValues(n: n, o: o, span: span, areFinished: isRemembered)
      return { value($0, $1).map(color) }
    }
    if state.summary.output.lowest < 0 {
      grid.poolingSampler = { [self] span in
        let value = outputValues(n: n, o: o, span: span, areFinished: isRemembered)
        let block = state.summary.outputPyramid?.level(span: span)?.factor ?? 1
        // What is drawn anew for each frame is looked at here and there.
        let most = isRemembered ? Int.max : 2
        return { rows, columns in strongest(rows, columns, of: block, most: most, value).map(color) }
      }
    }
    if grid.poolingSampler == nil, let first = state.summary.outputPyramid?.levels.first {
      grid.averages = { $0 >= Double(first.factor) }
    }
    if let steps = finishedSteps(n: n, o: o) {
      grid.remembered = (
        state.rasters,
        RasterMemory.Picture(
          experiment: state.summary.identity, content: .output(n: n, channel: o, isFlipped: state.view.flipped),
          appearance: state.appearance)
      )
      grid.arrival = Arrival(now: state.view.step, step: steps) { _ in nil }
    }
    grid.isReadInPart = true
    if isLive { grid.written = (reached.y, reached.x) }
    if state.focus == .output, !isLive { grid.selected = nil }
    return grid
  }

  /// The steps at which the outputs of a channel are written, each whole at once, where all of them are known.
  private func finishedSteps(n: Int, o: Int) -> ((_ y: Int, _ x: Int) -> Int)? {
    guard state.view.scene == .slide, state.view.multiply == nil, state.summary.outputs != nil,
      walk.order == .pixel || geometry.groupInputChannels == 1
    else { return nil }
    return { [walk] y, x in walk.stepIndex(of: OutputIndex(n: n, y: y, x: x, o: o)) }
  }

  /// One channel, or as much of it as is computed; where a pyramid has it, what stands for the `span` pixels around each.
  private func outputValues(
    n: Int, o: Int, span: Double, areFinished: Bool
  ) -> (_ y: Int, _ x: Int) -> Double? {
    if areFinished, let outputs = state.summary.outputs {
      if let level = state.summary.outputPyramid?.level(span: span) {
        return { level.value(n: n, y: $0, x: $1, c: o) }
      }
      return { outputs.value(OutputIndex(n: n, y: $0, x: $1, o: o)) }
    }
    guard let level = state.summary.outputPyramid?.level(span: span) else {
      if state.summary.outputs?.areNaive == true {
        let value = outputLookup
        return { y, x in value(OutputIndex(n: n, y: y, x: x, o: o)) }
      }
      let samples = OutputSamples(self)
      return { y, x in samples.value(OutputIndex(n: n, y: y, x: x, o: o), span: span) }
    }
    let (walk, step) = (walk, state.view.step)
    return { y, x in
      let isStarted = walk.channelsSummed(of: OutputIndex(n: n, y: y, x: x, o: o), after: step) > 0
      return isStarted ? level.value(n: n, y: y, x: x, c: o) : nil
    }
  }

  /// Signed values on the diverging scale, others in grey.
  var outputColor: (Double) -> RGB {
    let range = state.summary.output
    if range.lowest < 0 {
      let ramp = Ramp.diverging(state.appearance.theme)
      return { ramp.color($0, limit: range.magnitude) }
    }
    return { Ramp.grey.color($0, from: 0, to: range.highest) }
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
        return GridCell(content: .glyph(glyphSet.notYet), style: Style(.faint))
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

/// The value farthest from zero of a rectangle that is made of blocks with one value each, or of some of them.
///
/// - Parameter most: blocks that are looked at on each axis.
private func strongest(
  _ rows: Range<Int>, _ columns: Range<Int>, of block: Int, most: Int, _ value: (Int, Int) -> Double?
) -> Double? {
  func places(_ range: Range<Int>) -> StrideTo<Int> {
    let start = range.lowerBound / block * block
    let count = (range.upperBound - start + block - 1) / block
    return stride(from: start, to: range.upperBound, by: (count > most ? (count + most - 1) / most : 1) * block)
  }
  var found: Double?
  for row in places(rows) {
    for column in places(columns) {
      guard let next = value(row, column) else { continue }
      if found.map({ next.isStronger(than: $0) }) ?? true { found = next }
    }
  }
  return found
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
