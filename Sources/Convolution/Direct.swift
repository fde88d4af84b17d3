import CMicrokernels
import MatrixMultiply

/// Convolution in place: the register tile reads the receptive fields where they lie in the picture.
///
/// The rows of A of the tile are output pixels, each a pointer to the corner of its field; the field is a list of runs of
/// memory (`FieldRuns`). No patch matrix is made, and padding is left out rather than multiplied. Three kernels share the
/// plan: the tile where channels mix (inner products where there are few outputs), one with neighbouring channels in a
/// vector where each stays alone (depthwise; with few channels, those of neighbouring pixels too), and one with neighbouring
/// pixels in a vector for pictures of one channel. Few channels on both sides are `PlanarConvolution`'s.
final class DirectConvolution<E: ConvolutionElement>: Sendable {
  private enum Kind {
    case tiles
    case depthwise
    case filter
  }

  let geometry: ConvolutionGeometry
  private let plan: DirectPlan
  private let kind: Kind
  private let kernels: Kernels<E>
  /// For tiles: one packed weight matrix for each group, and all their panels.
  private let packed: [PackedMatrix<E>]
  private let panels: [WeightPanel<E>]
  /// Weights of the kinds that do not pack, and biases padded to whole panels.
  private let weight: SharedElements<E>
  private let bias: SharedElements<E>?
  /// How often the weights and biases of depthwise channels are repeated.
  private let pixelsTogether: Int
  /// Panels of a group's packed weights, and the columns of these, the empty ones of the last among them.
  private let panelsOfGroup: Int
  private let packedWidth: Int

  /// - Parameters:
  ///   - weight: row-major Kh×Kw×(C/groups)×Cout.
  ///   - bias: one for each output channel.
  init(_ geometry: ConvolutionGeometry, weight: UnsafePointer<E>, bias: [E]?, kernels: Kernels<E>) {
    self.geometry = geometry
    self.kernels = kernels
    let plan = DirectPlan(geometry)
    self.plan = plan
    pixelsTogether = geometry.pixelsTogether(lanes: kernels.lanes)
    if geometry.isDepthwise || geometry.isFilter {
      kind = geometry.isDepthwise ? .depthwise : .filter
      packed = []
      let (channels, together) = (geometry.outputChannels, pixelsTogether)
      self.weight = SharedElements(count: geometry.patchColumns * channels * together) { target in
        for tap in 0..<geometry.patchColumns {
          for pixel in 0..<together {
            (target + (tap * together + pixel) * channels).update(from: weight + tap * channels, count: channels)
          }
        }
      }
      self.bias = bias.map { bias in SharedElements((0..<together).flatMap { _ in bias }) }
    } else {
      let columns = geometry.groupOutputChannels
      kind = .tiles
      packed = (0..<geometry.groups).map { group in
        PackedMatrix(
          depth: geometry.patchColumns, columns: columns, b: weight + group * columns,
          bRowStride: geometry.outputChannels, bColumnStride: 1, runLength: geometry.fieldRunLength,
          rows: plan.lineLength, kernels: kernels)
      }
      self.weight = SharedElements([])
      // Room after the last channel, since a tile reads a whole panel of biases.
      self.bias = bias.map { SharedElements($0 + [E](repeating: 0, count: kernels.widths.last ?? 0)) }
    }
    panels = WeightPanel.all(of: packed, geometry)
    panelsOfGroup = packed.first?.panels.count ?? 0
    packedWidth = packed.first?.panels.last.map { $0.start + $0.width } ?? 0
  }

  /// Bytes that the packed weights take.
  var preparedBytes: Int {
    kind == .tiles ? packed.reduce(0) { $0 + $1.bytes } : weight.count * MemoryLayout<E>.stride
  }

  /// Convolves row-major N×H×W×C into row-major N×Ho×Wo×Cout.
  @_specialize(where E == Float)
  @_specialize(where E == Double)
  func run(_ input: UnsafePointer<E>, into output: UnsafeMutablePointer<E>, threads: Int) {
    let tasks = DirectTasks(
      geometry, elementSize: MemoryLayout<E>.stride, panels: panelsOfGroup, packedWidth: packedWidth,
      threads: threads)
    let inputPicture = geometry.inputHeight * geometry.inputWidth * geometry.inputChannels
    let outputPicture = geometry.outputHeight * geometry.outputWidth * geometry.outputChannels
    let outputsAreFar = LineFetch.areFar(
      bytes: geometry.batch * outputPicture * MemoryLayout<E>.stride / tasks.threads)
    panels.withUnsafeBufferPointer { panels in
      WorkerPool.shared.run(tasks: tasks.count, threads: tasks.threads) { task in
        let rows = tasks.rows(of: task)
        let n = tasks.picture(of: task)
        let picture = input + n * inputPicture
        let target = output + n * outputPicture
        switch kind {
        case .tiles:
          let rowsToNext = outputsAreFar ? tasks.rowsToNext(after: task) : nil
          // All of the band with one panel, so that a panel is read once.
          for weights in panels {
            plan.forEachPart(of: tasks.rows(of: task, with: weights.panel), geometry) {
              multiply($0, picture, target, weights, rowsToNext: rowsToNext)
            }
          }
        case .depthwise:
          plan.forEachPart(of: rows, geometry) { multiplyChannels($0, picture, target) }
        case .filter:
          plan.forEachPart(of: rows, geometry) { filter($0, picture, target) }
        }
      }
    }
  }

  /// - Parameter rowsToNext: output rows from here to what the same thread computes next, if these are to be fetched.
  private func multiply(
    _ part: DirectPlan.Part, _ picture: UnsafePointer<E>, _ target: UnsafeMutablePointer<E>, _ weights: WeightPanel<E>,
    rowsToNext: Int?
  ) {
    let size = MemoryLayout<E>.stride
    let (runs, lines, panel) = (part.runs, part.lines, weights.panel)
    // Bytes from here on: the loops below call kernels, and nothing else.
    let firstField = picture + part.firstInput + weights.firstInput
    let source = UnsafeRawPointer(firstField)
    let sink = UnsafeMutableRawPointer(target + part.firstOutput + weights.firstOutput)
    // Inner products are summed in one go.
    let termLimit = panel.isByColumns ? 0 : kernels.passBytes / (panel.width * size)
    var step = 0
    while step < runs.stepCount {
      let pass = runs.pass(fromStep: step, termLimit: termLimit)
      let stretch = outputsAtOnce(operationsOfEach: 2 * pass.terms * panel.columns)
      let fetch =
        LineFetch(
          weightsAfter: pass, of: runs, weights, lines: lines.lines,
          outputs: geometry.outputHeight * geometry.outputWidth)
        ?? (step > 0
          ? nil
          : LineFetch(inputBelow: firstField, lines, weights, geometry)
            ?? LineFetch(
              outputs: target + part.firstOutput, rowsBelow: rowsToNext, lines, weights, geometry))
      var strip = cm_strip(
        a: nil, a_row: lines.inputStep, run_a: runs.inputs + pass.firstRun, run_b: runs.weightRows + pass.firstRun,
        runs: pass.runs, length: pass.length, settle: pass.settle, b: weights.elements,
        bias: bias.map { UnsafeRawPointer($0.start + weights.firstOutput) }, c: nil, c_row: lines.outputStep,
        rows: 0, lines: 0, a_line: lines.inputLine, c_line: lines.outputLine, columns: panel.columns,
        b_column: weights.depth, accumulate: part.accumulates || step > 0,
        ahead: kernels.fetchesNextFields ? panel.tileRows * lines.inputStep : 0, next: nil, next_bytes: 0,
        next_line: fetch?.lineDistance ?? 0)
      let linesAtOnce = max(stretch / lines.length, 1)
      for line in stride(from: 0, to: lines.lines, by: linesAtOnce) {
        strip.lines = min(linesAtOnce, lines.lines - line)
        for first in stride(from: 0, to: lines.length, by: stretch) {
          if WorkerPool.isStopping { return }
          strip.a = source + (line * lines.inputLine + first * lines.inputStep) * size
          strip.c = sink + (line * lines.outputLine + first * lines.outputStep) * size
          strip.rows = min(stretch, lines.length - first)
          if let piece = fetch?.piece(ofLine: line, outputs: first..<(first + strip.rows), of: lines.length) {
            (strip.next, strip.next_bytes) = (piece.baseAddress, piece.count)
          }
          panel.multiply(&strip)
        }
      }
      step = pass.nextStep
    }
  }

  private func multiplyChannels(
    _ part: DirectPlan.Part, _ picture: UnsafePointer<E>, _ target: UnsafeMutablePointer<E>
  ) {
    let (runs, lines) = (part.runs, part.lines)
    let channels = geometry.outputChannels
    let areNeighbours = lines.inputStep == channels && lines.outputStep == channels
    let stretch = outputsAtOnce(operationsOfEach: 2 * runs.taps * channels)
    for line in 0..<lines.lines {
      for first in stride(from: 0, to: lines.length, by: stretch) {
        if WorkerPool.isStopping { return }
        let pixels = min(stretch, lines.length - first)
        let call = cm_depthwise(
          in: picture + (part.firstInput + line * lines.inputLine + first * lines.inputStep), in_row: lines.inputStep,
          tap: runs.inputs, weight_row: runs.weightRows, weight_step: channels * pixelsTogether, taps: runs.taps,
          weight: weight.start, bias: bias.map { UnsafeRawPointer($0.start) },
          out: target + (part.firstOutput + line * lines.outputLine + first * lines.outputStep),
          out_row: lines.outputStep, rows: pixels, channels: channels)
        multiplyChannels(call, together: areNeighbours ? pixelsTogether : 1)
      }
    }
  }

  /// Pixels of a line, some `together` as if they were one of so many more channels; the last of these overlaps the one before it.
  private func multiplyChannels(_ call: cm_depthwise, together: Int) {
    guard together > 1, call.rows >= together else {
      withUnsafePointer(to: call) { kernels.table.pointee.depthwise($0) }
      return
    }
    var wide = call
    wide.channels = call.channels * together
    wide.in_row = call.in_row * together
    wide.out_row = call.out_row * together
    wide.rows = call.rows / together
    kernels.table.pointee.depthwise(&wide)
    let done = wide.rows * together
    guard done < call.rows else { return }
    let size = MemoryLayout<E>.stride
    wide.in = call.in + (call.rows - together) * call.in_row * size
    wide.out = call.out + (call.rows - together) * call.out_row * size
    wide.rows = 1
    kernels.table.pointee.depthwise(&wide)
  }

  private func filter(
    _ part: DirectPlan.Part, _ picture: UnsafePointer<E>, _ target: UnsafeMutablePointer<E>
  ) {
    let runs = part.runs
    let inputRow = part.isOnPadding ? 0 : geometry.stride.vertical * geometry.inputWidth
    // Along the rows always: neighbours in a vector are neighbours in memory.
    let stretch = outputsAtOnce(operationsOfEach: 2 * runs.taps * geometry.outputChannels)
    for y in 0..<part.rows {
      let source = picture + part.firstInput + y * inputRow
      let sink = target + part.firstOutput + y * geometry.outputWidth * geometry.outputChannels
      for first in stride(from: 0, to: part.columns, by: stretch) {
        if WorkerPool.isStopping { return }
        var call = cm_planes(
          in: source + (part.isOnPadding ? 0 : first), tap: runs.inputs, weight_row: runs.weightRows, taps: runs.taps,
          weight: weight.start, bias: bias.map { UnsafeRawPointer($0.start) },
          out: sink + first * geometry.outputChannels, out_step: geometry.outputChannels, out_plane: 0,
          outputs: geometry.outputChannels, count: min(stretch, part.columns - first),
          reads_on: false, next: cm_lines())
        kernels.table.pointee.planes(&call)
      }
    }
  }
}
