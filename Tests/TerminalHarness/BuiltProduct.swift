import Foundation

/// Programs that the package builds, found beside the running tests, in any build configuration.
public enum BuiltProduct {
  public static func path(_ name: String) -> String {
    let directory = (Bundle.main.executablePath ?? CommandLine.arguments[0]) as NSString
    for candidate in [CommandLine.arguments[0], directory as String] {
      var folder = URL(fileURLWithPath: candidate).deletingLastPathComponent()
      for _ in 0..<4 {
        let program = folder.appendingPathComponent(name).path
        if FileManager.default.isExecutableFile(atPath: program), !program.hasSuffix(".build") { return program }
        folder.deleteLastPathComponent()
      }
    }
    return name
  }
}
