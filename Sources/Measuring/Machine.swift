import Foundation
import MatrixMultiply

/// The machine that measures, with its own ceilings.
public struct Machine: Sendable {
  public let processor: String
  public let processors: Int
  public let system: String
  public let instructionSet: InstructionSet
  /// Multiply-adds in registers on one thread, in 10⁹ operations a second.
  public let peakGigaflops: Double
  /// Bytes read and written by a copy of a large block on one thread, in 10⁹ a second.
  public let copyGigabytes: Double

  /// Measures the ceilings: some 50 ms.
  public static func measured(double: Bool) -> Machine {
    let count = 32 << 20
    let from = UnsafeMutableRawPointer.allocate(byteCount: count, alignment: 64)
    let to = UnsafeMutableRawPointer.allocate(byteCount: count, alignment: 64)
    defer {
      from.deallocate()
      to.deallocate()
    }
    memset(from, 1, count)
    memset(to, 2, count)
    let copy = (0..<5).map { _ in seconds(runs: 1) { memcpy(to, from, count) } }.min() ?? 1
    return Machine(
      processor: processorName(), processors: ProcessInfo.processInfo.activeProcessorCount,
      system: ProcessInfo.processInfo.operatingSystemVersionString, instructionSet: .best,
      peakGigaflops: double ? PeakProbe.gigaflops(Double.self) : PeakProbe.gigaflops(Float.self),
      copyGigabytes: 2 * Double(count) / copy * 1e-9)
  }

  private static func processorName() -> String {
    let text = (try? String(contentsOfFile: "/proc/cpuinfo", encoding: .utf8)) ?? ""
    for line in text.split(separator: "\n") where line.hasPrefix("model name") {
      if let colon = line.firstIndex(of: ":") {
        return line[line.index(after: colon)...].trimmingCharacters(in: .whitespaces)
      }
    }
    return "unknown"
  }
}

/// How fast the multiply-add units run when nothing else stands in their way.
enum PeakProbe {
  static func gigaflops<E: MatrixElement>(_ type: E.Type) -> Double {
    let kernels = Kernels<E>()
    return (0..<10).map { _ -> Double in
      var operations = 0.0
      let time = seconds(runs: 1) { operations = kernels.table.pointee.peak(100_000) }
      return operations / time * 1e-9
    }.max() ?? 0
  }
}
