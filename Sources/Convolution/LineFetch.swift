import MatrixMultiply

/// Memory that is needed soon: each line of outputs fetches a piece of it while it is computed.
struct LineFetch {
  private let start: UnsafeRawPointer
  private let bytesOfLine: Int

  /// Outputs of a picture that are over before the next weights have come by themselves.
  private static var fewOutputs: Int { 64 }
  private static var largePictureBytes: Int { 2 << 20 }

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
      geometry.inputHeight * row * MemoryLayout<E>.stride >= Self.largePictureBytes
    else { return nil }
    let lastRow = (geometry.kernelHeight - 1) * geometry.dilation.vertical
    start = UnsafeRawPointer(source + (lastRow + 1) * row)
    bytesOfLine = lines.inputLine * MemoryLayout<E>.stride
  }

  /// The piece that some outputs of a line fetch, all lines being of the same length.
  func piece(ofLine line: Int, outputs: Range<Int>, of length: Int) -> UnsafeRawBufferPointer {
    UnsafeRawBufferPointer(
      start: start + line * bytesOfLine + bytesOfLine * outputs.lowerBound / length,
      count: bytesOfLine * outputs.count / length)
  }
}
