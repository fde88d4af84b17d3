import Foundation
import StridedTensor

/// The machine that measures.
public struct Machine: Hashable, Sendable {
  public let processor: String
  public let processors: Int
  public let system: String
  public let instructionSet: InstructionSet
  /// Data caches of the first processor, the nearest first; empty where the system does not tell.
  public let caches: [CacheDescription]

  public init(
    processor: String, processors: Int, system: String, instructionSet: InstructionSet, caches: [CacheDescription]
  ) {
    self.processor = processor
    self.processors = processors
    self.system = system
    self.instructionSet = instructionSet
    self.caches = caches
  }

  public static func ofThisProcess() -> Machine {
    Machine(
      processor: processorName(), processors: ProcessInfo.processInfo.activeProcessorCount,
      system: ProcessInfo.processInfo.operatingSystemVersionString, instructionSet: .best,
      caches: CacheDescription.ofThisMachine())
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
