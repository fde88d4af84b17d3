import Foundation
import TerminalHarness
import Testing

/// `record`: an asciicast of the walk as it plays.
@Suite struct RecordTests {
  private let lecture = ["record", "arange:6x6", "--weight", "arange:3x3", "--size", "80x24"]

  @Test func aRecordingIsACastThatEndsAtItsLastStep() throws {
    let folder = try ScratchFolder()
    let run = try ProgramRun(lecture + ["--from", "2", "--to", "5", "-o", folder.path("a.cast")], in: folder)
    #expect(run.status == 0)
    let text = String(decoding: try Data(contentsOf: URL(filePath: folder.path("a.cast"))), as: UTF8.self)
    let lines = text.split(separator: "\n")
    let header = try #require(
      try JSONSerialization.jsonObject(with: Data(lines[0].utf8)) as? [String: Any])
    #expect(header["version"] as? Int == 2)
    #expect(header["width"] as? Int == 80 && header["height"] as? Int == 24)
    var last = 0.0
    for line in lines.dropFirst() {
      let frame = try #require(try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [Any])
      let time = try #require(frame[0] as? Double)
      #expect(time >= last)
      last = time
      #expect(frame[1] as? String == "o")
    }
    // Three steps at two a second.
    #expect((1.3...1.7).contains(last))
    #expect(text.contains("step 2 (3 of 16)"))
    #expect(lines.last?.contains("618") == true)
    #expect(try folder.names() == ["a.cast"])
  }

  @Test(arguments: [["--to", "-1"], ["--from", "5", "--to", "2"], ["--size", "0x0"], ["--speed", "never"]])
  func wrongWordsAreSaid(_ words: [String]) throws {
    let folder = try ScratchFolder()
    let run = try ProgramRun(lecture + words + ["-o", folder.path("a.cast")], in: folder)
    #expect(run.status == 64)
    #expect(run.errors.contains(words[0].dropFirst(2)))
    #expect(try folder.names().isEmpty)
  }

  @Test func anUnwritableRecordingIsSaid() throws {
    let folder = try ScratchFolder()
    let run = try ProgramRun(lecture + ["--to", "1", "-o", folder.path("none/a.cast")], in: folder)
    #expect(run.status == 73)
  }
}
