/// Lines of outputs whose fields start at equal distances: what a kernel walks in one call.
struct OutputLines {
  let lines: Int
  let length: Int
  /// Element distances in input and output, from line to line and along a line.
  let inputLine: Int
  let inputStep: Int
  let outputLine: Int
  let outputStep: Int

  /// A rectangle as lines: all of it as one where its rows follow each other evenly, else along its longer side.
  init(_ geometry: ConvolutionGeometry, rows: Int, columns: Int) {
    let inputRow = geometry.stride.vertical * geometry.inputWidth * geometry.inputChannels
    let inputColumn = geometry.stride.horizontal * geometry.inputChannels
    let outputRow = geometry.outputWidth * geometry.outputChannels
    if columns == geometry.outputWidth && inputRow == columns * inputColumn {
      self.init(1, rows * columns, 0, inputColumn, 0, geometry.outputChannels)
    } else if columns < 6 && rows > columns {
      self.init(columns, rows, inputColumn, inputRow, geometry.outputChannels, outputRow)
    } else {
      self.init(rows, columns, inputRow, inputColumn, outputRow, geometry.outputChannels)
    }
  }

  /// The same outputs with no step in the input: for fields that lie on padding alone.
  var standingStill: OutputLines { OutputLines(lines, length, 0, 0, outputLine, outputStep) }

  private init(
    _ lines: Int, _ length: Int, _ inputLine: Int, _ inputStep: Int, _ outputLine: Int, _ outputStep: Int
  ) {
    self.lines = lines
    self.length = length
    self.inputLine = inputLine
    self.inputStep = inputStep
    self.outputLine = outputLine
    self.outputStep = outputStep
  }
}
