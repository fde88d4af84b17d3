import CNcurses

/// The signals that concern a program on a terminal, turned into events.
public enum TerminalSignals {
  /// Catches INT, TERM, HUP, QUIT, TSTP, CONT and WINCH; call it first of all in `main`.
  ///
  /// They wait in a pipe until a terminal reads them. Child processes start with the default actions. Idempotent.
  public static func install() throws(TerminalError) {
    guard interruptions_install() else { throw .system("a pipe for signals") }
  }

  /// Lets even a stack overflow on the calling thread give the terminal back; the main thread needs no such call.
  public static func coverThisThread() { terminal_guard_cover_thread() }

  /// Ends the process by the signal's own default action, so that its parent sees the cause.
  ///
  /// For a program that has left its terminal after `.terminated(signal:)`.
  public static func die(of signal: Int32) -> Never {
    interruptions_die(signal)
    fatalError("a signal's default action returned")
  }
}
