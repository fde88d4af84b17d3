import Convolution
import Screens
import StridedTensor
import Walkthroughs

/// im2col: every receptive field becomes a row of the patch matrix, then one product.
struct Im2colScene: SceneDefinition {
  let title = "im2col"
  let panes: [Pane] = [.input, .copies, .matrix, .product, .weights, .terms, .geometry, .code, .cell]
  let firstFocus = Pane.matrix
  let leftPane = Pane.copies
  let middlePanes: [Pane] = [.matrix, .terms, .weights, .geometry, .code, .cell]
  let rightPane = Pane.product
  /// At 80×24 the lecture's 16 rows need every line.
  let hasSentenceWhenSmall = false
  let prefersCopies = true

  func stepCount(_ state: State) -> Int { state.patchWalk.count }

  func reached(_ state: State) -> OutputIndex {
    let field = state.patchMatrix.field(row: state.patchStep.row)
    return OutputIndex(n: field.n, y: field.y, x: field.x, o: state.shownOutputChannel)
  }

  /// The row of the output element, in the phase that runs.
  func step(reaching output: OutputIndex, _ state: State) -> Int {
    let row = state.patchMatrix.row(n: output.n, y: output.y, x: output.x)
    return state.patchWalk.step(atRow: row, like: state.view.step)
  }

  func code(_ state: State) -> (lines: [String], running: Int) {
    let product = state.patchWalk.product
    if case .multiply = state.patchStep {
      let isTakenApart = state.view.multiply != nil || state.view.productTile != nil
      if isTakenApart || state.view.product == .perOffset {
        let code = isTakenApart ? product.code : product.perOffsetCode
        return (code.listing.lines, code.line)
      }
    }
    let code = state.patchWalk.code
    return (code.listing.lines, code.line(of: state.patchStep))
  }

  func arrange(_ area: Rect, _ painter: PanePainter) -> [(pane: Pane, rect: Rect)] {
    let (upper, lower) = SceneLayout.split(area, lowerRows: painter.rowsForExplanations(weights: 0))
    let panes = SceneLayout.row([.input, .matrix, .weights, .product], in: upper, painter)
    let left = panes[0].rect
    let half = left.rows / 2
    let input = Rect(column: left.column, row: left.row, columns: left.columns, rows: half)
    let copies = Rect(column: left.column, row: left.row + half, columns: left.columns, rows: left.rows - half)
    return [(.input, input), (.copies, copies)] + panes.dropFirst()
      + SceneLayout.row([.terms, .geometry, .code, .cell], in: lower, painter)
  }
}

extension Im2colScene {
  func sentences(_ state: State) -> [String] {
    if state.view.product == .perOffset {
      let count = state.geometry.kernelHeight * state.geometry.kernelWidth
      return [
        "No patch matrix: for each of the \(Explanation.counted(count, "kernel offset")) the input, moved by that much, "
          + "times one small weight matrix, all added up in the output.",
        "No patch matrix: one product for each kernel offset, all added up in the output.",
      ]
    }
    return [
      "Each receptive field becomes one row of the patch matrix; one matrix product then does the whole convolution."
    ]
  }

  func facts(_ state: State, _ painter: PanePainter) -> [[String]] {
    if case .multiply = state.patchStep {
      let part = partFact(state)
      if state.view.product == .perOffset { return [productFact(state, painter), part, offsetsFact(state)] }
      let reason = part.isEmpty ? reshapeFact(state, painter) : part
      return [copiesFact(state, painter), productFact(state, painter), reason]
    }
    return [
      copiesFact(state, painter), reshapeFact(state, painter), state.view.flipped ? Explanation.flipped : lazyFact,
    ]
  }

  /// `[14]: 9 copies, n goes to the next · input 144 B → matrix 576 B (4.00×)`.
  private func copiesFact(_ state: State, _ painter: PanePainter) -> [String] {
    let cell = state.selected
    let copies = painter.matrix.copies(of: cell)
    let value = painter.inputFormat.bare(painter.values.input(at: cell))
    var count = "[\(value)]: \(copies.count) cop\(copies.count == 1 ? "y" : "ies")"
    var hop = ", n goes to the next"
    if let entry = state.view.entry, let place = copies.firstIndex(of: entry) {
      count = "[\(value)]: copy \(place + 1) of \(copies.count)"
      hop = ", n goes on"
    }
    if copies.isEmpty { (count, hop) = ("[\(value)]: no field reads it, so it has no copy", "") }
    if copies.count == 1 { hop = "" }
    let bytes = bytesFact(state)
    let groups = state.geometry.groups
    guard groups > 1 else { return [count + hop + " · " + bytes, count + " · " + bytes] }
    return [
      count + hop + " · " + bytes + ", for each of \(groups) groups",
      count + " · " + bytes + ", for each of \(groups) groups", count + " · " + bytes + " a group",
    ]
  }

  /// Bytes of the input that one group reads against bytes of its patch matrix.
  private func bytesFact(_ state: State) -> String {
    let g = state.geometry
    let itemSize = state.experiment.elementType.itemSize
    let input = g.batch * g.inputHeight * g.inputWidth * g.groupInputChannels * itemSize
    let matrix = g.patchRows * g.patchColumns * itemSize
    let ratio = NumberFormat(columns: 12, decimals: 2).bare(Double(matrix) / Double(input))
    return "input \(ByteCount.text(input)) → matrix \(ByteCount.text(matrix)) (\(ratio)×)"
  }

  /// Why the reshape of the six-dimensional view to a matrix copies, or need not.
  private func reshapeFact(_ state: State, _ painter: PanePainter) -> [String] {
    guard let view = try? PatchView(matrix: painter.matrix, input: state.experiment.input.layout) else { return [] }
    let itemSize = state.experiment.elementType.itemSize
    let strides = "(" + view.pictureStrides.map { String($0 * itemSize) }.joined(separator: ",") + ")"
    let target = "\(painter.matrix.rows)×\(painter.matrix.columns)"
    let padded = state.geometry.padding.isNone ? "" : " over the padded copy"
    guard let pair = view.pairThatDoesNotMerge else {
      return [
        "every axis merges with the next: the reshape to \(target) is a view too and copies nothing\(padded)",
        "every axis merges with the next: the reshape copies nothing\(padded)",
      ]
    }
    let (outer, inner) = (PatchView.axes[pair.outer], PatchView.axes[pair.inner])
    let reason =
      "\(outer) and \(inner) do not merge, "
      + "\(pair.outerStride * itemSize) ≠ \(pair.innerStride * itemSize)·\(pair.innerLength)"
    return [
      "the view's byte strides \(strides)\(padded) cost nothing; reshape to \(target) copies: \(reason)",
      "strides \(strides) B are free; reshape copies: \(reason)", "reshape copies: \(reason)",
    ]
  }

  private var lazyFact: [String] {
    ["lazily, the same entries are computed by address when the product asks for them, and nothing is stored"]
  }

  /// What the products for each offset save and what they cost.
  private func offsetsFact(_ state: State) -> [String] {
    let g = state.geometry
    let itemSize = state.experiment.elementType.itemSize
    let matrix = g.patchRows * g.patchColumns * itemSize
    let output = g.patchRows * g.groupOutputChannels * itemSize
    let times = g.kernelHeight * g.kernelWidth
    return [
      "saved: the patch matrix of \(ByteCount.text(matrix)); paid: \(times) times the output of "
        + "\(ByteCount.text(output)), and products of depth \(g.groupInputChannels) only",
      "saved: \(ByteCount.text(matrix)) of patch matrix; paid: \(times) × \(ByteCount.text(output)) of output",
    ]
  }
}
