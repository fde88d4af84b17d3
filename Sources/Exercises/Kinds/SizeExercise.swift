import Convolution

/// One axis of the output-size formula, as it is and as it is often got wrong.
private struct AxisFormula {
  let input: Int
  let kernel: Int
  let stride: Int
  let dilation: Int
  let before: Int
  let after: Int

  var span: Int { (kernel - 1) * dilation + 1 }

  func size(span: Int? = nil, padding: Int? = nil, stride: Int? = nil) -> Int {
    let room = input + (padding ?? before + after) - (span ?? self.span)
    return room < 0 ? 0 : room / (stride ?? self.stride) + 1
  }

  var roundedUp: Int { (input + before + after - span + stride - 1) / stride + 1 }

  var sentence: String { "⌊(\(input)+\(before)+\(after)−\(span))/\(stride)⌋+1 = \(size())" }
}

extension Exercise {
  /// Rows and columns of the output.
  static func size(_ subject: ExerciseSubject, _ choice: inout SeededChoice) -> Exercise? {
    let (g, words) = subject.varied(&choice)
    let vertical = AxisFormula(
      input: g.inputHeight, kernel: g.kernelHeight, stride: g.stride.vertical, dilation: g.dilation.vertical,
      before: g.padding.top, after: g.padding.bottom)
    let horizontal = AxisFormula(
      input: g.inputWidth, kernel: g.kernelWidth, stride: g.stride.horizontal, dilation: g.dilation.horizontal,
      before: g.padding.left, after: g.padding.right)
    let (rows, columns) = (g.outputHeight, g.outputWidth)
    func mistake(_ why: String, _ wrong: (AxisFormula) -> Int) -> Mistake {
      Mistake(.numbers([wrong(vertical), wrong(horizontal)]), why)
    }
    let right = "The output is \(rows)×\(columns)."
    return Exercise(
      .size, given: [subject.sentence(g)], question: "How many rows and columns has the output?", form: .numbers(2),
      answer: .numbers([rows, columns]),
      rule:
        "Along each axis it is ⌊(input + padding on both sides − span)/stride⌋ + 1, the span being (K−1)·dilation + 1.",
      reason: "Rows \(vertical.sentence), columns \(horizontal.sentence).",
      mistakes: [
        Mistake(.numbers([columns, rows]), "You gave columns before rows. \(right)"),
        mistake("You forgot the padding: \(g.padding.top) above and \(g.padding.bottom) below are rows too. \(right)") {
          $0.size(padding: 0)
        },
        mistake("You counted the padding on one side; it is added on both. \(right)") { $0.size(padding: $0.before) },
        mistake("You forgot the + 1: the first field counts too. \(right)") { $0.size() - 1 },
        mistake("You rounded up; a field that does not fit whole is dropped, so it is the floor. \(right)") {
          $0.roundedUp
        },
        mistake(
          "You took dilation \(g.dilation.vertical) as none: the field spans (K−1)·\(g.dilation.vertical)+1 = "
            + "\(vertical.span) rows, not \(vertical.kernel). \(right)"
        ) { $0.size(span: $0.kernel) },
        mistake(
          "You took K·dilation = \(vertical.kernel * vertical.dilation) for the span; only the gaps between the K rows grow: "
            + "(K−1)·\(vertical.dilation)+1 = \(vertical.span). \(right)"
        ) { $0.size(span: $0.kernel * $0.dilation) },
        mistake("You forgot the stride: the field moves \(g.stride.vertical) pixels at a time. \(right)") {
          $0.size(stride: 1)
        },
        mistake("You gave the input's size; fields must lie inside it. \(right)") { $0.input },
        mistake("You left the kernel out: a field must fit whole. \(right)") {
          ($0.input + $0.before + $0.after) / $0.stride
        },
      ],
      exhibit: Exhibit(words, .sliding(step: rows * columns * g.outputChannels - 1)))
  }
}
