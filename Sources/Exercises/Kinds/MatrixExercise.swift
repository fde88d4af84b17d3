import Convolution
import Walkthroughs

extension Exercise {
  /// Rows and columns of the patch matrix.
  static func matrix(_ subject: ExerciseSubject, _ choice: inout SeededChoice) -> Exercise? {
    let (g, words) = subject.varied(&choice)
    let matrix = PatchMatrix(geometry: g)
    let (rows, columns) = (matrix.rows, matrix.columns)
    let size = g.kernelHeight * g.kernelWidth
    let right = "It is \(rows)×\(columns)."
    return Exercise(
      .matrix, given: [subject.sentence(g) + (g.groups > 1 ? " Each group has a matrix of its own." : "")],
      question: "How many rows and columns has the patch matrix"
        + (g.groups > 1 ? " of one group?" : " that im2col multiplies?"),
      form: .numbers(2), answer: .numbers([rows, columns]),
      rule: "One row for each output position, one column for each number of a receptive field.",
      reason: "\(rows) output positions\(g.batch > 1 ? " in \(g.batch) pictures" : ""), and a field has "
        + "\(g.kernelHeight)·\(g.kernelWidth)\(g.groupInputChannels > 1 ? "·\(g.groupInputChannels)" : "") = \(columns) numbers.",
      mistakes: [
        Mistake(
          .numbers([columns, rows]),
          "You put the fields in the columns, as PyTorch's unfold does; here each field is a row. \(right)"),
        Mistake(
          .numbers([rows, size]),
          "You forgot the channels: a field has K·K·C = \(columns) numbers. \(right)"),
        Mistake(
          .numbers([rows / g.batch, columns]), "You forgot the batch: \(g.batch) pictures have their rows. \(right)"),
        Mistake(
          .numbers([g.batch * g.inputHeight * g.inputWidth, columns]),
          "You took a row for each pixel; there is one for each output position. \(right)"),
        Mistake(
          .numbers([rows, columns * g.outputChannels]),
          "You counted the output channels; they are columns of the weight matrix. \(right)"),
        Mistake(
          .numbers([g.outputHeight, g.outputWidth]),
          "You gave the output's size; every one of its positions is a row of the matrix. \(right)"),
        Mistake(
          .numbers([g.kernelHeight, g.kernelWidth]),
          "You gave the kernel's size; a whole field is one row of the matrix. \(right)"),
      ], exhibit: Exhibit(words, .patchMatrix(row: rows - 1, y: nil, x: nil)))
  }
}
