import Experiments
import Explorer
import Foundation
import Testing

/// The manual page: roff that holds what the tables hold.
@Suite struct ManualTests {
  private func manual() throws -> String {
    let run = try ProgramRun(["manual"], in: try ScratchFolder())
    #expect(run.status == 0, "\(run.errors)")
    return run.output
  }

  /// As a reader sees it, roff's escapes undone.
  private func plain(_ page: String) -> String {
    page.replacing("\\-", with: "-").replacing("\\fB", with: "").replacing("\\fI", with: "")
      .replacing("\\fR", with: "").replacing("\\&", with: "").replacing("\\e", with: "\\")
  }

  @Test func itHasEveryCommandAndScene() throws {
    let page = try manual()
    #expect(page.hasPrefix(".TH CONVSCOPE 1"))
    for command in [
      "explore", "conv", "im2col", "strided", "verify", "bench", "render", "record", "lesson", "exercise", "handout",
    ] {
      #expect(page.contains(".SH \"CONVSCOPE \(command.uppercased())\""), "\(command)")
    }
    for scene in Scene.allCases { #expect(plain(page).contains(scene.summary), "\(scene)") }
  }

  /// The name of a command in the place of an input would be taken for the command.
  @Test func aFileNamedLikeACommandIsWrittenWithItsFolder() throws {
    let commands = try manual().split(separator: "\n").filter { $0.hasPrefix(".SH \"CONVSCOPE ") }
      .compactMap { $0.split { " \"".contains($0) }.last?.lowercased() }
    #expect(commands.count >= 10)
    for command in commands { #expect(InputWord.file(command).word == "./\(command)") }
  }

  @Test func itHasTheTableOfKeys() throws {
    let page = plain(try manual()).split(separator: "\n").joined(separator: " ")
    for line in Keymap.manual.split(separator: "\n") {
      for part in line.split(separator: " ") { #expect(page.contains(part), "\(line)") }
    }
  }

  @Test func itHasEveryOptionOfTheExplorer() throws {
    let help = try ProgramRun(["explore", "--help"], in: try ScratchFolder()).output
    let page = plain(try manual())
    let options = help.split(separator: "\n").filter { $0.hasPrefix("  --") }
      .compactMap { $0.split(separator: " ").first }.filter { $0 != "--version" }
    #expect(options.count > 20)
    for option in options {
      let isThere = page.split(separator: "\n").contains { $0 == option || $0.hasPrefix("\(option) ") }
      #expect(isThere, "\(option)")
    }
  }

  /// A text that begins with a dot or a quote would be taken for a macro.
  @Test func onlyMacrosBeginWithADot() throws {
    let macros = [".TH", ".SH", ".B", ".br", ".PP", ".TP", ".RS", ".RE", ".nf", ".fi"]
    for line in try manual().split(separator: "\n") where line.first == "." || line.first == "'" {
      #expect(macros.contains(String(line.prefix { $0 != " " })), "\(line)")
    }
  }
}
