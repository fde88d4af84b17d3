/// The private modes (`ESC [ ? n h`) that a program's output has left switched on.
public struct PrivateModes: Hashable, Sendable {
  public private(set) var enabled: Set<Int> = []
  private var sequence: [UInt8] = []

  public static let mouse: Set<Int> = [9, 1000, 1001, 1002, 1003, 1005, 1006, 1015]
  public static let alternateScreens: Set<Int> = [47, 1047, 1049]
  public static let bracketedPaste = 2004
  public static let synchronizedOutput = 2026

  /// Modes that a fresh terminal has on: wrapping and the cursor.
  init() { enabled = [7, 25] }

  mutating func read(_ bytes: ArraySlice<UInt8>) {
    for byte in bytes {
      if byte == 0x1B {
        sequence = [byte]
      } else if !sequence.isEmpty {
        sequence.append(byte)
        if sequence.count == 2 {
          if byte != UInt8(ascii: "[") { sequence = [] }
        } else if (0x40...0x7E).contains(byte) {
          finish()
          sequence = []
        }
      }
    }
  }

  private mutating func finish() {
    guard let final = sequence.last, final == UInt8(ascii: "h") || final == UInt8(ascii: "l") else { return }
    guard sequence.count > 3, sequence[2] == UInt8(ascii: "?") else { return }
    for number in sequence[3..<sequence.count - 1].split(separator: UInt8(ascii: ";")) {
      guard let mode = Int(String(decoding: number, as: UTF8.self)) else { continue }
      if final == UInt8(ascii: "h") { enabled.insert(mode) } else { enabled.remove(mode) }
    }
  }
}
