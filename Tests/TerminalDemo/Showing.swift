import Foundation
import NcursesTerminal
import Screens
import TerminalHarness

/// Random frames; each key shows the next one, `q` ends.
func showFrames(on terminal: NcursesTerminal, colors: Int) {
  var seed: UInt64 = 1
  terminal.paint(.random(seed: seed, size: terminal.size, colors: colors))
  while let event = terminal.nextEvent(deadline: nil) {
    switch event {
    case .key(.character("q")), .terminated: return terminal.leave()
    case .key(.control("l")): terminal.repaint(.random(seed: seed, size: terminal.size, colors: colors))
    case .key: seed += 1
    default: break
    }
    terminal.paint(.random(seed: seed, size: terminal.size, colors: colors))
  }
}

/// The events that came; `q` ends, `x` crashes if asked to, `w` is woken by another thread, `c` copies, `m` and `M` are
/// the mouse off and on.
func echo(on terminal: NcursesTerminal, crash: String?) {
  var events: [String] = []
  func frame() -> Frame {
    Frame.drawn(size: terminal.size) { canvas in
      let size = terminal.size
      canvas.put(
        "ready \(size.columns)x\(size.rows) \(terminal.depth.rawValue) utf8 \(terminal.isUTF8)", column: 0, row: 0)
      canvas.put(terminal.note ?? "no note", column: 0, row: 1)
      canvas.put("é漢", column: size.columns - 4, row: 0)
      for (row, event) in events.suffix(max(0, size.rows - 3)).enumerated() {
        canvas.put("\(max(0, events.count - max(0, size.rows - 3)) + row + 1) \(event)", column: 0, row: row + 2)
      }
      if events.last?.contains("\"e\"") == true { canvas.placeCursor(column: 5, row: 2) }
    }
  }
  terminal.paint(frame())
  while let event = terminal.nextEvent(deadline: nil) {
    events.append(event.shown)
    switch event {
    case .key(.character("q")), .key(.control("c")): return terminal.leave()
    case .key(.character("x")): if let crash { die(crash) }
    case .key(.character("c")): terminal.copyToClipboard("3×4 → é")
    case .key(.character("m")): terminal.setMouse(false)
    case .key(.character("M")): terminal.setMouse(true)
    case .key(.character("t")):
      if terminal.nextEvent(deadline: .now + .milliseconds(20)) == nil { events.append("deadline") }
    case .key(.character("w")):
      let mailbox = terminal.mailbox
      Thread.detachNewThread { for _ in 0..<1000 { mailbox.wake() } }
    case .terminated(let signal):
      terminal.leave()
      TerminalSignals.die(of: signal)
    default: break
    }
    terminal.paint(frame())
  }
}
