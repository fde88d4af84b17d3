import Convolution

/// One algorithm's output beside the naive one.
struct AlgorithmComparison {
  enum Verdict {
    case agrees, disagrees
    /// The algorithm does not cover the geometry.
    case skipped(String)
    /// It gave no output.
    case failed(CommandFailure)

    var isDisagreement: Bool { if case .disagrees = self { true } else { false } }
    var failure: CommandFailure? { if case .failed(let failure) = self { failure } else { nil } }

    /// Why there is nothing to compare; nil where there is.
    var reason: String? {
      switch self {
      case .agrees, .disagrees: nil
      case .skipped(let reason): "skipped: \(reason)"
      case .failed(let failure): "failed: \(failure.message)"
      }
    }
  }

  let algorithm: ConvolutionAlgorithm
  let verdict: Verdict
  /// The root of the summed squares of all differences.
  let norm: Double
  /// The difference that comes nearest to what is allowed, or passes it most.
  let largest: Double
  /// What rounding allows at that element.
  let allowed: Double
  /// Outputs that are not compared: the naive one is not finite, and the other is something else that is not finite.
  let uncompared: Int

  /// What an algorithm says instead of giving an output: that it does not cover the geometry, or what went wrong.
  init(_ algorithm: ConvolutionAlgorithm, error: ConvolutionError) {
    self.algorithm = algorithm
    if case .notCovered = error {
      verdict = .skipped(error.description)
    } else {
      verdict = .failed(CommandFailure(error))
    }
    norm = 0
    largest = 0
    allowed = 0
    uncompared = 0
  }

  /// Compares element by element; where the naive output is not finite, the other may be anything not finite.
  init(_ algorithm: ConvolutionAlgorithm, output: [Double], naive: [Double], allowed: [Double]) {
    self.algorithm = algorithm
    var squares = 0.0
    var worst = (ratio: -1.0, difference: 0.0, allowed: 0.0)
    var agrees = output.count == naive.count
    var uncompared = 0
    for (k, (value, expected)) in zip(output, naive).enumerated() {
      guard value != expected else { continue }
      guard expected.isFinite else {
        agrees = agrees && !value.isFinite
        uncompared += value.isNaN && expected.isNaN ? 0 : 1
        continue
      }
      let difference = abs(value - expected)
      squares += difference * difference
      let isAllowed = difference <= allowed[k]
      agrees = agrees && isAllowed
      let ratio = allowed[k] > 0 ? difference / allowed[k] : .infinity
      if !(ratio <= worst.ratio) { worst = (ratio, difference, allowed[k]) }
    }
    verdict = agrees ? .agrees : .disagrees
    norm = squares.squareRoot()
    largest = worst.difference
    self.allowed = worst.allowed
    self.uncompared = uncompared
  }
}
