import ArgumentParser
import Convolution

#if canImport(Darwin)
  import Darwin
#elseif canImport(Musl)
  import Musl
#else
  import Glibc
#endif

/// By which algorithm and on how many threads.
struct ComputingOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp("one of \(Self.algorithmNames) (default: auto)", valueName: "NAME"),
    completion: .words(of: ConvolutionAlgorithm.self))
  var algorithm: String?
  @Option(
    parsing: .unconditional, help: ArgumentHelp("threads to work on (default: one for each processor)", valueName: "N"))
  var threads: String?

  @Flag(help: "Forbid auto to take Winograd, whose rounding is some ten times that of the others.") var exact = false

  private static let algorithmNames = ConvolutionAlgorithm.allCases.map(\.rawValue).joined(separator: ", ")

  /// More threads than any machine this is for has processors.
  private static let mostThreads = 1024

  func chosenAlgorithm() throws(CommandFailure) -> ConvolutionAlgorithm {
    guard let algorithm else { return .auto }
    guard let known = ConvolutionAlgorithm(rawValue: algorithm) else {
      throw .usage("--algorithm: expected one of \(Self.algorithmNames), got '\(algorithm)'")
    }
    return known
  }

  func threadCount() throws(CommandFailure) -> Int {
    guard let threads else { return min(max(sysconf(Int32(_SC_NPROCESSORS_ONLN)), 1), Self.mostThreads) }
    guard let count = Int(threads), 1...Self.mostThreads ~= count else {
      throw .usage("--threads: expected a whole number from 1 to \(Self.mostThreads), got '\(threads)'")
    }
    return count
  }
}
