import Convolution
import Experiments
import Measuring
import StridedTensor

/// What another library computes for an experiment, beside the naive output: the lecture's own check.
struct PeerComparison {
  let way: String
  /// The root of the summed squares of all differences, and the largest of them.
  let norm: Double
  let largest: Double
  /// What rounding allows any element.
  let allowed: Double

  var agrees: Bool { largest <= allowed }

  /// Asks the libraries for all their ways; one that is missing is said on standard error and left out.
  ///
  /// The libraries are given no bias, so the naive output they are held against has none either.
  static func all(_ names: [PeerName], _ experiment: Experiment, allowance: Int) throws -> [PeerComparison] {
    var result: [PeerComparison] = []
    for name in names {
      do {
        let worker = try PeerWorker(name, threads: 1)
        defer { worker.stop() }
        switch (experiment.input, experiment.weight) {
        case (.float64(let input), .float64(let weight)):
          result += try compare(worker, input, weight, experiment.geometry, allowance: allowance)
        case (.float32(let input), .float32(let weight)):
          result += try compare(worker, input, weight, experiment.geometry, allowance: allowance)
        default: break
        }
      } catch let error as MeasuringError {
        Messages.write("convscope: note: \(error)")
      }
    }
    return result
  }

  private static func compare<E: ConvolutionElement>(
    _ worker: PeerWorker, _ input: Tensor<E>, _ weight: Tensor<E>, _ geometry: ConvolutionGeometry, allowance: Int
  ) throws -> [PeerComparison] {
    let item = try ConvolutionCase(geometry, input: input.contiguous(), weight: weight.contiguous())
    let naive = try convolve(item.input, item.weight, geometry: geometry, algorithm: .naive).elements()
    let sums = try convolve(
      item.input.map(abs), item.weight.map(abs), geometry: geometry, algorithm: .naive
    ).elements()
    // The libraries may take Winograd or any order of sums: the largest element's rounding is allowed to all.
    let allowed = Double(sums.filter(\.isFinite).max() ?? 0) * Double(E.ulpOfOne) * Double(allowance)
    return try worker.load(item).filter { $0.scale == 1 }.map { way in
      let output = try worker.output(way.name, of: item).elements()
      var squares = 0.0
      var largest = 0.0
      for (value, expected) in zip(output, naive) where value != expected && expected.isFinite {
        let difference = abs(Double(value) - Double(expected))
        squares += difference * difference
        if !(difference <= largest), !largest.isNaN { largest = difference }
      }
      return PeerComparison(way: way.name, norm: squares.squareRoot(), largest: largest, allowed: allowed)
    }
  }

  var json: JSONText {
    .object([
      ("algorithm", .string(way)), ("norm", .number(norm)), ("max_abs_error", .number(largest)),
      ("allowed", .number(allowed)), ("agrees", .bool(agrees)),
    ])
  }
}
