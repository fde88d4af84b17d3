/// The output of one picture as rectangles, in each of which all fields are the same runs of memory.
///
/// Padding costs no copy and no multiplications, in one of two ways. By place: the inside of the picture is one rectangle,
/// each border a few more, whose fields leave out what falls on the padding. By kernel element: a rectangle for each, of
/// all outputs that it meets the picture at, added to those before; then weights are read once and not once a border.
final class DirectPlan: @unchecked Sendable {
  struct Rectangle {
    let rows: Range<Int>
    let columns: Range<Int>
    /// Element offset, in the picture, of the field of its first output.
    let firstInput: Int
    let runs: FieldRuns
    /// Whether its sums are added to what the rectangles before it left.
    let accumulates: Bool

    init(_ geometry: ConvolutionGeometry, _ vertical: AxisSegment, _ horizontal: AxisSegment, accumulates: Bool) {
      let isEmpty = vertical.taps.isEmpty || horizontal.taps.isEmpty
      rows = vertical.outputs
      columns = horizontal.outputs
      firstInput =
        isEmpty ? 0 : (vertical.firstInput * geometry.inputWidth + horizontal.firstInput) * geometry.inputChannels
      runs = FieldRuns(geometry, vertical, horizontal)
      self.accumulates = accumulates
    }
  }

  private let rectangles: UnsafeBufferPointer<Rectangle>
  /// Outputs of a line that a kernel walks in one call, in most of the picture.
  let lineLength: Int

  init(_ geometry: ConvolutionGeometry) {
    let rectangles = geometry.bordersWeigh ? Self.byKernelElement(geometry) : Self.byPlace(geometry)
    let memory = UnsafeMutableBufferPointer<Rectangle>.allocate(capacity: rectangles.count)
    _ = memory.initialize(from: rectangles)
    self.rectangles = UnsafeBufferPointer(memory)
    // What lies on padding in part has lines of nearly the picture's width.
    lineLength =
      rectangles.count == 1
      ? OutputLines(geometry, rows: geometry.outputHeight, columns: geometry.outputWidth).length
      : geometry.outputWidth
  }

  deinit {
    for rectangle in rectangles { rectangle.runs.deallocate() }
    rectangles.deallocate()
  }

  private static func byPlace(_ geometry: ConvolutionGeometry) -> [Rectangle] {
    let horizontal = geometry.horizontalSegments
    return geometry.verticalSegments.flatMap { vertical in
      horizontal.map { Rectangle(geometry, vertical, $0, accumulates: false) }
    }
  }

  /// First the biases everywhere, then what each kernel element adds.
  private static func byKernelElement(_ geometry: ConvolutionGeometry) -> [Rectangle] {
    let bare = Rectangle(
      geometry, .onPadding(outputs: geometry.outputHeight), .onPadding(outputs: geometry.outputWidth),
      accumulates: false)
    let rows = (0..<geometry.kernelHeight).compactMap {
      AxisSegment(meeting: $0, of: geometry.verticalSegments, dilation: geometry.dilation.vertical)
    }
    let columns = (0..<geometry.kernelWidth).compactMap {
      AxisSegment(meeting: $0, of: geometry.horizontalSegments, dilation: geometry.dilation.horizontal)
    }
    return [bare] + rows.flatMap { row in columns.map { Rectangle(geometry, row, $0, accumulates: true) } }
  }
}

extension ConvolutionGeometry {
  /// Whether the weights are many and a good part of the fields lies on padding in part.
  fileprivate var bordersWeigh: Bool {
    func inside(_ segments: [AxisSegment], _ kernel: Int) -> Int {
      segments.filter { $0.taps.count == kernel }.reduce(0) { $0 + $1.outputs.count }
    }
    let inner = inside(verticalSegments, kernelHeight) * inside(horizontalSegments, kernelWidth)
    return groupInputChannels >= 256 && 4 * inner < 3 * outputHeight * outputWidth
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
    let accumulates: Bool

    var isOnPadding: Bool { runs.taps == 0 }
  }

  /// Visits the parts of a band of output rows, in the order in which they are to be computed.
  func forEachPart(of band: Range<Int>, _ geometry: ConvolutionGeometry, _ body: (Part) -> Void) {
    for rectangle in rectangles {
      let rows = rectangle.rows.clamped(to: band)
      guard !rows.isEmpty else { continue }
      body(Part(rectangle, rows: rows, geometry))
    }
  }
}

extension DirectPlan.Part {
  fileprivate init(_ rectangle: DirectPlan.Rectangle, rows: Range<Int>, _ geometry: ConvolutionGeometry) {
    let isOnPadding = rectangle.runs.taps == 0
    let skipped = (rows.lowerBound - rectangle.rows.lowerBound) * geometry.stride.vertical
    self.rows = rows.count
    columns = rectangle.columns.count
    firstInput = rectangle.firstInput + (isOnPadding ? 0 : skipped * geometry.inputWidth * geometry.inputChannels)
    firstOutput = (rows.lowerBound * geometry.outputWidth + rectangle.columns.lowerBound) * geometry.outputChannels
    runs = rectangle.runs
    let lines = OutputLines(geometry, rows: rows.count, columns: columns)
    self.lines = isOnPadding ? lines.standingStill : lines
    accumulates = rectangle.accumulates
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
