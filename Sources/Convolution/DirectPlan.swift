/// The output of one picture as rectangles, in each of which all fields are the same runs of memory.
///
/// The inside of the picture is one rectangle; each border is a few more, whose fields simply leave out what falls on the
/// padding. So padding costs no copy and no multiplications.
struct DirectPlan: Sendable {
  struct Rectangle: Sendable {
    let rows: Range<Int>
    let columns: Range<Int>
    /// Element offset, in the picture, of the field of its first output.
    let firstInput: Int
    let runs: FieldRuns
  }

  let rectangles: [Rectangle]

  init(_ geometry: ConvolutionGeometry) {
    let horizontal = geometry.horizontalSegments
    rectangles = geometry.verticalSegments.flatMap { vertical in
      horizontal.map { horizontal in
        let isEmpty = vertical.taps.isEmpty || horizontal.taps.isEmpty
        return Rectangle(
          rows: vertical.outputs, columns: horizontal.outputs,
          firstInput: isEmpty
            ? 0 : (vertical.firstInput * geometry.inputWidth + horizontal.firstInput) * geometry.inputChannels,
          runs: FieldRuns(geometry, vertical, horizontal))
      }
    }
  }
}

extension DirectPlan {
  /// The rows of one rectangle that lie in a band, ready for kernels: where it starts and how to walk it.
  struct Part {
    let rows: Int
    let columns: Int
    /// Element offsets in the input and the output picture.
    let firstInput: Int
    let firstOutput: Int
    let runs: FieldRuns
    let lines: OutputLines

    var isOnPadding: Bool { runs.taps == 0 }
  }

  /// The parts of a band of output rows.
  func parts(of band: Range<Int>, _ geometry: ConvolutionGeometry) -> [Part] {
    rectangles.compactMap { rectangle in
      let rows = rectangle.rows.clamped(to: band)
      guard !rows.isEmpty else { return nil }
      let columns = rectangle.columns.count
      let isOnPadding = rectangle.runs.taps == 0
      let skipped = (rows.lowerBound - rectangle.rows.lowerBound) * geometry.stride.vertical
      let lines = OutputLines(geometry, rows: rows.count, columns: columns)
      return Part(
        rows: rows.count, columns: columns,
        firstInput: rectangle.firstInput + (isOnPadding ? 0 : skipped * geometry.inputWidth * geometry.inputChannels),
        firstOutput: (rows.lowerBound * geometry.outputWidth + rectangle.columns.lowerBound) * geometry.outputChannels,
        runs: rectangle.runs, lines: isOnPadding ? lines.standingStill : lines)
    }
  }
}

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
