// A program for the tests of the terminal: it shows frames or the events that came, and dies in every way.
//
//   TerminalDemo echo|frames|frames-small|crash-KIND [--depth DEPTH] [--no-mouse] [--theme THEME] [--wake]

import Foundation
import NcursesTerminal
import Screens
import TerminalHarness

let arguments = CommandLine.arguments
let mode = arguments.dropFirst().first ?? "echo"

func option(_ name: String) -> String? {
  arguments.firstIndex(of: name).flatMap { arguments.indices.contains($0 + 1) ? arguments[$0 + 1] : nil }
}

do throws(TerminalError) {
  try TerminalSignals.install()
  var options = TerminalOptions()
  options.depth = option("--depth").flatMap(ColorDepth.init)
  options.appearance.theme = option("--theme").flatMap(Theme.init) ?? .dark
  options.mouse = !arguments.contains("--no-mouse")
  let terminal = try NcursesTerminal(options: options)
  switch mode {
  case "frames": showFrames(on: terminal, colors: Int(option("--colors") ?? "") ?? 40)
  default: echo(on: terminal, crash: mode.hasPrefix("crash-") ? String(mode.dropFirst(6)) : nil)
  }
} catch {
  print(error)
  exit(69)
}
