import Foundation
import TestSupport
import Testing

/// The pictures in README.md are what the commands under them draw.
@Suite struct PictureTests {
  private static let package = Fixtures.directory.deletingLastPathComponent().deletingLastPathComponent()

  /// The scenes that draw numbers of the machine: their pictures differ from one to the next.
  private static let scenesOfTheMachine: Set = ["tiles", "orders", "timing"]

  struct Picture: CustomStringConvertible, Sendable {
    /// The words between `convscope` and the output file.
    let words: [String]
    let path: String
    var description: String { path }

    init?(_ line: Substring) {
      guard line.hasPrefix("`convscope render ") || line.contains(": `convscope render "),
        let start = line.firstRange(of: "`convscope "), let end = line.lastIndex(of: "`")
      else { return nil }
      let all = line[start.upperBound..<end].split(separator: " ").map(String.init)
      guard all.count > 2, all[all.count - 2] == "-o" else { return nil }
      words = Array(all.dropLast(2))
      path = all[all.count - 1]
    }

    var showsTheMachine: Bool { words.contains { scenesOfTheMachine.contains($0) } }
  }

  static func pictures() throws -> [Picture] {
    let text = try String(contentsOf: package.appending(path: "README.md"), encoding: .utf8)
    return text.split(separator: "\n").compactMap(Picture.init)
  }

  @Test func everyPictureInTheReadmeHasItsCommand() throws {
    let text = try String(contentsOf: Self.package.appending(path: "README.md"), encoding: .utf8)
    let shown = text.split(separator: "\n").filter { $0.hasPrefix("![") && $0.contains("(Demos/pictures/") }
    #expect(shown.count >= 5)
    let paths = try Self.pictures().map(\.path)
    for line in shown { #expect(paths.contains { line.hasSuffix("(\($0))") }, "\(line)") }
  }

  /// `CONVSCOPE_RECORD=1` draws them anew.
  @Test(arguments: try pictures())
  func itIsWhatItsCommandDraws(_ picture: Picture) throws {
    let file = Self.package.appending(path: picture.path)
    if ProcessInfo.processInfo.environment["CONVSCOPE_RECORD"] == "1" {
      let recorded = try ProgramRun(picture.words + ["-o", file.path], in: try ScratchFolder())
      #expect(recorded.status == 0, "\(recorded.errors)")
    }
    let folder = try ScratchFolder()
    // Measuring takes its time and changes nothing but numbers.
    let run = try ProgramRun(picture.words.filter { $0 != "--measure" } + ["-o", "picture.svg"], in: folder)
    #expect(run.status == 0, "\(run.errors)")
    let drawn = try String(contentsOfFile: folder.path("picture.svg"), encoding: .utf8)
    let committed = try String(contentsOf: file, encoding: .utf8)
    if picture.showsTheMachine {
      #expect(drawn.prefix { $0 != ">" } == committed.prefix { $0 != ">" }, "another size")
    } else {
      #expect(drawn == committed, "\(picture.path) is not up to date: CONVSCOPE_RECORD=1 draws it anew")
    }
  }
}
