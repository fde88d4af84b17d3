import CMicrokernels
import MatrixMultiply

/// Convolution in place: the register tile reads the receptive fields where they lie in the picture.
///
/// The rows of A of the tile are output pixels, each a pointer to the corner of its field; the field is a list of runs of
/// memory (`FieldRuns`). No patch matrix is made, and padding is left out rather than multiplied. Three kernels share the
/// plan: the tile where channels mix, one with neighbouring channels in a vector where each stays alone (depthwise), and one
/// with neighbouring pixels in a vector for pictures of one channel.
final class DirectConvolution<E: ConvolutionElement>: Sendable {
  private enum Kind {
    /// One packed weight matrix for each group.
    case tiles([PackedMatrix<E>])
    case depthwise
    case filter
  }

  let geometry: ConvolutionGeometry
  private let plan: DirectPlan
  private let kind: Kind
  private let kernels: Kernels<E>
  /// Weights as given (for the kinds that do not pack), and biases padded to whole panels.
  private let weight: SharedElements<E>
  private let bias: SharedElements<E>?

  /// - Parameters:
  ///   - weight: row-major Kh×Kw×(C/groups)×Cout.
  ///   - bias: one for each output channel.
  init(_ geometry: ConvolutionGeometry, weight: UnsafePointer<E>, bias: [E]?, kernels: Kernels<E>) {
    self.geometry = geometry
    self.kernels = kernels
    plan = DirectPlan(geometry)
    let isDepthwise = geometry.groups > 1 && geometry.groupInputChannels == 1 && geometry.groupOutputChannels == 1
    let isFilter =
      geometry.inputChannels == 1 && geometry.outputChannels == 1 && geometry.stride.horizontal == 1
    if isDepthwise || isFilter {
      kind = isDepthwise ? .depthwise : .filter
      self.weight = SharedElements(copying: weight, count: geometry.patchColumns * geometry.outputChannels)
      self.bias = bias.map { SharedElements($0) }
    } else {
      let columns = geometry.groupOutputChannels
      let packed = (0..<geometry.groups).map { group in
        PackedMatrix(
          depth: geometry.patchColumns, columns: columns, b: weight + group * columns,
          bRowStride: geometry.outputChannels, bColumnStride: 1, kernels: kernels)
      }
      kind = .tiles(packed)
      self.weight = SharedElements([])
      // Room after the last channel, since a tile reads a whole panel of biases.
      self.bias = bias.map { SharedElements($0 + [E](repeating: 0, count: kernels.widths.last ?? 0)) }
    }
  }

  /// Bytes that the packed weights take.
  var preparedBytes: Int {
    guard case .tiles(let packed) = kind else { return weight.count * MemoryLayout<E>.stride }
    return packed.reduce(0) { $0 + $1.bytes }
  }

  /// Convolves row-major N×H×W×C into row-major N×Ho×Wo×Cout.
  func run(_ input: UnsafePointer<E>, into output: UnsafeMutablePointer<E>, threads: Int) {
    let share = sharing(threads: threads)
    let inputPicture = geometry.inputHeight * geometry.inputWidth * geometry.inputChannels
    let outputPicture = geometry.outputHeight * geometry.outputWidth * geometry.outputChannels
    let perPicture = share.bands * share.panelShares
    WorkerPool.shared.run(
      tasks: geometry.batch * perPicture, threads: geometry.operations < 60_000 ? 1 : threads
    ) { task in
      let n = task / perPicture
      let band = task % perPicture / share.panelShares
      let rows =
        (geometry.outputHeight * band / share.bands)..<(geometry.outputHeight * (band + 1) / share.bands)
      for rectangle in plan.rectangles {
        let own = rectangle.rows.clamped(to: rows)
        guard !own.isEmpty else { continue }
        run(
          rectangle, rows: own, input + n * inputPicture, output + n * outputPicture,
          panelShare: task % share.panelShares, of: share.panelShares)
      }
    }
  }

  /// How a picture is cut into tasks: bands of rows, or shares of the panels where rows are few and weights many.
  private func sharing(threads: Int) -> (bands: Int, panelShares: Int) {
    let pixels = geometry.outputHeight * geometry.outputWidth
    if threads > 1, geometry.batch < threads, case .tiles(let packed) = kind, let panels = packed.first?.panels.count {
      let shares = min(panels, threads)
      if shares == threads, pixels < 400 * threads { return (1, shares) }
    }
    let wanted = max((pixels + 383) / 384, geometry.batch >= 4 * threads ? 1 : min(threads * 3, (pixels + 47) / 48))
    return (min(max(wanted, 1), geometry.outputHeight), 1)
  }

  private func run(
    _ rectangle: DirectPlan.Rectangle, rows: Range<Int>, _ picture: UnsafePointer<E>,
    _ target: UnsafeMutablePointer<E>, panelShare: Int, of panelShares: Int
  ) {
    let runs = rectangle.runs
    let lines = OutputLines(geometry, rows: rows.count, columns: rectangle.columns.count)
    let size = MemoryLayout<E>.stride
    let skipped = (rows.lowerBound - rectangle.rows.lowerBound) * geometry.stride.vertical
    let isEmpty = runs.steps[0].runs == 0
    let first = rectangle.firstInput + (isEmpty ? 0 : skipped * geometry.inputWidth * geometry.inputChannels)
    let inputStep = isEmpty ? 0 : lines.inputStep
    let inputLine = isEmpty ? 0 : lines.inputLine
    // Bytes from here on: the loops below call kernels, and nothing else.
    let source = UnsafeRawPointer(picture + first)
    let sink = UnsafeMutableRawPointer(
      target + (rows.lowerBound * geometry.outputWidth + rectangle.columns.lowerBound) * geometry.outputChannels)
    switch kind {
    case .tiles(let groups):
      for (group, packed) in groups.enumerated() {
        let panels = packed.panels
        let own = (panels.count * panelShare / panelShares)..<(panels.count * (panelShare + 1) / panelShares)
        for (index, step) in runs.steps.enumerated() {
          for panel in panels[own] {
            let column = group * packed.columns + panel.start
            var strip = cm_strip(
              a: nil, a_row: inputStep, run_a: runs.inputs + step.firstRun, run_b: runs.weightRows + step.firstRun,
              runs: step.runs, length: step.length, b: packed.elements(of: panel),
              bias: bias.map { UnsafeRawPointer($0.start + column) }, c: nil, c_row: lines.outputStep,
              rows: lines.length, columns: panel.columns, accumulate: index > 0)
            let lineSource = source + group * geometry.groupInputChannels * size
            let lineSink = sink + column * size
            for line in 0..<lines.lines {
              strip.a = lineSource + line * inputLine * size
              strip.c = lineSink + line * lines.outputLine * size
              panel.multiply(&strip)
            }
          }
        }
      }
    case .depthwise:
      var call = cm_depthwise(
        in: nil, in_row: inputStep, tap: runs.inputs, weight_row: runs.weightRows, taps: taps(of: runs),
        weight: weight.start, bias: bias.map { UnsafeRawPointer($0.start) }, out: nil, out_row: lines.outputStep,
        rows: lines.length, channels: geometry.outputChannels)
      for line in 0..<lines.lines {
        call.in = source + line * inputLine * size
        call.out = sink + line * lines.outputLine * size
        kernels.table.pointee.depthwise(&call)
      }
    case .filter:
      // Along the rows always: neighbours in a vector are neighbours in memory.
      for y in 0..<rows.count {
        var call = cm_filter(
          in: source + (isEmpty ? 0 : y * geometry.stride.vertical * geometry.inputWidth * size), tap: runs.inputs,
          weight_index: runs.weightRows, taps: taps(of: runs), weight: weight.start,
          start: bias?.start.pointee.doubleValue ?? 0,
          out: sink + y * geometry.outputWidth * size, count: rectangle.columns.count, accumulate: false)
        kernels.table.pointee.filter(&call)
      }
    }
  }

  private func taps(of runs: FieldRuns) -> Int { runs.steps.reduce(0) { $0 + $1.runs } }
}
