import ArgumentParser
import Explorer
import Foundation
import Screens

extension Theme: ExpressibleByArgument {}

extension ColorDepth: ExpressibleByArgument {}

/// How a screen looks: the screen options.
struct ScreenOptions: ParsableArguments {
  @Option(help: "dark, light, mono or projector (default: by the terminal's COLORFGBG, else dark)") var theme: Theme?
  @Option(help: "truecolor, 256, 16 or mono (default: what the terminal has)") var color: ColorDepth?
  @Flag(help: "no colours at all; the environment's NO_COLOR says the same") var noColor = false
  @Flag(help: "only ASCII glyphs") var ascii = false
  @Flag(help: "leave the mouse to the terminal") var noMouse = false
  @Flag(help: "nothing moves until it is told to") var noMotion = false

  /// The colours asked for; nil leaves them to the terminal.
  var depth: ColorDepth? {
    if noColor { return .mono }
    if let color { return color }
    let noColor = ProcessInfo.processInfo.environment["NO_COLOR"] ?? ""
    return noColor.isEmpty ? nil : .mono
  }

  /// The look for a screen whose colours, if nobody asks for others, are the given ones.
  func appearance(depth otherwise: ColorDepth) -> Appearance {
    Appearance(theme: theme ?? Self.themeOfTerminal, depth: depth ?? otherwise, ascii: ascii, motion: !noMotion)
  }

  /// Terminals that set `COLORFGBG` say their background as its last part; 7 and 15 are the light ones.
  private static var themeOfTerminal: Theme {
    let last = ProcessInfo.processInfo.environment["COLORFGBG"]?.split(separator: ";").last
    return last == "7" || last == "15" ? .light : .dark
  }
}

/// A screen size as `COLUMNSxROWS`.
struct SizeOption: ExpressibleByArgument {
  let size: Size

  static let columns = 1...1000
  static let rows = 1...500
  static let help = ArgumentHelp(
    "columns × rows, at most \(columns.upperBound)x\(rows.upperBound) (default: 120x36)", valueName: "COLUMNSxROWS")

  init?(argument: String) {
    let parts = argument.split(separator: "x", omittingEmptySubsequences: false).map { Int($0) }
    guard parts.count == 2, let columns = parts[0], let rows = parts[1], Self.columns.contains(columns),
      Self.rows.contains(rows)
    else { return nil }
    size = Size(columns: columns, rows: rows)
  }

  /// The size, where a screen that only says how small it is would be of no use.
  func forScenes() throws(CommandFailure) -> Size {
    guard size.columns >= State.smallestSize.columns, size.rows >= State.smallestSize.rows else {
      let least = "\(State.smallestSize.columns)x\(State.smallestSize.rows)"
      throw .usage("--size: expected \(least) or more, got \(size.columns)x\(size.rows)")
    }
    return size
  }
}
