import Foundation
import Testing

/// A page of a documentation catalog whose code a test runs: the code must stand in the test line for line, and print what the
/// page says that it prints.
final class Article {
  private let name: String
  /// The lines of all its Swift blocks, without indentation and blank lines.
  private let code: [String]
  private var printed: [String] = []

  static let package = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent()

  /// - Parameter name: module and page, as in `Convolution/Im2col`.
  init(_ name: String) throws {
    self.name = name
    let parts = name.split(separator: "/")
    let path = "Sources/\(parts[0])/\(parts[0]).docc/\(parts[1]).md"
    code = Self.code(in: try String(contentsOf: Self.package.appending(path: path), encoding: .utf8))
  }

  /// Notes a line instead of printing it, as `print` writes it.
  func print(_ items: [Any]) { printed.append(items.map { "\($0)" }.joined(separator: " ")) }

  /// Compares the page with what has run.
  func check(file: String = #filePath) throws {
    #expect(!code.isEmpty, "\(name) has no code")
    let lines = Self.trimmed(try String(contentsOf: URL(filePath: file), encoding: .utf8))
    let isThere = lines.indices.contains { lines[$0...].starts(with: code) }
    #expect(isThere, "the code of \(name) is not what its test runs")
    let promised = code.compactMap { line -> String? in
      guard line.contains("print("), let comment = line.firstRange(of: "  // ") else { return nil }
      return String(line[comment.upperBound...])
    }
    #expect(promised == printed, "\(name)")
  }

  static func code(in page: String) -> [String] {
    var isCode = false
    var lines: [String] = []
    for line in trimmed(page) {
      if line.hasPrefix("```") {
        isCode = line == "```swift"
      } else if isCode {
        lines.append(line)
      }
    }
    return lines
  }

  private static func trimmed(_ text: String) -> [String] {
    text.split(separator: "\n").map { $0.trimmingCharacters(in: .whitespaces) }.filter { !$0.isEmpty }
  }
}

/// No page is forgotten.
@Suite struct ArticleTests {
  @Test func everyPageWithCodeHasItsTest() throws {
    let files = FileManager.default
    let tests = Article.package.appending(path: "Tests/DocumentationTests")
    let sources = try files.contentsOfDirectory(at: tests, includingPropertiesForKeys: nil)
      .filter { $0.pathExtension == "swift" }.map { try String(contentsOf: $0, encoding: .utf8) }.joined()
    let modules = Article.package.appending(path: "Sources")
    for module in try files.contentsOfDirectory(atPath: modules.path) {
      let catalog = modules.appending(path: "\(module)/\(module).docc")
      guard let pages = try? files.contentsOfDirectory(at: catalog, includingPropertiesForKeys: nil) else { continue }
      for page in pages where page.pathExtension == "md" {
        guard try !Article.code(in: String(contentsOf: page, encoding: .utf8)).isEmpty else { continue }
        let name = "\(module)/\(page.deletingPathExtension().lastPathComponent)"
        #expect(sources.contains("Article(\"\(name)\")"), "\(name)")
      }
    }
  }
}
