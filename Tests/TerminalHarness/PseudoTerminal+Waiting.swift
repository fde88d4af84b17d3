import Foundation
import Screens

/// Looking at the screen, and waiting for it to change; never for time to pass.
extension PseudoTerminal {
  /// What is on the screen after everything that the program has written so far.
  public var screen: Snapshot {
    drain()
    let size = emulated.size
    var cells: [ShownCell] = []
    cells.reserveCapacity(size.rows * size.columns)
    for row in 0..<size.rows {
      for column in 0..<size.columns { cells.append(emulated.cell(column: column, row: row)) }
    }
    return Snapshot(
      size: size, cells: cells, cursor: emulated.cursor, cursorIsVisible: privateModes.enabled.contains(25),
      isAlternate: !privateModes.enabled.isDisjoint(with: PrivateModes.alternateScreens))
  }

  /// Waits until a text stands on the screen.
  @discardableResult
  public func waitFor(_ text: String, timeout: Duration = .seconds(10)) throws -> Snapshot {
    try waitUntil("'\(text)'", timeout: timeout) { $0.contains(text) }
  }

  /// Waits until the screen fulfils a condition.
  @discardableResult
  public func waitUntil(
    _ what: String, timeout: Duration = .seconds(10), _ condition: (Snapshot) throws -> Bool
  ) throws -> Snapshot {
    let deadline = ContinuousClock.now + timeout
    while true {
      let screen = screen
      if try condition(screen) { return screen }
      if let status { throw HarnessError.ended(status, waitingFor: what, screen: screen.text) }
      guard ContinuousClock.now < deadline else { throw HarnessError.timedOut(what, screen: screen.text) }
      waitForOutput()
      reap()
    }
  }

  /// Waits until the program has ended, and reads the last of its output.
  @discardableResult
  public func waitForExit(timeout: Duration = .seconds(10)) throws -> ExitStatus {
    let deadline = ContinuousClock.now + timeout
    while true {
      drain()
      reap()
      if let status {
        drain()
        return status
      }
      guard ContinuousClock.now < deadline else { throw HarnessError.timedOut("the end", screen: screen.text) }
      waitForOutput()
    }
  }

  /// Waits until a condition outside the screen holds, such as the program's state in the system.
  public func wait(for what: String, timeout: Duration = .seconds(10), _ condition: () throws -> Bool) throws {
    try waitUntil(what, timeout: timeout) { _ in try condition() }
  }

  func drain() {
    guard master >= 0 else { return }
    var buffer = [UInt8](repeating: 0, count: 65536)
    while true {
      let count = read(master, &buffer, buffer.count)
      guard count > 0 else { return }
      output += buffer[..<count]
      privateModes.read(buffer[..<count])
      emulated.write(buffer[..<count])
    }
  }

  /// Sleeps until there is output, but not so long that the program's end would be noticed late.
  private func waitForOutput() {
    var watched = pollfd(fd: master, events: Int16(POLLIN), revents: 0)
    poll(&watched, 1, 5)
  }

  private func reap() {
    guard status == nil else { return }
    var code: Int32 = 0
    guard waitpid(process, &code, WNOHANG) == process else { return }
    let signal = code & 0x7F
    status = signal == 0 ? .exited((code >> 8) & 0xFF) : .signaled(signal)
    drain()
  }
}
