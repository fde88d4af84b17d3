import ArgumentParser
import Convolution
import Experiments
import Foundation
import Measuring
import StridedTensor

/// `convscope verify`: every algorithm against the naive loops.
struct VerifyCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "verify", abstract: "Check every algorithm against the naive loops.",
    discussion: """
      Prints for each algorithm the norm of its difference from the naive output, as the lecture does with \
      np.linalg.norm, and the largest difference beside what rounding allows there: \(VerifyCommand.allowance) ε·Σ|a·b|. \
      The exit status is 1 if one disagrees. An algorithm that does not cover the convolution is skipped.

      Examples:
        convscope verify
        convscope verify random:10x32x32x8 --weight random:3x3x8x16 --dtype float64
      """)

  /// Rounding errors allowed, in units of ε·Σ|a·b| of the output element.
  static let allowance = 8
  /// Winograd's in the same units, of the largest element: its rounding mixes all outputs of a tile and is some ten times that of the others.
  static let winogradAllowance = 128

  @OptionGroup var experiment: ExperimentOptions
  @Option(help: ArgumentHelp("numpy, pytorch or both, run by the python3 in the path", valueName: "NAMES"))
  var peers: String?
  @Flag(help: "Print JSON.") var json = false

  func run() throws {
    Interruption.endsTheProgram()
    let peerNames = try PeerName.parse(peers)
    let experiment = try experiment.experiment()
    Messages.notes(experiment.notes)
    let comparisons = try Self.compare(experiment)
    let peers = try PeerComparison.all(peerNames, experiment, allowance: Self.winogradAllowance)
    try StandardStream.output.write(
      json ? Self.json(experiment, comparisons, peers) : Self.table(experiment, comparisons, peers))
    guard Self.outputs(comparisons, peers).allSatisfy(\.agrees) else { throw ExitCode(1) }
    if let failure = comparisons.compactMap(\.comparison.failure).first { throw failure }
  }

  private typealias Row = (algorithm: ConvolutionAlgorithm, comparison: AlgorithmComparison)

  /// All that was compared.
  private static func outputs(_ rows: [Row], _ peers: [PeerComparison]) -> [OutputComparison] {
    rows.compactMap(\.comparison.output) + peers.map(\.output)
  }

  private static func compare(_ experiment: Experiment) throws -> [Row] {
    let naive = try experiment.output(algorithm: .naive).elementsAsDouble
    let isWide = experiment.elementType == .float64
    let epsilon = isWide ? Double.ulpOfOne : Double(Float.ulpOfOne)
    // The smallest numbers round by as much as they are, at every product and sum.
    let smallest = isWide ? Double.leastNonzeroMagnitude : Double(Float.leastNonzeroMagnitude)
    let underflow = smallest * Double(2 * experiment.geometry.patchColumns)
    let allowed = try experiment.magnitudes().output(algorithm: .naive).elementsAsDouble
      .map { ($0 * epsilon + underflow) * Double(allowance) }
    let units = Double(winogradAllowance) / Double(allowance)
    let byWinograd = [Double](repeating: (allowed.max() ?? 0) * units, count: allowed.count)
    return ConvolutionAlgorithm.allCases.filter { $0 != .naive }.map { algorithm in
      let chosen = algorithm == .auto ? experiment.geometry.automaticChoice(runs: 1).algorithm : algorithm
      let allowed = chosen == .winograd ? byWinograd : allowed
      do throws(ConvolutionError) {
        let output = try experiment.output(algorithm: algorithm).elementsAsDouble
        return (algorithm, .compared(OutputComparison(output: output, naive: naive, allowed: allowed)))
      } catch {
        return (algorithm, AlgorithmComparison(error))
      }
    }
  }

  private static func table(
    _ experiment: Experiment, _ comparisons: [Row], _ peers: [PeerComparison]
  ) -> String {
    func padded(_ text: String, _ width: Int) -> String {
      text + String(repeating: " ", count: max(width - text.count, 1))
    }
    let names = ["algorithm"] + comparisons.map(\.algorithm.rawValue) + peers.map(\.way)
    let name = (names.map(\.count).max() ?? 0) + 2
    func figures(_ output: OutputComparison) -> String {
      padded(short(output.norm), 14) + padded(short(output.largest), 19) + padded(short(output.allowed), 14)
        + output.verdict
    }
    let header =
      padded("algorithm", name) + padded("‖out − naive‖", 14) + padded("largest difference", 19)
      + padded("allowed there", 14)
    let rows = comparisons.map { row in
      let text =
        switch row.comparison {
        case .compared(let output): figures(output)
        case .skipped(let reason): "skipped: \(reason)"
        case .failed(let failure): "failed: \(failure.message)"
        }
      return padded(row.algorithm.rawValue, name) + text
    }
    let others = peers.map { padded($0.way, name) + figures($0.output) }
    let isWhole = outputs(comparisons, peers).allSatisfy { $0.uncompared == 0 }
    return ([experiment.summaryLine, header] + rows + others + (isWhole ? [] : [OutputComparison.uncomparedNote]))
      .joined(separator: "\n") + "\n"
  }

  /// Three significant digits: more would say nothing of a rounding error.
  private static func short(_ value: Double) -> String { String(format: "%.3g", value) }

  private static func json(
    _ experiment: Experiment, _ comparisons: [Row], _ peers: [PeerComparison]
  ) -> String {
    let results = comparisons.map { row in
      let name = row.algorithm.rawValue
      return switch row.comparison {
      case .compared(let output): output.json(of: name)
      case .skipped(let reason): JSONText.object([("algorithm", .string(name)), ("skipped", .string(reason))])
      case .failed(let failure): JSONText.object([("algorithm", .string(name)), ("failed", .string(failure.message))])
      }
    }
    return JSONText.object([
      ("input", .integers(experiment.geometry.inputShape)), ("weight", .integers(experiment.geometry.weightShape)),
      ("output", .integers(experiment.geometry.outputShape)), ("dtype", .string(experiment.elementType.rawValue)),
      ("results", .array(results)), ("peers", .array(peers.map { $0.output.json(of: $0.way) })),
      (
        "agrees",
        .bool(
          outputs(comparisons, peers).allSatisfy(\.agrees) && comparisons.allSatisfy { $0.comparison.failure == nil })
      ),
    ]).text + "\n"
  }
}
