import ArgumentParser
import BenchOutput
import Convolution
import Experiments
import Foundation
import Measuring
import StridedTensor
import TensorFiles

/// `convscope bench`: how fast each algorithm is on this machine.
struct BenchCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "bench", abstract: "Time the algorithms on this machine.",
    discussion: """
      Every contender runs once cold and warms up for at least 50 ms; then all take turns in random order, --repeats rounds. A \
      repeat shorter than 0.5 ms is a mean over a batch, and untimed runs come before it. Repeats that something disturbed are \
      marked, and kept; a median of mostly such ones has a question mark, and so has a ceiling that was disturbed. Weights are packed or transformed before, as inference libraries do. GFLOP/s count the operations of the direct algorithm over the median, \
      which for winograd is more than it executes (marked ~). Behind a ratio stands its 95 % interval; where that holds 1, no \
      difference is shown. Ctrl-C prints what was measured so far.

      SPEC is N,H,W,Cin,K,Cout, then any of sS, pP, dD, gG. Without --shape, --gemm or --copy the lecture's shape is measured.

      Examples:
        convscope bench
        convscope bench --shape 1,56,56,64,3,64,p1 --shape 1,224,224,3,7,64,s2,p3 --threads 2
        convscope bench --gemm 1024,1024,1024 --copy 10,32,32,8,3,16 --dtype float64 --peers numpy
        convscope bench --shape 10,32,32,8,3,16 --peers numpy,pytorch --json bench.json
        convscope bench --shape 10,32,32,8,3,16 --baseline bench.json
        convscope bench --shape 1,56,56,64,3,64,p1 --sweep cin --algorithm direct --algorithm im2col
      """)

  @Option(help: ArgumentHelp("a convolution to time (may be repeated)", valueName: "SPEC")) var shape: [String] = []
  @Option(help: ArgumentHelp("a matrix product to time: rows, depth, columns (may be repeated)", valueName: "M,K,N"))
  var gemm: [String] = []
  @Option(help: ArgumentHelp("a patch matrix to copy, beside memcpy (may be repeated)", valueName: "SPEC"))
  var copy: [String] = []
  @Option(
    help: ArgumentHelp("an algorithm to time (may be repeated; default: all that cover the shape)", valueName: "NAME"))
  var algorithm: [String] = []
  @Option(parsing: .unconditional, help: ArgumentHelp("threads to work on (default: 1)", valueName: "N"))
  var threads: String?
  @Option(parsing: .unconditional, help: ArgumentHelp("rounds (default: 10)", valueName: "R")) var repeats: String?
  @Option(help: ArgumentHelp("float32 (default) or float64", valueName: "TYPE")) var dtype = "float32"
  @Option(help: ArgumentHelp("numpy, pytorch or both, run by the python3 in the path", valueName: "NAMES"))
  var peers: String?
  @Flag(help: "Leave the outputs unchecked.") var noCheck = false
  @Flag(help: "Time the packing and transforming of the weights too.") var includePreparation = false
  @Flag(help: "Forbid auto to take Winograd.") var exact = false
  @Option(help: ArgumentHelp("write JSON to a file, or - for standard output instead of the table", valueName: "FILE"))
  var json: String?
  @Option(help: ArgumentHelp("write every single sample as comma-separated values", valueName: "FILE"))
  var samples: String?
  @Option(help: ArgumentHelp("the JSON of an earlier run to put beside this one", valueName: "FILE"))
  var baseline: String?
  @Option(
    help: ArgumentHelp(
      "measure each --shape along one parameter: n, h, cin, cout, k or threads, as in cin or cin=8,16,32",
      valueName: "PARAMETER")) var sweep: String?

  /// The lecture's first shape.
  private static let lectureShape = "10,32,32,8,3,16"
  private static let mostRepeats = 100_000

  func run() throws {
    let algorithms = try chosenAlgorithms()
    let type = try elementType()
    let repeats = try count("--repeats", self.repeats, default: 10, most: Self.mostRepeats)
    let threads = try count("--threads", self.threads, default: 1, most: 1024)
    let wanted = try PeerName.parse(peers)
    let shapes = try (shape.isEmpty && gemm.isEmpty && copy.isEmpty ? [Self.lectureShape] : shape).map(
      Self.specification)
    let copies = try copy.map(Self.specification)
    let products = try gemm.map(Self.product)

    let sweep = try sweep.map(Self.sweep)
    var cases = shapes.flatMap { shape -> [MeasuringCase] in
      guard let sweep else {
        return [MeasuringCase(.convolution(shape.geometry), specification: shape.description, threads: threads)]
      }
      let values =
        sweep.values
        ?? MeasuringRequest.values(
          of: shape.geometry, along: sweep.parameter, processors: ProcessInfo.processInfo.activeProcessorCount)
      return MeasuringRequest.cases(of: shape.geometry, threads: threads, along: sweep.parameter, values: values)
    }
    for (text, sizes) in zip(gemm, products) {
      cases.append(
        MeasuringCase(
          .product(rows: sizes[0], depth: sizes[1], columns: sizes[2]), specification: text, threads: threads))
    }
    cases += copies.map { MeasuringCase(.patchCopy($0.geometry), specification: $0.description, threads: threads) }
    for item in cases { try item.checkMemory(itemSize: type.itemSize) }
    var request = MeasuringRequest(
      cases: cases, elementType: type, algorithms: algorithms ?? ConvolutionAlgorithm.allCases, peers: wanted,
      plan: .rounds(repeats))
    request.sweep = sweep?.parameter
    let earlier = try baseline.map { try MeasuringBaseline.reading($0).get() }
    request.isExact = exact
    request.includesPreparation = includePreparation
    request.checksOutputs = !noCheck
    // Named by the user, an algorithm that cannot do a shape is an error; else it is left out.
    for algorithm in algorithms ?? [] {
      for shape in shapes where !algorithm.covers(shape.geometry) {
        throw ConvolutionError.notCovered(algorithm, by: WinogradTile.coverage)
      }
    }

    for path in [json == "-" ? nil : json, samples].compactMap(\.self) { try TensorFile.checkWritable(path) }
    Interruption.isNoted()
    let progress = BenchProgress(isShown: StandardStream.error.isTerminal)
    let report = runMeasuring(request, isCancelled: { Interruption.isAsked }) { progress.show($0) }
    for failure in report.failures { Messages.write("convscope: note: \(failure)") }
    try write(report, earlier)
    if Interruption.isAsked { throw ExitCode(130) }
  }

  private func write(_ report: MeasuringReport, _ earlier: MeasuringBaseline?) throws {
    // The screen first: a file that cannot be written must not lose what was measured.
    let text = report.json(baseline: earlier)
    try StandardStream.output.write(
      json == "-" ? text : BenchTable(columns: StandardStream.output.columns).text(report, earlier))
    if let json, json != "-" { try TensorFile.write(Array(text.utf8), to: json) }
    if let samples { try TensorFile.write(Array(report.samplesCSV().utf8), to: samples) }
  }

  private func chosenAlgorithms() throws(CommandFailure) -> [ConvolutionAlgorithm]? {
    guard !algorithm.isEmpty else { return nil }
    var result: [ConvolutionAlgorithm] = []
    for name in algorithm {
      guard let known = ConvolutionAlgorithm(rawValue: name) else {
        let names = ConvolutionAlgorithm.allCases.map(\.rawValue).joined(separator: ", ")
        throw .usage("--algorithm: expected one of \(names), got '\(name)'")
      }
      result.append(known)
    }
    return result
  }

  private func elementType() throws(CommandFailure) -> ElementType {
    guard let type = ElementType(rawValue: dtype), type.isFloating else {
      throw .usage("--dtype: expected float32 or float64, got '\(dtype)'")
    }
    return type
  }

  private func count(_ option: String, _ text: String?, default: Int, most: Int) throws(CommandFailure) -> Int {
    guard let text else { return `default` }
    guard let value = Int(text), 1...most ~= value else {
      throw .usage("\(option): expected a whole number from 1 to \(most), got '\(text)'")
    }
    return value
  }

  /// A parameter, and its values if they are said.
  private static func sweep(_ text: String) throws(CommandFailure) -> (parameter: SweepParameter, values: [Int]?) {
    let words = text.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
    guard let parameter = words.first.flatMap({ SweepParameter(rawValue: $0.lowercased()) }) else {
      let names = SweepParameter.allCases.map(\.rawValue).joined(separator: ", ")
      throw .usage("--sweep: expected one of \(names), then perhaps =V1,V2,…, got '\(text)'")
    }
    guard words.count > 1 else { return (parameter, nil) }
    let parts = words[1].split(separator: ",", omittingEmptySubsequences: false)
    let values = parts.compactMap { Int($0) }
    guard values.count == parts.count, values.allSatisfy({ 1...(1 << 20) ~= $0 }) else {
      throw .usage(
        "--sweep: expected whole numbers from 1 to \(1 << 20) after \(parameter.rawValue)=, got '\(words[1])'")
    }
    return (parameter, values)
  }

  private static func specification(_ text: String) throws -> ShapeSpecification {
    do { return try ShapeSpecification(text) } catch let error as MeasuringError {
      throw CommandFailure.usage(error.description)
    }
  }

  /// Sizes of a product: three positive numbers.
  ///
  /// Whether the matrices fit into memory is asked later, of all cases.
  private static func product(_ text: String) throws(CommandFailure) -> [Int] {
    let parts = text.split(separator: ",", omittingEmptySubsequences: false)
    let sizes = parts.compactMap { Int32($0) }
    guard parts.count == 3, sizes.count == 3, sizes.allSatisfy({ $0 >= 1 }) else {
      throw .usage("--gemm: expected M,K,N, each from 1 to \(Int32.max), got '\(text)'")
    }
    return sizes.map(Int.init)
  }
}
