import Screens
import Walkthroughs

/// The product as far as it has come: running sums, and the terms of one of them.
extension PanePainter {
  var patchWalk: PatchMatrixWalkthrough { state.patchWalk }

  /// The output element whose sum is taken apart (its column within the group), and how many terms it holds.
  var sumPlace: (row: Int, column: Int, done: Int) {
    let place = runningPlace
    return (place.row, place.column, termsDone(row: place.row, column: place.column))
  }

  /// Where the walk is in the product: the row, the column and, of a single multiplication, the term.
  var runningPlace: (row: Int, column: Int, term: Int?) {
    let step = state.patchStep
    if let multiply = state.view.multiply, let place = patchWalk.place(ofMultiply: multiply, in: state.view.step) {
      return (place.row, place.column, place.term)
    }
    let column = max(state.shownOutputChannel - matrix.group * geometry.groupOutputChannels, 0)
    if case .multiply(let part) = step, !part.columns.contains(column) {
      return (step.row, part.columns.lowerBound, nil)
    }
    return (step.row, column, nil)
  }

  /// How many terms of its sum an output element holds now.
  func termsDone(row: Int, column: Int) -> Int {
    patchWalk.termsSummed(row: row, column: column, after: state.view.step, multiply: state.view.multiply)
  }

  /// A whole sum with its bias.
  func finished(_ sum: Double, o: Int) -> Double {
    state.experiment.bias == nil ? sum : values.rounded(sum + values.bias(o: o))
  }

  /// The running sums of a row of the product, nil where nothing has been added yet.
  ///
  /// Neighbours that have come equally far are summed together.
  func runningSums(row: Int, columns: Range<Int>) -> [Double?] {
    var sums: [Double?] = []
    var start = columns.lowerBound
    while start < columns.upperBound {
      let done = termsDone(row: row, column: start)
      let end = (start..<columns.upperBound).first { termsDone(row: row, column: $0) != done } ?? columns.upperBound
      if done == 0 {
        sums += [Double?](repeating: nil, count: end - start)
      } else {
        let found = values.productSums(row: row, columns: start..<end, terms: done, of: matrix)
        let first = matrix.group * geometry.groupOutputChannels + start
        sums += found.enumerated().map { done == matrix.columns ? finished($1, o: first + $0) : $1 }
      }
      start = end
    }
    return sums
  }

  /// Term by term: the patch entry, the weight, their product and the sum so far.
  func drawTerms(on canvas: Canvas) {
    let (row, column, done) = sumPlace
    let running = runningPlace.term
    let o = matrix.group * geometry.groupOutputChannels + column
    let first = GridView.window(
      of: 0..<matrix.columns, showing: max(canvas.rows - 1, 1), around: running ?? max(done - 1, 0))
    let label = matrixColumnLabel(matrix.columns - 1).count
    let (a, w, p, s) = (inputFormat, weightFormat, productFormat, outputFormat)
    let factors = label + a.columns + w.columns + 4
    let showsProducts = factors + p.columns + s.columns + 6 <= canvas.columns
    let sumColumn = factors + (showsProducts ? p.columns + 3 : 0) + 2
    let sumEnd = sumColumn + s.columns
    canvas.put("sum", column: sumEnd - 3, row: 0, Style(.faint))
    canvas.put(glyphs("A · W"), column: label + 2, row: 0, Style(.faint))
    // More terms above or below.
    let edge = canvas.columns - 1
    if first.lowerBound > 0 { canvas.put(Cell(glyphSet.upArrow, Style(.title)), column: edge, row: 1) }
    if first.upperBound < matrix.columns {
      canvas.put(Cell(glyphSet.downArrow, Style(.title)), column: edge, row: canvas.rows - 1)
    }
    var sum = values.productSum(row: row, column: column, terms: first.lowerBound, of: matrix)
    for (line, term) in first.enumerated() {
      let kernel = matrix.kernelIndex(column: term)
      let index = matrix.inputIndex(PatchEntry(row: row, column: term))
      let (z, weight) = (values.input(at: index), values.weight(at: kernel, o: o))
      let product = values.rounded(z * weight)
      sum = values.rounded(sum + product)
      let isDone = term < done
      let colors = kernelColors(i: kernel.i, j: kernel.j)
      var style = isDone ? Style(colors.text.ink, on: colors.background.ink) : Style(.faint)
      if term == running { style = Style(.role(.written), on: colors.background.ink, [.bold]) }
      canvas.put(matrixColumnLabel(term), column: 0, row: line + 1, Style(.faint))
      let marks = term == running ? glyphSet.written : (left: " ", right: " ")
      let isSelected = values.addressing.address(of: index) == selectedAddress
      let brackets = isSelected && term != running ? glyphSet.selected : marks
      var text =
        String(brackets.left) + a.text(z) + String(glyphSet.dot) + w.text(weight)
        + String(brackets.right)
      if showsProducts { text += "= " + p.text(product) + " " }
      canvas.put(text, column: label + 1, row: line + 1, style)
      if isDone {
        let text = s.text(sum)
        canvas.put(text, column: sumEnd - s.columns, row: line + 1, term == done - 1 ? .plain.adding(.bold) : .plain)
      }
    }
  }

  var termsTitles: [String] {
    let (row, column, _) = sumPlace
    let o = matrix.group * geometry.groupOutputChannels + column
    return ["row \(row) × column \(o), term by term", "row \(row) × column \(o)"]
  }

  var termsCaption: String {
    let (row, column, done) = sumPlace
    let sum = values.productSum(row: row, column: column, terms: done, of: matrix)
    let all = matrix.columns
    if done == all, state.experiment.bias != nil {
      let o = matrix.group * geometry.groupOutputChannels + column
      return "with bias \(outputFormat.bare(finished(sum, o: o)))"
    }
    return done == all ? "sum = \(outputFormat.bare(sum))" : "\(done) of \(all) added"
  }
}
