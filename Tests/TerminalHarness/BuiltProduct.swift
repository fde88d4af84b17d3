import Foundation

/// Programs that the package builds, found beside the running tests, in any build configuration.
public enum BuiltProduct {
  /// The path of a program; its bare name if there is none, which then fails to start.
  public static func path(_ name: String) -> String {
    for tests in [CommandLine.arguments.first, Bundle.main.executablePath].compactMap(\.self) {
      var folder = URL(fileURLWithPath: tests).deletingLastPathComponent()
      // On some systems the tests lie inside a bundle.
      for _ in 0..<4 {
        let program = folder.appendingPathComponent(name).path
        if FileManager.default.isExecutableFile(atPath: program) { return program }
        folder.deleteLastPathComponent()
      }
    }
    return name
  }
}
