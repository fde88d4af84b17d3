import MatrixMultiply

/// The weights of the next pass, which few outputs would wait for: each line of the pass before fetches a part of them.
struct WeightFetch {
  private let start: UnsafeRawPointer
  let bytesOfLine: Int

  /// Outputs of a picture that are over before the next weights have come by themselves.
  private static var fewOutputs: Int { 64 }

  /// Nil where the outputs are many, or the weights are in the second-level cache.
  ///
  /// - Parameters:
  ///   - pass: the pass that fetches, with some of the runs.
  ///   - runs: all runs of the outputs' fields.
  ///   - weights: the panel that the pass multiplies with.
  ///   - lines: lines of outputs that share the work.
  ///   - outputs: outputs of a picture.
  init?<E: ConvolutionElement>(
    after pass: FieldRuns.Pass, of runs: FieldRuns, with weights: WeightPanel<E>, lines: Int, outputs: Int
  ) {
    guard outputs <= Self.fewOutputs, pass.terms > 0, lines > 0, weights.isFar else { return nil }
    // They lie behind those of this pass, in this panel or the next one, and are about as many.
    let next = runs.weightRows[pass.firstRun] + pass.terms
    let width = weights.panel.width
    start = UnsafeRawPointer(weights.elements + next * width)
    bytesOfLine = pass.terms * width * MemoryLayout<E>.stride / lines
  }

  func start(ofLine line: Int) -> UnsafeRawPointer { start + line * bytesOfLine }
}
