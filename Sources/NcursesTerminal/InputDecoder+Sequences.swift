import Screens

extension InputDecoder {
  /// Keys as Esc O and a letter: cursor keys in application mode, F1 to F4, the keypad's Enter.
  static let singleKeys: [UInt8: Key] = [
    UInt8(ascii: "A"): .up, UInt8(ascii: "B"): .down, UInt8(ascii: "C"): .right, UInt8(ascii: "D"): .left,
    UInt8(ascii: "H"): .home, UInt8(ascii: "F"): .end, UInt8(ascii: "M"): .enter, UInt8(ascii: "I"): .tab,
    UInt8(ascii: "P"): .function(1), UInt8(ascii: "Q"): .function(2), UInt8(ascii: "R"): .function(3),
    UInt8(ascii: "S"): .function(4),
  ]

  /// Keys as Esc [ number ~ (VT220, xterm, rxvt, the Linux console).
  static let numberedKeys: [Int: Key] = [
    1: .home, 2: .insert, 3: .delete, 4: .end, 5: .pageUp, 6: .pageDown, 7: .home, 8: .end,
    11: .function(1), 12: .function(2), 13: .function(3), 14: .function(4), 15: .function(5), 17: .function(6),
    18: .function(7), 19: .function(8), 20: .function(9), 21: .function(10), 23: .function(11), 24: .function(12),
  ]

  /// A complete control sequence: its parameter bytes and its final one.
  mutating func finishControl(
    _ final: UInt8, _ parameters: [UInt8], _ now: ContinuousClock.Instant, _ events: inout [TerminalEvent]
  ) {
    if parameters.first == UInt8(ascii: "<"), final == UInt8(ascii: "M") || final == UInt8(ascii: "m") {
      return takeMouse(Self.numbers(parameters.dropFirst()), released: final == UInt8(ascii: "m"), now, &events)
    }
    // Private answers of the terminal are no keys.
    guard parameters.allSatisfy({ (0x30...0x3B).contains($0) }) else { return }
    let numbers = Self.numbers(parameters[...])
    switch final {
    case UInt8(ascii: "A"): events.append(.key(.up))
    case UInt8(ascii: "B"): events.append(.key(.down))
    case UInt8(ascii: "C"): events.append(.key(.right))
    case UInt8(ascii: "D"): events.append(.key(.left))
    case UInt8(ascii: "H"): events.append(.key(.home))
    case UInt8(ascii: "F"): events.append(.key(.end))
    case UInt8(ascii: "Z"): events.append(.key(.backTab))
    // With a modifier: Esc [ 1 ; 2 P.
    case UInt8(ascii: "P") where numbers.count == 2: events.append(.key(.function(1)))
    case UInt8(ascii: "Q") where numbers.count == 2: events.append(.key(.function(2)))
    case UInt8(ascii: "S") where numbers.count == 2: events.append(.key(.function(4)))
    case UInt8(ascii: "~"):
      switch numbers.first {
      case 200: pasting = true
      case 201: pasting = false
      case let number?: if let key = Self.numberedKeys[number] { events.append(.key(key)) }
      case nil: break
      }
    default: break
    }
  }

  /// Numbers between semicolons; a missing one is 0.
  private static func numbers(_ bytes: ArraySlice<UInt8>) -> [Int] {
    bytes.split(separator: UInt8(ascii: ";"), omittingEmptySubsequences: false).map { digits in
      digits.reduce(0) { value, digit in
        (0x30...0x39).contains(digit) && value < 100_000 ? value * 10 + Int(digit) - 0x30 : value
      }
    }
  }

  // MARK: The mouse

  private mutating func takeMouse(
    _ numbers: [Int], released: Bool, _ now: ContinuousClock.Instant, _ events: inout [TerminalEvent]
  ) {
    guard numbers.count == 3 else { return }
    mouse(numbers[0], Point(column: numbers[1] - 1, row: numbers[2] - 1), released, now, &events)
  }

  /// A report of three bytes, each a number and 32.
  mutating func takeOldMouse(
    _ bytes: [UInt8], _ now: ContinuousClock.Instant, _ events: inout [TerminalEvent]
  ) {
    let code = Int(bytes[0]) - 32
    let place = Point(column: Int(bytes[1]) - 33, row: Int(bytes[2]) - 33)
    mouse(code, place, code & 0xC3 == 3, now, &events)
  }

  private mutating func mouse(
    _ code: Int, _ place: Point, _ released: Bool, _ now: ContinuousClock.Instant, _ events: inout [TerminalEvent]
  ) {
    guard code >= 0, place.column >= 0, place.row >= 0 else { return }
    if code & 64 != 0 {
      // Sideways wheels (2 and 3) mean nothing here.
      if !released, code & 3 < 2 { events.append(.mouse(MouseEvent(code & 1 == 0 ? .wheelUp : .wheelDown, at: place))) }
      return
    }
    // Only the first button acts; an old report of a release does not say which button it was.
    guard code & 128 == 0, code & 3 == 0 || (released && code & 3 == 3) else { return }
    if released {
      events.append(.mouse(MouseEvent(.release, at: place)))
    } else if code & 32 != 0 {
      lastPress = nil
      events.append(.mouse(MouseEvent(.drag, at: place)))
    } else if let last = lastPress, last.place == place, now - last.time <= Self.doubleClickTime {
      lastPress = nil
      events.append(.mouse(MouseEvent(.doubleClick, at: place)))
    } else {
      lastPress = (place, now)
      events.append(.mouse(MouseEvent(.press, at: place)))
    }
  }
}
