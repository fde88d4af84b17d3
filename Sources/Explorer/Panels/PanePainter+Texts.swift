import Convolution
import Experiments
import Screens
import Walkthroughs

extension PanePainter {
  func drawCode(on canvas: Canvas) {
    let (lines, running) = code
    var shown: [(text: String, isRunning: Bool)] = []
    for (row, line) in lines.enumerated() {
      let mark = row == running ? "\(glyphSet.play) " : "  "
      for (part, text) in Self.broken(glyphs(line), columns: canvas.columns - 2).enumerated() {
        shown.append(((part == 0 ? mark : "  ") + text, row == running))
      }
    }
    // A listing longer than the panel shows the part around the running line.
    let last = shown.lastIndex { $0.isRunning } ?? 0
    let first = max(0, min(last - canvas.rows + 2, shown.count - canvas.rows))
    for (row, line) in shown.dropFirst(first).prefix(canvas.rows).enumerated() {
      let style = line.isRunning ? Style(on: .role(.runningLine), [.bold]) : .plain
      if line.isRunning {
        canvas.fill(Rect(column: 0, row: row, columns: canvas.columns, rows: 1), Cell(" ", style))
      }
      canvas.put(line.text, column: 0, row: row, style)
    }
  }

  /// A line of code in pieces that fit, broken at blanks, each further piece indented more.
  private static func broken(_ line: String, columns: Int) -> [String] {
    let indent = line.prefix { $0 == " " }.count
    guard line.cellWidth > columns, columns > indent + 8 else { return [line] }
    // A comment that has no room goes under its line.
    if let comment = line.firstRange(of: "  #"), comment.lowerBound > line.index(line.startIndex, offsetBy: indent) {
      let under = String(repeating: " ", count: indent + 2) + line[comment.lowerBound...].dropFirst(2)
      return broken(String(line[..<comment.lowerBound]), columns: columns) + broken(under, columns: columns)
    }
    let pieces = wrapped(String(line.dropFirst(indent)), columns - indent - 2)
    return pieces.enumerated().map { String(repeating: " ", count: indent + ($0 == 0 ? 0 : 2)) + $1 }
  }

  /// Index, offset, byte address, value and readers of the selected cell.
  func drawCell(on canvas: Canvas) {
    let cell = selected
    let itemSize = state.experiment.elementType.itemSize
    let offset = values.addressing.offset(of: cell)
    let readers = coverage.copies(y: cell.y, x: cell.x)
    let strides = values.addressing.layout.strides.map { String($0 * itemSize) }
    // From one picture to the next matters least.
    let inPicture = "(\(([String(glyphSet.ellipsis)] + strides.dropFirst()).joined(separator: ","))) B"
    var rows: [(String, String)] = [
      ("index", "Z[\(cell.n),\(cell.y),\(cell.x),\(cell.c)]"),
      ("value", state.exactText(values.input(at: cell))),
      ("offset", "\(offset) elements"),
      ("byte", shortened(["\(offset) × \(itemSize) = \(offset * itemSize)", "\(offset * itemSize)"], on: canvas)),
      ("strides", shortened(["(\(strides.joined(separator: ","))) B", inPicture], on: canvas)),
      ("read by", "\(readers) field\(readers == 1 ? "" : "s")"),
    ]
    if state.scene.followed(state) == nil, let (i, j) = field.kernelElement(y: cell.y, x: cell.x) {
      rows.append(("now", "under W[\(i),\(j)]"))
    }
    drawTable(rows, on: canvas)
  }

  /// The geometry with the output-size formula and its numbers; the fields themselves while they are edited.
  func drawGeometry(on canvas: Canvas) {
    let g = geometry
    let p = g.padding
    let isEven = p.top == p.bottom && p.left == p.right
    let padding = PaddingRule.explicit(p).word + (isEven ? "" : " (top,bottom,left,right)")
    if case .editing(let editing) = state.mode, case .option = editing.field.target {
      drawFields(editing, on: canvas)
      return
    }
    drawTable(
      [
        ("kernel", "\(g.kernelHeight)×\(g.kernelWidth)   w W"),
        ("stride", g.stride.word + "   s S"),
        ("padding", padding + "   p P"),
        ("dilation", g.dilation.word + "   d D"),
        ("groups", "\(g.groups)" + (g.groups == g.inputChannels && g.groups > 1 ? " (depthwise)" : "")),
        ("rows", shortened([g.heightFormula, "\(g.outputHeight)"], on: canvas)),
        ("columns", shortened([g.widthFormula, "\(g.outputWidth)"], on: canvas)),
        ("weight", g.weightShape.map { String($0) }.joined(separator: "×") + " (i,j,c,o)"),
        ("output", g.outputShape.map { String($0) }.joined(separator: "×") + " (n,y,x,o)"),
      ], on: canvas)
  }

  /// The first wording that a table has room for: numbers are never cut.
  private func shortened(_ wordings: [String], on canvas: Canvas) -> String {
    Explanation.fitting(wordings, columns: canvas.columns - 10, state.appearance)
  }

  func drawTable(_ rows: [(String, String)], on canvas: Canvas) {
    let width = (rows.map(\.0.cellWidth).max() ?? 0) + 1
    for (row, line) in rows.enumerated() {
      canvas.put(line.0, column: 1, row: row, Style(.faint))
      canvas.put(
        truncated(glyphs(line.1), canvas.columns - width - 1, ellipsis: glyphSet.ellipsis),
        column: width + 1, row: row)
    }
  }

  /// Fields being edited, one a line.
  func drawFields(_ editing: Editing, on canvas: Canvas) {
    let width = (editing.fields.map(\.label.cellWidth).max() ?? 0) + 1
    for (row, field) in editing.fields.enumerated() {
      let isCurrent = row == editing.current
      canvas.put(field.label, column: 1, row: row, Style(.faint))
      let end = canvas.put(
        field.text + (isCurrent ? " " : ""), column: width + 1, row: row,
        isCurrent ? Style.plain.adding([.reverse, .bold]) : .plain)
      if isCurrent { canvas.placeCursor(column: end - 1, row: row) }
    }
  }

  /// Weights or an input cell being edited, in a line of their own.
  func drawEditedCells(_ editing: Editing, on canvas: Canvas) {
    var column = 1
    for (index, field) in editing.fields.enumerated() {
      if editing.columns > 1, index > 0, index % editing.columns == 0 {
        column = canvas.put("; ", column: column, row: 0, Style(.faint))
      }
      let isCurrent = index == editing.current
      if isCurrent { column = canvas.put("\(field.label) ", column: column, row: 0, Style(.key, [.bold])) }
      column = canvas.put(
        field.text.isEmpty ? " " : field.text, column: column, row: 0,
        isCurrent ? Style.plain.adding([.reverse, .bold]) : .plain)
      if isCurrent { canvas.placeCursor(column: column, row: 0) }
      column += 1
    }
  }
}

extension ConvolutionGeometry {
  /// `⌊(6+0+0−(3−1)−1)/1⌋+1 = 4`: PyTorch's output-size formula with the numbers in it.
  var heightFormula: String {
    Self.formula(
      input: inputHeight, before: padding.top, after: padding.bottom, kernel: kernelHeight, stride: stride.vertical,
      dilation: dilation.vertical, output: outputHeight)
  }

  var widthFormula: String {
    Self.formula(
      input: inputWidth, before: padding.left, after: padding.right, kernel: kernelWidth, stride: stride.horizontal,
      dilation: dilation.horizontal, output: outputWidth)
  }

  private static func formula(
    input: Int, before: Int, after: Int, kernel: Int, stride: Int, dilation: Int, output: Int
  ) -> String {
    let reach = dilation == 1 ? "(\(kernel)−1)" : "\(dilation)·(\(kernel)−1)"
    return "⌊(\(input)+\(before)+\(after)−\(reach)−1)/\(stride)⌋+1 = \(output)"
  }
}
