import Foundation
import TerminalHarness
import TestSupport
import Testing

/// What `Demos` promises, run as its reader would run it.
@Suite struct DemoTests {
  private static let demos = Fixtures.directory.deletingLastPathComponent().deletingLastPathComponent()
    .appending(path: "Demos")

  /// A row of a table in `Demos/README.md`: a command, and the texts that must stand in its output.
  struct Row: CustomStringConvertible, Sendable {
    let command: String
    let texts: [String]
    var description: String { command }

    /// `| claim | `convscope …` | words and `texts` |`; nil for any other line.
    init?(_ line: Substring) {
      let cells = line.split(separator: " | ")
      guard cells.count == 3, line.hasPrefix("| "), cells[1].hasPrefix("`convscope ") else { return nil }
      command = String(cells[1].dropFirst().dropLast())
      texts = cells[2].split(separator: "`", omittingEmptySubsequences: false).enumerated()
        .filter { $0.offset % 2 == 1 }.map { String($0.element) }
    }
  }

  static func rows() throws -> [Row] {
    let text = try String(contentsOf: demos.appending(path: "README.md"), encoding: .utf8)
    return text.split(separator: "\n").compactMap(Row.init)
  }

  @Test func theTableHasTheWholeLecture() throws { #expect(try Self.rows().count >= 35) }

  @Test(arguments: try rows())
  func everyCommandShowsWhatTheTableSays(_ row: Row) throws {
    let words = row.command.split(separator: " ").map(String.init)
    let run = try ProgramRun(Array(words.dropFirst()), in: try ScratchFolder())
    #expect(run.status == 0, "\(run.errors)")
    #expect(!row.texts.isEmpty, "nothing to look for")
    for text in row.texts { #expect(run.output.contains(text), "'\(text)' is not on\n\(run.output)") }
  }

  @Test func theDigitsAreReadByTheLibrary() throws {
    let archive = Fixtures.directory.deletingLastPathComponent().deletingLastPathComponent()
      .appending(path: "Sources/Experiments/Digits/digits-cnn.npz").path
    let run = try self.run(BuiltProduct.path("DigitsDemo"), [archive], in: try ScratchFolder())
    #expect(run.status == 0, "\(run.output)")
    #expect(run.output.contains("10 of 10 read right"))
  }

  @Test func theDigitsAreReadByTheCommandLine() throws {
    let run = try script("digits.sh", [], in: try ScratchFolder())
    #expect(run.status == 0, "\(run.output)")
    for digit in 0...9 { #expect(run.output.contains("digit \(digit): read as \(digit), logit")) }
  }

  @Test(arguments: ["colour.jpg", "grey-16.png"])
  func aPhotographIsLookedAtInEveryWay(photo: String) throws {
    let folder = try ScratchFolder()
    let run = try script("photo.sh", [Fixtures.directory.appending(path: "files/\(photo)").path, "out"], in: folder)
    #expect(run.status == 0, "\(run.output)")
    #expect(run.output.contains("winograd") || run.output.contains("direct"))
    #expect(!run.output.contains("differs"))
    for name in ["edges-x.svg", "edges-y.svg", "im2col.svg"] {
      #expect(try String(contentsOfFile: folder.path("out/\(name)"), encoding: .utf8).hasPrefix("<svg"))
    }
    #expect(try folder.read("out/blurred.npy").rank == 4)
  }

  /// A script of `Demos`, with the built program on its path.
  private func script(
    _ name: String, _ arguments: [String], in folder: ScratchFolder
  ) throws -> (status: Int32, output: String) {
    try run("/bin/sh", [Self.demos.appending(path: name).path] + arguments, in: folder)
  }

  private func run(
    _ program: String, _ arguments: [String], in folder: ScratchFolder
  ) throws -> (status: Int32, output: String) {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: program)
    process.arguments = arguments
    process.currentDirectoryURL = folder.url
    let tools = URL(fileURLWithPath: ProgramRun.program).deletingLastPathComponent().path
    process.environment = ["PATH": "\(tools):/usr/bin:/bin"]
    process.standardInput = FileHandle.nullDevice
    let pipe = Pipe()
    process.standardOutput = pipe
    process.standardError = pipe
    try process.run()
    let output = pipe.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    return (process.terminationStatus, String(decoding: output, as: UTF8.self))
  }
}
