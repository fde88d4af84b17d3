import Foundation
import Screens

/// What a user does.
extension PseudoTerminal {
  /// Types a text, or sends any bytes.
  public func send(_ text: String) { send(Array(text.utf8)) }

  public func send(_ bytes: [UInt8]) {
    var rest = bytes[...]
    while !rest.isEmpty, master >= 0 {
      let count = rest.withUnsafeBytes { write(master, $0.baseAddress, $0.count) }
      if count > 0 {
        rest = rest.dropFirst(count)
      } else if errno == EAGAIN {
        // The program does not read; it may wait for its output to be read.
        drain()
        var watched = pollfd(fd: master, events: Int16(POLLIN | POLLOUT), revents: 0)
        poll(&watched, 1, 5)
        if kill(process, 0) != 0 { return }
      } else if errno != EINTR {
        return
      }
    }
  }

  /// Presses a key, in the bytes that xterm sends for it.
  public func send(_ key: Key) { send(Self.bytes(of: key)) }

  /// Sends a mouse report in xterm's decimal notation; a double click is two presses and releases.
  public func send(mouse kind: MouseEvent.Kind, column: Int, row: Int) {
    func report(_ code: Int, _ final: String = "M") -> String {
      "\u{1B}[<\(code);\(column + 1);\(row + 1)\(final)"
    }
    switch kind {
    case .press: send(report(0))
    case .drag: send(report(32))
    case .release: send(report(0, "m"))
    case .doubleClick: send(report(0) + report(0, "m") + report(0) + report(0, "m"))
    case .wheelUp: send(report(64))
    case .wheelDown: send(report(65))
    }
  }

  /// Changes the terminal's size; the system tells the program.
  public func resize(_ size: Size) {
    drain()
    emulated.resize(size)
    Self.setSize(size, of: master)
  }

  /// Sends a signal to the program.
  public func signal(_ signal: Int32) { kill(process, signal) }

  static func bytes(of key: Key) -> String {
    let escape = "\u{1B}"
    switch key {
    case .character(let character): return String(character)
    case .control(let character):
      let code = (character.asciiValue ?? 0) & 0x1F
      return String(UnicodeScalar(code))
    case .up: return escape + "[A"
    case .down: return escape + "[B"
    case .right: return escape + "[C"
    case .left: return escape + "[D"
    case .pageUp: return escape + "[5~"
    case .pageDown: return escape + "[6~"
    case .home: return escape + "[H"
    case .end: return escape + "[F"
    case .tab: return "\t"
    case .backTab: return escape + "[Z"
    case .enter: return "\r"
    case .escape: return escape
    case .backspace: return "\u{7F}"
    case .delete: return escape + "[3~"
    case .insert: return escape + "[2~"
    case .function(let number):
      let codes = [15, 17, 18, 19, 20, 21, 23, 24]
      if (1...4).contains(number) { return escape + "O" + ["P", "Q", "R", "S"][number - 1] }
      return (5...12).contains(number) ? escape + "[\(codes[number - 5])~" : ""
    }
  }
}

extension PseudoTerminal {
  /// Writes on the emulated screen behind the program's back.
  public func damage(_ text: String) {
    drain()
    emulated.write(Array(text.utf8)[...])
  }
}
