/// The manual page in roff's `man` macros, made from what `--help` knows.
///
/// Texts are read as `--help` shows them: a blank line parts paragraphs, an indented line is an example, and an indented
/// line with a gap of two spaces is a term with its meaning, as in the table of keys.
struct ManualPage {
  private let root: ToolHelp.Command
  private let version: String
  private var lines: [String] = []
  private var described: Set<ToolHelp.Argument> = []

  init(_ root: ToolHelp.Command, version: String) {
    self.root = root
    self.version = version
  }

  var text: String {
    var page = self
    page.write()
    return page.lines.joined(separator: "\n") + "\n"
  }

  private mutating func write() {
    let commands = (root.subcommands ?? []).filter { $0.commandName != "help" }
    let title = root.commandName
    lines.append(".TH \(title.uppercased()) 1 \"\" \"\(title) \(version)\" \"User commands\"")
    section("NAME")
    lines.append(Self.escaped("\(title) - \(Self.withoutStop(root.abstract ?? ""))"))
    section("SYNOPSIS")
    for (index, command) in commands.enumerated() {
      if index > 0 { lines.append(".br") }
      // The explorer needs no name.
      synopsis(title + (index == 0 ? "" : " " + command.commandName), command)
    }
    section("DESCRIPTION")
    prose(root.discussion ?? "")
    for (index, command) in commands.enumerated() {
      section("\(title) \(command.commandName)")
      prose(command.abstract ?? "")
      prose(command.discussion ?? "")
      options(of: command, isFirst: index == 0)
    }
  }

  private mutating func section(_ title: String) { lines.append(".SH \"\(Self.escaped(title.uppercased()))\"") }

  /// The words that must be there, then the options as one word.
  private mutating func synopsis(_ name: String, _ command: ToolHelp.Command) {
    var words: [String] = []
    for argument in command.arguments ?? [] where argument.shouldDisplay {
      let isNamed = argument.kind != "positional"
      if isNamed && argument.isOptional { continue }
      let text = Self.escaped(argument.heading)
      words.append(argument.isOptional ? "[\\fI\(text)\\fR]" : isNamed ? "\\fB\(text)\\fR" : "\\fI\(text)\\fR")
    }
    let hasOptions = command.arguments?.contains { $0.shouldDisplay && $0.isOptional && $0.names?.last?.name != "help" }
    if hasOptions == true { words.append("[\\fIoptions\\fR]") }
    lines += [".B \(name)"] + (words.isEmpty ? [] : [words.joined(separator: " ")])
  }

  /// Each option is described where it first occurs; later ones are named.
  private mutating func options(of command: ToolHelp.Command, isFirst: Bool) {
    let all = (command.arguments ?? [])
      .filter { $0.shouldDisplay && !["version", "help"].contains($0.names?.last?.name) }
    let known = all.filter(described.contains)
    for argument in all where described.insert(argument).inserted {
      term(argument.heading, argument.abstract ?? "")
    }
    guard !known.isEmpty else { return }
    paragraph()
    prose("As above: " + known.map(\.heading).joined(separator: ", ") + ".")
  }

  private mutating func term(_ term: String, _ meaning: String) {
    lines += [".TP", "\\fB\(Self.escaped(term))\\fR", Self.escaped(meaning)]
  }

  private mutating func paragraph() {
    // A heading or another paragraph makes room already.
    if let last = lines.last, last.hasPrefix(".SH") || last == ".PP" { return }
    lines.append(".PP")
  }

  private mutating func prose(_ text: String) {
    guard !text.isEmpty else { return }
    paragraph()
    var isLiteral = false
    func line(_ text: Substring) -> Substring { text.drop { $0 == " " } }
    for row in text.split(separator: "\n", omittingEmptySubsequences: false) {
      let isIndented = row.hasPrefix("  ")
      let words = line(row)
      if row.hasPrefix(Self.continuation), !isLiteral, !words.isEmpty {
        lines.append(Self.escaped(String(words)))
        continue
      }
      let parts = Self.termAndMeaning(words)
      let literal = isIndented && parts == nil
      if literal, !isLiteral { paragraph() }
      if literal != isLiteral { lines += literal ? [".RS 4", ".nf"] : [".fi", ".RE"] }
      isLiteral = literal
      if words.isEmpty {
        paragraph()
      } else if literal {
        // Deeper indentation is part of an example.
        lines.append(Self.escaped(String(row.dropFirst(2))))
      } else if isIndented, let parts {
        term(parts.term, parts.meaning)
      } else {
        lines.append(Self.escaped(String(words)))
      }
    }
    if isLiteral { lines += [".fi", ".RE"] }
  }

  /// Where a meaning goes on that did not fit its term's line.
  private static let continuation = String(repeating: " ", count: 8)

  /// The two sides of a gap of two spaces.
  private static func termAndMeaning(_ line: Substring) -> (term: String, meaning: String)? {
    guard let gap = line.firstRange(of: "  ") else { return nil }
    return (String(line[..<gap.lowerBound]), String(line[gap.upperBound...].drop { $0 == " " }))
  }

  private static func withoutStop(_ text: String) -> String { text.hasSuffix(".") ? String(text.dropLast()) : text }

  /// Text that roff takes as it is.
  private static func escaped(_ text: String) -> String {
    var result = text.replacing("\\", with: "\\e").replacing("-", with: "\\-")
    if let first = result.first, ".'".contains(first) { result = "\\&" + result }
    return result
  }
}
