import Screens
import TerminalHarness

/// The program `TerminalDemo` on a terminal of its own.
func demo(
  _ arguments: String..., environment: [String: String] = [:], size: Size = Size(columns: 120, rows: 24)
) throws -> PseudoTerminal {
  try PseudoTerminal([BuiltProduct.path("TerminalDemo")] + arguments, environment: environment, size: size)
}

extension Snapshot {
  /// Whether an event stands on the screen.
  func shows(_ event: TerminalEvent) -> Bool { contains(" " + event.shown) }
}

extension PseudoTerminal {
  func waitFor(_ event: TerminalEvent) throws { try waitFor(" " + event.shown) }
}
