import MatrixMultiply

/// The output of one picture as rectangles, in each of which all fields are the same runs of memory.
///
/// Padding costs no copy and no multiplications, in one of three ways. By place: the inside of the picture is one rectangle,
/// each border a few more, whose fields leave out what falls on the padding. By kernel column: for each, all outputs that it
/// meets the picture at, the upper and lower border for themselves, added to those before. No rectangle is narrow then, and
/// few are low. By kernel element: a rectangle for each, added to those before; then weights are read once, in their order
/// in memory.
final class DirectPlan: @unchecked Sendable {
  fileprivate enum Order {
    case places
    case kernelColumns
    case kernelElements
  }

  private let order: Order
  /// The rectangles are where these meet: segments that partition an axis, or those that a kernel row or column meets.
  private let vertical: UnsafeBufferPointer<AxisSegment>
  private let horizontal: UnsafeBufferPointer<AxisSegment>
  /// The runs of a field that lies on padding alone; nil where the first rectangles are all of the picture.
  ///
  /// The biases go everywhere first then, and all that follows is added to them.
  private let biases: FieldRuns?
  /// The runs of each rectangle; nil if they are many, and listed anew where they are needed.
  ///
  /// So it is where a kernel is nearly as large as the picture and each output lies on padding in its own way.
  private let runs: UnsafeBufferPointer<FieldRuns>?
  /// Outputs of a line that a kernel walks in one call, in most of the picture.
  let lineLength: Int

  /// Runs that a plan keeps at most, of 16 bytes each.
  private static let mostKeptRuns = 1 << 17

  init(_ geometry: ConvolutionGeometry) {
    let order = geometry.order
    self.order = order
    var (vertical, horizontal) = (geometry.verticalSegments, geometry.horizontalSegments)
    // What lies on padding in part has lines of nearly the picture's width.
    lineLength =
      vertical.count * horizontal.count == 1 && order == .places
      ? OutputLines(geometry, rows: geometry.outputHeight, columns: geometry.outputWidth).length
      : geometry.outputWidth
    if order != .places {
      horizontal = .meeting(kernel: geometry.kernelWidth, horizontal, dilation: geometry.dilation.horizontal)
    }
    if order == .kernelElements {
      vertical = .meeting(kernel: geometry.kernelHeight, vertical, dilation: geometry.dilation.vertical)
    }
    var startsEverywhere = order == .places
    if order == .kernelColumns, let widest = horizontal.firstIndex(where: { $0.outputs.count == geometry.outputWidth })
    {
      horizontal.swapAt(0, widest)
      startsEverywhere = true
    }
    biases =
      startsEverywhere ? nil : FieldRuns(geometry, .onPadding(outputs: 0), .onPadding(outputs: 0))
    self.vertical = UnsafeBufferPointer(start: .copy(of: vertical), count: vertical.count)
    self.horizontal = UnsafeBufferPointer(start: .copy(of: horizontal), count: horizontal.count)
    let (most, overflows) = vertical.reduce(0) { $0 + $1.taps.count }
      .multipliedReportingOverflow(by: horizontal.reduce(0) { $0 + $1.taps.count })
    guard !overflows, most <= Self.mostKeptRuns else {
      runs = nil
      return
    }
    let kept = vertical.flatMap { row in horizontal.map { FieldRuns(geometry, row, $0) } }
    runs = UnsafeBufferPointer(start: .copy(of: kept), count: kept.count)
  }

  deinit {
    biases?.deallocate()
    runs?.forEach { $0.deallocate() }
    runs?.deallocate()
    vertical.deallocate()
    horizontal.deallocate()
  }

  /// Visits the parts of a band of output rows, in the order in which they are to be computed.
  func forEachPart(of band: Range<Int>, _ geometry: ConvolutionGeometry, _ body: (Part) -> Void) {
    if band.isEmpty { return }
    if let biases {
      let (rows, columns) = (geometry.outputHeight, geometry.outputWidth)
      body(
        Part(
          .onPadding(outputs: rows), .onPadding(outputs: columns), biases, rows: band, geometry, accumulates: false))
    }
    let goesByColumns = order == .kernelColumns
    let (outer, inner) = goesByColumns ? (horizontal.count, vertical.count) : (vertical.count, horizontal.count)
    for first in 0..<outer {
      let accumulates = biases != nil || goesByColumns && first > 0
      for second in 0..<inner {
        let (i, j) = goesByColumns ? (second, first) : (first, second)
        let rows = vertical[i].outputs.clamped(to: band)
        if rows.isEmpty || accumulates && vertical[i].taps.isEmpty { continue }
        let kept = runs?[i * horizontal.count + j]
        if kept == nil, WorkerPool.isStopping { return }
        let runs = kept ?? FieldRuns(geometry, vertical[i], horizontal[j])
        defer { if kept == nil { runs.deallocate() } }
        body(Part(vertical[i], horizontal[j], runs, rows: rows, geometry, accumulates: accumulates))
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
    /// Whether its sums are added to what the parts before it left.
    let accumulates: Bool

    var isOnPadding: Bool { runs.taps == 0 }

    fileprivate init(
      _ vertical: AxisSegment, _ horizontal: AxisSegment, _ runs: FieldRuns, rows: Range<Int>,
      _ geometry: ConvolutionGeometry, accumulates: Bool
    ) {
      self.rows = rows.count
      columns = horizontal.outputs.count
      firstOutput = (rows.lowerBound * geometry.outputWidth + horizontal.outputs.lowerBound) * geometry.outputChannels
      self.runs = runs
      self.accumulates = accumulates
      let lines = OutputLines(geometry, rows: rows.count, columns: columns)
      guard runs.taps > 0 else {
        firstInput = 0
        self.lines = lines.standingStill
        return
      }
      let firstRow = vertical.firstInput + (rows.lowerBound - vertical.outputs.lowerBound) * geometry.stride.vertical
      firstInput = (firstRow * geometry.inputWidth + horizontal.firstInput) * geometry.inputChannels
      self.lines = lines
    }
  }
}

extension ConvolutionGeometry {
  /// The order that was measured to be the fastest.
  fileprivate var order: DirectPlan.Order {
    let (vertical, horizontal) = (verticalSegments, horizontalSegments)
    func inside(_ segments: [AxisSegment], _ kernel: Int) -> Int {
      segments.filter { $0.taps.count == kernel }.reduce(0) { $0 + $1.outputs.count }
    }
    let outputs = outputHeight * outputWidth
    let inner = inside(vertical, kernelHeight) * inside(horizontal, kernelWidth)
    // Where a good part of the fields lies on padding in part, and each kernel element is work enough for a rectangle.
    guard groupInputChannels >= 32, 4 * inner < 3 * outputs else { return .places }
    // Weights of a megabyte and more, which few outputs would wait for if they were not read in order.
    let weightsWeigh = patchColumns * outputChannels >= 1 << 18
    return weightsWeigh && outputs <= LineFetch.fewOutputs ? .kernelElements : .kernelColumns
  }
}

extension [AxisSegment] {
  /// The outputs that each kernel element of an axis meets the input at.
  fileprivate static func meeting(kernel: Int, _ segments: [AxisSegment], dilation: Int) -> [AxisSegment] {
    (0..<kernel).compactMap { AxisSegment(meeting: $0, of: segments, dilation: dilation) }
  }
}
