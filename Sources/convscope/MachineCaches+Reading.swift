import Foundation
import Walkthroughs

extension MachineCaches {
  /// The caches of the first processor as Linux tells them; typical ones where it does not.
  static func ofThisMachine(directory: String = "/sys/devices/system/cpu/cpu0/cache") -> MachineCaches {
    guard let level1 = geometry(level: 1, in: directory), let level2 = geometry(level: 2, in: directory) else {
      return .typical
    }
    return MachineCaches(level1: level1, level2: level2, areMeasured: true)
  }

  private static func geometry(level: Int, in directory: String) -> CacheGeometry? {
    let entries = (try? FileManager.default.contentsOfDirectory(atPath: directory)) ?? []
    for entry in entries.sorted() where entry.hasPrefix("index") {
      func text(_ name: String) -> String? {
        (try? String(contentsOfFile: "\(directory)/\(entry)/\(name)", encoding: .utf8))?
          .trimmingCharacters(in: .whitespacesAndNewlines)
      }
      guard text("level") == String(level), text("type") != "Instruction",
        let size = text("size").flatMap(bytes), let line = text("coherency_line_size").flatMap({ Int($0) }),
        let ways = text("ways_of_associativity").flatMap({ Int($0) })
      else { continue }
      // A machine that says 0 ways means fully associative; one that says nonsense is not modelled.
      return try? CacheGeometry(size: size, line: line, ways: ways > 0 || line <= 0 ? ways : size / line)
    }
    return nil
  }

  /// `32K`, `1024K`, `2M`.
  private static func bytes(_ text: String) -> Int? {
    let scale = ["K": 1 << 10, "M": 1 << 20, "G": 1 << 30][text.last.map(String.init) ?? ""]
    guard let number = Int(scale == nil ? text[...] : text.dropLast()), number > 0 else { return nil }
    let (bytes, overflow) = number.multipliedReportingOverflow(by: scale ?? 1)
    return overflow ? nil : bytes
  }
}
