import Convolution
import Experiments
import Measuring
import StridedTensor

/// What another library computes for an experiment, beside the naive output: the lecture's own check.
struct PeerComparison {
  let way: String
  let output: OutputComparison

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
    let naive = try convolve(item.input, item.weight, geometry: geometry, algorithm: .naive).elements().map(Double.init)
    let sums = try convolve(
      item.input.map(abs), item.weight.map(abs), geometry: geometry, algorithm: .naive
    ).elements()
    // The libraries may take Winograd or any order of sums: the largest element's rounding is allowed to all.
    let rounding = Double(sums.filter(\.isFinite).max() ?? 0) * Double(E.ulpOfOne) * Double(allowance)
    let allowed = [Double](repeating: rounding, count: naive.count)
    return try worker.load(item).filter { $0.scale == 1 }.map { way in
      let output = try worker.output(way.name, of: item).elements().map(Double.init)
      return PeerComparison(way: way.name, output: OutputComparison(output: output, naive: naive, allowed: allowed))
    }
  }
}
