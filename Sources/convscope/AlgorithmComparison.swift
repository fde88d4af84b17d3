import Convolution

/// One algorithm's output beside the naive one.
struct AlgorithmComparison {
  enum Verdict: Equatable {
    case agrees, disagrees
    /// The algorithm does not cover the geometry.
    case skipped(String)
  }

  let algorithm: ConvolutionAlgorithm
  let verdict: Verdict
  /// The root of the summed squares of all differences.
  let norm: Double
  /// The difference that comes nearest to what is allowed, or passes it most.
  let largest: Double
  /// What rounding allows at that element.
  let allowed: Double

  init(_ algorithm: ConvolutionAlgorithm, skippedBecause reason: String) {
    self.algorithm = algorithm
    verdict = .skipped(reason)
    norm = 0
    largest = 0
    allowed = 0
  }

  /// Compares element by element; where the naive output is not finite, the other may be anything not finite.
  init(_ algorithm: ConvolutionAlgorithm, output: [Double], naive: [Double], allowed: [Double]) {
    self.algorithm = algorithm
    var squares = 0.0
    var worst = (ratio: -1.0, difference: 0.0, allowed: 0.0)
    var agrees = output.count == naive.count
    for (k, (value, expected)) in zip(output, naive).enumerated() {
      guard value != expected else { continue }
      guard expected.isFinite else {
        agrees = agrees && !value.isFinite
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
  }
}
