import CNcurses
import Screens

/// Taking the terminal and giving it back.
extension NcursesTerminal {
  /// Presses, drags and releases with the first button held (1002), in decimal notation without a limit (1006).
  private static let mouseOn = "\u{1B}[?1000h\u{1B}[?1002h\u{1B}[?1006h"
  private static let mouseOff = "\u{1B}[?1006l\u{1B}[?1002l\u{1B}[?1000l"
  private static let pasteOn = "\u{1B}[?2004h"
  private static let pasteOff = "\u{1B}[?2004l"
  static let synchronizedOn = "\u{1B}[?2026h"
  static let synchronizedOff = "\u{1B}[?2026l"
  /// The longest text that is put on the clipboard, in bytes; xterm takes no more in Base64.
  static let clipboardLimit = 74_994

  func enter() {
    let modes = speaksXterm ? Self.mouseOff + Self.pasteOff + Self.synchronizedOff : ""
    let leaving =
      modes + ["sgr0", "op", "cnorm"].compactMap(Self.capability).joined()
      + (Self.capability("rmcup") ?? "\r\n")
    let bytes = leaving.utf8.map { CChar(bitPattern: $0) }
    terminal_guard_arm(bytes, bytes.count)
    isActive = true
    terminal_place_cursor(-1, -1)
    terminal_forget()
    terminal_refresh("", "")
    // Its own writes may only follow what made the screen the terminal's current one.
    setModes()
    terminal_guard_hold_messages(output)
    forgetScreen()
  }

  private func setModes() {
    guard speaksXterm else { return }
    send(Self.pasteOn + (mouseEnabled ? Self.mouseOn : ""))
  }

  public func leave() {
    guard isActive else { return }
    isActive = false
    if speaksXterm { send(Self.mouseOff + Self.pasteOff + Self.synchronizedOff) }
    terminal_place_cursor(0, 0)
    endwin()
    terminal_guard_set_modes()
    terminal_guard_disarm()
    terminal_guard_release_messages()
  }

  /// Stops the process as Ctrl-Z does; returns when it is continued.
  func suspend(wholeJob: Bool) {
    guard isActive else { return }
    leave()
    interruptions_stop(wholeJob)
    // The modes may have been changed meanwhile.
    def_shell_mode()
    _ = terminal_guard_remember(output)
    enter()
    pending.append(.resumed)
    noticeSize()
  }

  /// Continued after a stop that could not be caught: someone else has written on the screen and set its modes.
  func recover() {
    guard isActive else { return }
    reset_prog_mode()
    setModes()
    forgetScreen()
    pending.append(.resumed)
    noticeSize()
  }

  /// Takes the terminal's present size, and tells if it is another.
  func noticeSize() {
    var columns: Int32 = 0
    var rows: Int32 = 0
    guard terminal_window_size(output, &columns, &rows) else { return }
    let present = Size(columns: Int(columns), rows: Int(rows))
    guard present != size else { return }
    resizeterm(rows, columns)
    size = present
    forgetScreen()
    pending.append(.resized(present))
  }

  /// The next frame is written whole.
  func forgetScreen() {
    painted = nil
    lastFrame = nil
    terminal_forget()
  }

  public func setMouse(_ enabled: Bool) {
    guard enabled != mouseEnabled else { return }
    mouseEnabled = enabled
    if isActive, speaksXterm { send(enabled ? Self.mouseOn : Self.mouseOff) }
  }

  /// Text longer than 74994 bytes is not copied, as terminals would cut it.
  public func copyToClipboard(_ text: String) {
    let bytes = Array(text.utf8)
    guard isActive, speaksXterm, bytes.count <= Self.clipboardLimit else { return }
    send("\u{1B}]52;c;\(Base64.encode(bytes))\u{07}")
  }

  /// Writes past ncurses, to the same terminal.
  func send(_ text: String) { send(Array(text.utf8)) }

  func send(_ bytes: [UInt8]) {
    bytes.withUnsafeBufferPointer { bytes in
      bytes.withMemoryRebound(to: CChar.self) { _ = terminal_write(output, $0.baseAddress, $0.count) }
    }
  }
}
