import MatrixMultiply

/// Memory that is needed soon: each line of outputs fetches a piece of it while it is computed.
struct LineFetch {
  private let start: UnsafeRawPointer
  private let bytesOfLine: Int
  /// Bytes from the piece of a line to that of the next.
  let lineDistance: Int

  /// Outputs of a picture that are over before the next weights have come by themselves.
  static var fewOutputs: Int { 64 }
  /// What the second-level cache may hold.
  private static var nearBytes: Int { 2 << 20 }

  /// The weights of the next pass, which few outputs would wait for.
  ///
  /// Nil where the outputs are many, or the weights are in the second-level cache.
  ///
  /// - Parameters:
  ///   - pass: the pass that fetches, with some of the runs.
  ///   - runs: all runs of the outputs' fields.
  ///   - weights: the panel that the pass multiplies with.
  ///   - lines: lines of outputs that share the work.
  ///   - outputs: outputs of a picture.
  init?<E: ConvolutionElement>(
    weightsAfter pass: FieldRuns.Pass, of runs: FieldRuns, _ weights: WeightPanel<E>, lines: Int, outputs: Int
  ) {
    guard outputs <= Self.fewOutputs, pass.terms > 0, lines > 0, weights.isFar else { return nil }
    // They lie behind those of this pass, in this panel or the next one, and are about as many.
    let next = runs.weightRows[pass.firstRun] + pass.terms
    let width = weights.panel.width
    start = UnsafeRawPointer(weights.elements + next * width)
    bytesOfLine = pass.terms * width * MemoryLayout<E>.stride / lines
    lineDistance = bytesOfLine
  }

  /// The rows of the input that the next line's fields have and this line's have not.
  ///
  /// Nil for all panels but the first, since the others find them there, where lines are not rows of a picture, and for
  /// pictures that the second-level cache may hold.
  ///
  /// - Parameter source: the first element of the first line's first field.
  init?<E: ConvolutionElement>(
    inputBelow source: UnsafePointer<E>, _ lines: OutputLines, _ weights: WeightPanel<E>,
    _ geometry: ConvolutionGeometry
  ) {
    let row = geometry.inputWidth * geometry.inputChannels
    guard weights.firstOutput == 0, lines.inputLine == geometry.stride.vertical * row,
      Self.areFar(bytes: geometry.inputHeight * row * MemoryLayout<E>.stride)
    else { return nil }
    let lastRow = (geometry.kernelHeight - 1) * geometry.dilation.vertical
    start = UnsafeRawPointer(source + (lastRow + 1) * row)
    bytesOfLine = lines.inputLine * MemoryLayout<E>.stride
    lineDistance = bytesOfLine
  }

  /// The outputs that are computed next, which a store would wait for: what lies so many rows below a line's own.
  ///
  /// Nil where a panel has all columns and the lines of the cache are written one after the other.
  ///
  /// - Parameters:
  ///   - outputs: the first output of the first line.
  ///   - rowsBelow: output rows from there to what is computed next, nil if nothing is.
  init?<E: ConvolutionElement>(
    outputs: UnsafePointer<E>, rowsBelow: Int?, _ lines: OutputLines, _ weights: WeightPanel<E>,
    _ geometry: ConvolutionGeometry
  ) {
    let channels = geometry.outputChannels
    guard let rowsBelow, weights.panel.columns < channels, lines.outputStep == channels else { return nil }
    // Each panel fetches as much of a line as it writes, but in one piece.
    let line = lines.length * MemoryLayout<E>.stride
    start = UnsafeRawPointer(outputs + rowsBelow * geometry.outputWidth * channels) + line * weights.firstOutput
    bytesOfLine = line * weights.panel.columns
    lineDistance = lines.outputLine * MemoryLayout<E>.stride
  }

  /// Whether memory that a thread walks in one go does not stay in its second-level cache.
  static func areFar(bytes: Int) -> Bool { bytes >= nearBytes }

  /// The piece that some outputs of a line fetch, all lines being of the same length.
  func piece(ofLine line: Int, outputs: Range<Int>, of length: Int) -> UnsafeRawBufferPointer {
    UnsafeRawBufferPointer(
      start: start + line * lineDistance + bytesOfLine * outputs.lowerBound / length,
      count: bytesOfLine * outputs.count / length)
  }
}
