import Foundation

/// A directory of files that appears whole or not at all.
enum OutputDirectory {
  /// Writes all files into a new directory beside the target, which then takes the target's place.
  ///
  /// - Throws: `CommandFailure` (73) where the target holds something already, or cannot be written.
  static func write(_ files: [(name: String, contents: String)], to path: String) throws {
    let target = URL(fileURLWithPath: path, isDirectory: true)
    let parent = target.deletingLastPathComponent()
    try checkIsFree(target, path)
    let temporary = parent.appendingPathComponent(".convscope-\(UUID().uuidString).tmp", isDirectory: true)
    do {
      try FileManager.default.createDirectory(at: temporary, withIntermediateDirectories: false)
      for file in files {
        try Data(file.contents.utf8).write(to: temporary.appendingPathComponent(file.name))
      }
      // An empty directory gives way; one that got a file meanwhile does not.
      guard rename(temporary.path, target.path) == 0 else {
        throw CocoaError(.fileWriteUnknown, userInfo: [NSLocalizedDescriptionKey: String(cString: strerror(errno))])
      }
    } catch {
      try? FileManager.default.removeItem(at: temporary)
      throw CommandFailure(message: "\(path): cannot be written: \(error.localizedDescription)", status: 73)
    }
  }

  private static func checkIsFree(_ target: URL, _ path: String) throws {
    var isDirectory: ObjCBool = false
    guard FileManager.default.fileExists(atPath: target.path, isDirectory: &isDirectory) else { return }
    guard isDirectory.boolValue else {
      throw CommandFailure(message: "\(path): expected a new or empty directory, got a file", status: 73)
    }
    let names: [String]
    do {
      names = try FileManager.default.contentsOfDirectory(atPath: target.path)
    } catch {
      throw CommandFailure(message: "\(path): cannot be looked into: \(error.localizedDescription)", status: 73)
    }
    guard names.isEmpty else {
      throw CommandFailure(
        message: "\(path): expected a new or empty directory, got one that holds \(names.count) "
          + (names.count == 1 ? "file" : "files"), status: 73)
    }
  }
}
