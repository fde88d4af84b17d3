import Convolution

/// What came of one algorithm beside the naive one.
enum AlgorithmComparison {
  case compared(OutputComparison)
  /// The algorithm does not cover the geometry.
  case skipped(String)
  /// It gave no output.
  case failed(CommandFailure)

  /// What an algorithm says instead of giving an output: that it does not cover the geometry, or what went wrong.
  init(_ error: ConvolutionError) {
    if case .notCovered = error { self = .skipped(error.description) } else { self = .failed(CommandFailure(error)) }
  }

  var output: OutputComparison? { if case .compared(let output) = self { output } else { nil } }
  var failure: CommandFailure? { if case .failed(let failure) = self { failure } else { nil } }
}
