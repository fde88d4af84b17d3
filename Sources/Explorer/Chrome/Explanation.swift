import Convolution
import Screens
import StridedTensor
import Walkthroughs

/// The sentences: what the screen shows, and why.
enum Explanation {
  static func drawSentence(_ state: State, on canvas: Canvas) {
    let sentence = fitting(sentences(state), columns: canvas.columns - 1, state.appearance)
    canvas.put(sentence, column: 0, row: 0, Style(.explanation, [.bold]))
  }

  /// The first wording that has room, the shortest one cut if none has.
  static func fitting(_ wordings: [String], columns: Int, _ appearance: Appearance) -> String {
    let plain = wordings.map(appearance.plainGlyphs)
    return plain.first { $0.cellWidth <= columns }
      ?? truncated(plain.last ?? "", columns, ellipsis: appearance.glyphs.ellipsis)
  }

  /// What is seen, in one sentence; longer wordings first.
  static func sentences(_ state: State) -> [String] {
    let g = state.geometry
    let kernel = "\(g.kernelHeight)×\(g.kernelWidth)"
    switch state.view.scene {
    case .slide:
      let terms = state.slidingWalk.multipliesPerStep
      if state.view.multiply != nil {
        return [
          "One multiplication a step: pixel × weight, added to the sum; after \(terms) of them one output is done.",
          "One multiplication a step; after \(terms) of them one output is done.",
        ]
      }
      if state.view.order == .lecture, g.groupInputChannels > 1 {
        return [
          "The lecture's loops: a \(kernel) kernel sweeps one channel at a time, adding \(terms) products to each output.",
          "The lecture's loops: one channel at a time, \(terms) products added to each output.",
        ]
      }
      let things = g.inputChannels == 1 ? "pixels" : "values"
      return [
        "A \(kernel) kernel slides over the picture. Each stop: \(terms) \(things) × \(terms) weights, summed = 1 output.",
        "A \(kernel) kernel slides: \(terms) \(things) × \(terms) weights, summed = 1 output.",
      ]
    case .im2col:
      return [
        "Each receptive field becomes one row of the patch matrix; one matrix product then does the whole convolution."
      ]
    }
  }

  static func drawFacts(_ state: State, on canvas: Canvas) {
    if case .editing(let editing) = state.mode {
      switch editing.field.target {
      case .option: break
      case .input, .weight:
        PanePainter(state: state).drawEditedCells(editing, on: canvas)
        return
      }
    }
    for (row, wordings) in facts(state).prefix(canvas.rows).enumerated() {
      let text = fitting(wordings, columns: canvas.columns - 2, state.appearance)
      canvas.put(text, column: 1, row: row, row == 0 ? .plain : Style(.explanation))
    }
  }

  /// The selected cell first, then the reasons; of each, longer wordings first.
  static func facts(_ state: State) -> [[String]] {
    switch state.view.scene {
    case .slide:
      let (flip, size) = (flipFact(state), sizeFact(state))
      // On a small screen the unusual comes first.
      return [cellFact(state)] + (state.view.flipped ? [flip, size] : [size, flip])
    case .im2col:
      if case .multiplyRow = state.patchStep { return [copiesFact(state), productFact(state), reshapeFact(state)] }
      return [copiesFact(state), reshapeFact(state), lazyFact]
    }
  }

  /// `[14] at (2,2) is read by 9 fields; this is its 5th, as Z·W[1,1]`.
  private static func cellFact(_ state: State) -> [String] {
    let painter = PanePainter(state: state)
    let cell = state.selected
    let copies = painter.coverage.copies(y: cell.y, x: cell.x)
    let value = painter.inputFormat.bare(painter.values.input(at: cell))
    let pinned = state.view.selection != nil
    var text =
      (pinned ? "pinned " : "")
      + "[\(value)] at (\(cell.y),\(cell.x)) is read by \(copies) field\(copies == 1 ? "" : "s")"
    if copies == 0 { return [text + ": no output depends on it"] }
    let group = PatchMatrix(geometry: state.geometry, group: cell.c / state.geometry.groupInputChannels)
    let row = group.row(n: painter.field.n, y: painter.field.y, x: painter.field.x)
    if let place = group.copies(of: cell).firstIndex(where: { $0.row == row }),
      let (i, j) = painter.field.kernelElement(y: cell.y, x: cell.x)
    {
      text += "; this is its \(ordinal(place + 1)), as Z·W[\(i),\(j)]"
    }
    return pinned
      ? [text + " · 2 shows the copies · Esc unpins", text + " · Esc unpins", text]
      : [text + " · arrows point at a pixel · 2 shows its copies", text + " · arrows pin", text]
  }

  private static func ordinal(_ number: Int) -> String {
    let suffix: String
    switch (number % 10, number % 100) {
    case (_, 11...13): suffix = "th"
    case (1, _): suffix = "st"
    case (2, _): suffix = "nd"
    case (3, _): suffix = "rd"
    default: suffix = "th"
    }
    return "\(number)\(suffix)"
  }

  private static func sizeFact(_ state: State) -> [String] {
    let g = state.geometry
    let ends = FieldCoverage(geometry: g).unreachedEnds(geometry: g)
    var text = "output rows \(g.heightFormula)"
    if g.widthFormula != g.heightFormula { text += " · columns \(g.widthFormula)" }
    if ends.rows > 0 || ends.columns > 0 {
      let rows = ends.rows > 0 ? "the last \(counted(ends.rows, "row"))" : ""
      let columns = ends.columns > 0 ? "the last \(counted(ends.columns, "column"))" : ""
      text += " · no field reaches " + [rows, columns].filter { !$0.isEmpty }.joined(separator: " and ")
    }
    return [text]
  }

  private static func counted(_ count: Int, _ thing: String) -> String { count == 1 ? thing : "\(count) \(thing)s" }

  private static func flipFact(_ state: State) -> [String] {
    state.view.flipped
      ? ["convolution: the kernel is turned by 180° (f turns it back)"]
      : [
        "cross-correlation: the kernel is not flipped, as in every deep-learning library (f flips it)",
        "cross-correlation: the kernel is not flipped (f flips it)",
      ]
  }

  /// `[14]: 9 copies, n goes to the next · input 144 B → matrix 576 B (4.00×)`.
  private static func copiesFact(_ state: State) -> [String] {
    let painter = PanePainter(state: state)
    let cell = state.selected
    let copies = painter.matrix.copies(of: cell)
    let value = painter.inputFormat.bare(painter.values.input(at: cell))
    let count = "[\(value)]: \(copies.count) cop\(copies.count == 1 ? "y" : "ies")"
    var hop = ", n goes to the next"
    if let entry = state.view.entry, let place = copies.firstIndex(of: entry) {
      hop = ", this is the \(ordinal(place + 1)); n goes on"
    }
    return [count + hop + " · " + bytesFact(state), count + " · " + bytesFact(state)]
  }

  /// Bytes of the input that one group reads against bytes of its patch matrix.
  private static func bytesFact(_ state: State) -> String {
    let g = state.geometry
    let itemSize = state.experiment.elementType.itemSize
    let input = g.batch * g.inputHeight * g.inputWidth * g.groupInputChannels * itemSize
    let matrix = g.patchRows * g.patchColumns * itemSize
    let ratio = NumberFormat(columns: 12, decimals: 2).bare(Double(matrix) / Double(input))
    return "input \(bytes(input)) → matrix \(bytes(matrix)) (\(ratio)×)"
  }

  static func bytes(_ count: Int) -> String {
    guard count >= 10_000 else { return "\(count) B" }
    var value = Double(count)
    var unit = "B"
    for next in ["kB", "MB", "GB", "TB"] where value >= 1000 {
      value /= 1000
      unit = next
    }
    return "\(NumberFormat(columns: 8, decimals: 1).bare(value)) \(unit)"
  }

  /// Why the reshape of the six-dimensional view to a matrix copies, or need not.
  private static func reshapeFact(_ state: State) -> [String] {
    let painter = PanePainter(state: state)
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

  private static let lazyFact = [
    "lazily, the same entries are computed by address when the product asks for them, and nothing is stored"
  ]

  /// One row of the product with its numbers: as many terms as there is room for.
  private static func productFact(_ state: State) -> [String] {
    let painter = PanePainter(state: state)
    let row = state.patchStep.row
    let o = state.shownOutputChannel
    let all = painter.matrix.columns
    let field = painter.matrix.field(row: row)
    let value = painter.outputValue(OutputIndex(n: field.n, y: field.y, x: field.x, o: o)) ?? 0
    return [16, 9, 6, 4, 3, 2].filter { $0 <= all || $0 == 2 }.map { terms in
      let sum = (0..<min(terms, all)).map { column in
        let kernel = painter.matrix.kernelIndex(column: column)
        let z = painter.values.input(at: painter.matrix.inputIndex(PatchEntry(row: row, column: column)))
        return "\(painter.inputFormat.bare(z))·\(painter.weightFormat.bare(painter.values.weight(at: kernel, o: o)))"
      }.joined(separator: " + ")
      return "row \(row) × column \(o) = \(sum)\(terms < all ? " + …" : "") = \(painter.outputFormat.bare(value))"
    }
  }
}
