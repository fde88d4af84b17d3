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
  @Option(help: ArgumentHelp("auto, or one of \(Self.algorithmNames) (default: auto)", valueName: "NAME"))
  var algorithm: String?
  @Option(
    parsing: .unconditional, help: ArgumentHelp("threads to work on (default: one for each processor)", valueName: "N"))
  var threads: String?

  private static let algorithmNames = ConvolutionAlgorithm.allCases.map(\.rawValue).joined(separator: ", ")

  /// More threads than any machine this is for has processors.
  private static let mostThreads = 1024

  func chosenAlgorithm() throws(CommandFailure) -> ConvolutionAlgorithm {
    guard let algorithm, algorithm != "auto" else { return .im2col }
    guard let known = ConvolutionAlgorithm(rawValue: algorithm) else {
      throw .usage("--algorithm: expected auto or one of \(Self.algorithmNames), got '\(algorithm)'")
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
