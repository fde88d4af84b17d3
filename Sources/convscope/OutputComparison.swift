import Measuring

/// One output beside the naive one, element by element.
struct OutputComparison {
  /// The root of the summed squares of all differences.
  let norm: Double
  /// The difference that comes nearest to what is allowed, or passes it most.
  let largest: Double
  /// What rounding allows at that element.
  let allowed: Double
  /// Outputs that are not compared: the naive one is not finite, and the other is something else that is not finite.
  let uncompared: Int
  let agrees: Bool

  /// Where the naive output is not finite, the other may be anything not finite.
  init(output: [Double], naive: [Double], allowed: [Double]) {
    var squares = 0.0
    var worst = (ratio: -1.0, difference: 0.0, allowed: 0.0)
    var agrees = output.count == naive.count
    var uncompared = 0
    for (k, (value, expected)) in zip(output, naive).enumerated() {
      guard value != expected, !(value.isNaN && expected.isNaN) else { continue }
      guard expected.isFinite else {
        if value.isFinite { agrees = false } else { uncompared += 1 }
        continue
      }
      let difference = abs(value - expected)
      squares += difference * difference
      let isAllowed = difference <= allowed[k]
      agrees = agrees && isAllowed
      let ratio = allowed[k] > 0 ? difference / allowed[k] : .infinity
      if !(ratio <= worst.ratio) { worst = (ratio, difference, allowed[k]) }
    }
    norm = squares.squareRoot()
    largest = worst.difference
    self.allowed = worst.allowed
    self.uncompared = uncompared
    self.agrees = agrees
  }

  var verdict: String {
    (agrees ? "agrees" : "DISAGREES") + (uncompared > 0 ? ", \(uncompared) not compared" : "")
  }

  /// What a table with `verdict`s that leave something out says beneath.
  static let uncomparedNote =
    "not compared: NaN or infinities, another one in the naive output; the order of the sums decides which"

  func json(of algorithm: String) -> JSONText {
    .object([
      ("algorithm", .string(algorithm)), ("norm", .number(norm)), ("max_abs_error", .number(largest)),
      ("allowed", .number(allowed)), ("agrees", .bool(agrees)), ("not_compared", .integer(uncompared)),
    ])
  }
}
