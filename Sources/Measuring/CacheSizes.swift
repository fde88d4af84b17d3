import Foundation

/// One cache of the first processor, as Linux tells it.
public struct CacheDescription: Hashable, Sendable {
  public let level: Int
  public let bytes: Int
  public let lineBytes: Int
  /// 0 for fully associative.
  public let ways: Int

  public init(level: Int, bytes: Int, lineBytes: Int, ways: Int) {
    self.level = level
    self.bytes = bytes
    self.lineBytes = lineBytes
    self.ways = ways
  }

  /// The data caches of the first processor, the nearest first; empty where the system does not tell.
  public static func ofThisMachine(directory: String = "/sys/devices/system/cpu/cpu0/cache") -> [CacheDescription] {
    let entries = (try? FileManager.default.contentsOfDirectory(atPath: directory)) ?? []
    return entries.filter { $0.hasPrefix("index") }.compactMap { entry in
      func text(_ name: String) -> String? {
        (try? String(contentsOfFile: "\(directory)/\(entry)/\(name)", encoding: .utf8))?
          .trimmingCharacters(in: .whitespacesAndNewlines)
      }
      guard text("type") != "Instruction", let level = text("level").flatMap({ Int($0) }),
        let size = text("size").flatMap(bytes), let line = text("coherency_line_size").flatMap({ Int($0) }),
        let ways = text("ways_of_associativity").flatMap({ Int($0) })
      else { return nil }
      return CacheDescription(level: level, bytes: size, lineBytes: line, ways: ways)
    }.sorted { $0.level < $1.level }
  }

  /// `32K`, `1024K`, `2M`.
  private static func bytes(_ text: String) -> Int? {
    let scale = ["K": 1 << 10, "M": 1 << 20, "G": 1 << 30][text.last.map(String.init) ?? ""]
    guard let number = Int(scale == nil ? text[...] : text.dropLast()), number > 0 else { return nil }
    let (bytes, overflow) = number.multipliedReportingOverflow(by: scale ?? 1)
    return overflow ? nil : bytes
  }
}
