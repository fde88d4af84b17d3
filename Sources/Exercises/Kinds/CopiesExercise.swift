import Convolution
import Walkthroughs

extension Exercise {
  /// How often the patch matrix copies a pixel.
  static func copies(_ subject: ExerciseSubject, _ choice: inout SeededChoice) -> Exercise? {
    let (g, words) = subject.varied(&choice, strides: 1...2)
    // Near a corner counts differ most; the middle is asked for too.
    func place(_ length: Int) -> Int {
      switch choice.number(below: 3) {
      case 0: length / 2
      case 1: choice.number(below: min(length, 4))
      default: length - 1 - choice.number(below: min(length, 3))
      }
    }
    let (y, x) = (place(g.inputHeight), place(g.inputWidth))
    func count(_ g: ConvolutionGeometry?, _ y: Int = y, _ x: Int = x) -> Int? {
      g.map { FieldCoverage(geometry: $0).copies(y: y, x: x) }
    }
    func changed(stride: AxisPair? = nil, padding: Padding? = nil, dilation: AxisPair? = nil) -> ConvolutionGeometry? {
      try? ConvolutionGeometry(
        input: g.inputShape, weight: g.weightShape,
        parameters: ConvolutionParameters(
          stride: stride ?? g.stride, padding: .explicit(padding ?? g.padding), dilation: dilation ?? g.dilation,
          groups: g.groups))
    }
    let coverage = FieldCoverage(geometry: g)
    let answer = coverage.copies(y: y, x: x)
    let (rows, columns) = (coverage.rowReaders(of: y), coverage.columnReaders(of: x))
    let size = g.kernelHeight * g.kernelWidth
    let right =
      "\(rows) row\(rows == 1 ? "" : "s") of fields × \(columns) column\(columns == 1 ? "" : "s") of fields = \(answer)."
    var mistakes: [Mistake] = []
    func add(_ wrong: Int?, _ why: String) {
      if let wrong { mistakes.append(Mistake(.number(wrong), "\(why) \(right)")) }
    }
    add(
      size,
      g.stride == AxisPair(1)
        ? "\(size) = K·K holds in the middle; near the border fewer fields reach."
        : "\(size) = K·K holds at stride 1; a longer stride leaves fields out.")
    if g.inputHeight > x, g.inputWidth > y { add(count(g, x, y), "You took (\(x),\(y)): the row comes first.") }
    if !g.padding.isNone {
      add(count(changed(padding: Padding.none)), "You forgot the padding: fields begin before the picture does.")
      add(
        count(g, y - g.padding.top, x - g.padding.left),
        "You counted the pixel's place from the padding's corner; (\(y),\(x)) is counted from the picture's.")
    }
    if g.stride != AxisPair(1) {
      add(
        count(changed(stride: AxisPair(1))), "You forgot the stride: only every \(g.stride.vertical)th field is there.")
    }
    if g.dilation != AxisPair(1) {
      add(count(changed(dilation: AxisPair(1))), "You forgot the dilation: the field skips pixels in between.")
    }
    add(rows + columns, "You added \(rows) and \(columns); every row of fields meets every column of fields.")
    add(rows, "You counted along the column only.")
    add(columns, "You counted along the row only.")
    add(g.patchRows / max(g.batch, 1), "You counted all fields; only those that reach the pixel copy it.")
    return Exercise(
      .copies, given: [subject.sentence(g)],
      question: "How many entries of the patch matrix copy the pixel at row \(y), column \(x)"
        + (g.inputChannels > 1 ? " (one channel of it)?" : "?"),
      form: .numbers(1), answer: .number(answer),
      rule: "Count the rows of fields that reach row \(y), the columns of fields that reach column \(x), and multiply.",
      reason: right, mistakes: mistakes, exhibit: Exhibit(words, .patchMatrix(row: g.patchRows - 1, y: y, x: x)))
  }
}
