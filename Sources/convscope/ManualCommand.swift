import ArgumentParser
import Foundation

/// `convscope manual`: the manual page, from the same tables as `--help`.
struct ManualCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "manual", abstract: "Print the manual page.",
    discussion: """
      Examples:
        convscope manual | man -l -
        convscope manual > /usr/local/share/man/man1/convscope.1
      """)

  func run() throws {
    let tool = try JSONDecoder().decode(ToolHelp.self, from: Data(Convscope._dumpHelp().utf8))
    try StandardStream.output.write(ManualPage(tool.command, version: Convscope.configuration.version).text)
  }
}

/// What the argument parser tells of a program: the parts that a manual needs.
struct ToolHelp: Decodable {
  let command: Command

  struct Command: Decodable {
    let commandName: String
    let abstract: String?
    let discussion: String?
    let subcommands: [Command]?
    let arguments: [Argument]?
  }

  struct Argument: Decodable, Hashable {
    struct Name: Decodable, Hashable {
      let kind: String
      let name: String

      var text: String { (kind == "long" ? "--" : "-") + name }
    }

    let kind: String
    let shouldDisplay: Bool
    let names: [Name]?
    let valueName: String?
    let abstract: String?
    let isOptional: Bool

    /// `--stride S|Sy,Sx`, or `INPUT` for what has no name.
    var heading: String {
      let value = kind == "flag" ? "" : valueName ?? "value"
      guard let names, !names.isEmpty, kind != "positional" else { return value }
      return names.map(\.text).joined(separator: ", ") + (value.isEmpty ? "" : " " + value)
    }
  }
}
