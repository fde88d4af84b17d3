import Screens

/// Turns the bytes that a terminal sends into events.
///
/// It reads the control-sequence grammar (ECMA-48) itself instead of ncurses's reader, because that turns sequences it
/// does not know into letters and merges mouse reports that come fast. Unknown sequences are swallowed. Bytes may come
/// in pieces of any length.
public struct InputDecoder: Sendable {
  /// How long after an Esc byte the rest of a sequence may come; then it was the Esc key.
  public static let escapeDelay = Duration.milliseconds(25)
  /// How long the rest of any other sequence may take, which a slow line may deliver in pieces.
  public static let sequenceDelay = Duration.milliseconds(250)
  /// Two presses on one cell within this time are a double click.
  public static let doubleClickTime = Duration.milliseconds(400)

  enum State: Sendable {
    case ground
    case escape
    /// Esc [ and what came after it.
    case control([UInt8])
    /// Esc O.
    case single
    /// Esc [ [ of the Linux console's function keys.
    case console
    /// The three bytes of an old mouse report.
    case oldMouse([UInt8])
    /// A string that is skipped up to BEL or Esc \.
    case string(afterEscape: Bool)
    case character([UInt8], expected: Int)
  }

  let isUTF8: Bool
  var state = State.ground
  var pasting = false
  var lastPress: (place: Point, time: ContinuousClock.Instant)?

  /// A decoder; without UTF-8, bytes above 127 are ignored.
  public init(isUTF8: Bool) { self.isUTF8 = isUTF8 }

  /// How long to wait for the rest of a sequence that has begun, before `abandon`; nil if none has.
  public var patience: Duration? {
    switch state {
    case .ground: nil
    case .escape: Self.escapeDelay
    default: Self.sequenceDelay
    }
  }

  /// The time is up: a lone Esc byte was the key; anything else that has begun is dropped.
  public mutating func abandon() -> [TerminalEvent] {
    defer { state = .ground }
    if case .escape = state { return [.key(.escape)] }
    return []
  }

  /// The events that end in these bytes; `now` times double clicks.
  public mutating func decode(_ bytes: some Sequence<UInt8>, now: ContinuousClock.Instant) -> [TerminalEvent] {
    var events: [TerminalEvent] = []
    for byte in bytes { take(byte, now, &events) }
    return events
  }

  private mutating func take(_ byte: UInt8, _ now: ContinuousClock.Instant, _ events: inout [TerminalEvent]) {
    switch state {
    case .ground:
      start(byte, &events)
    case .escape:
      state = .ground
      switch byte {
      case UInt8(ascii: "["): state = .control([])
      case UInt8(ascii: "O"): state = .single
      case UInt8(ascii: "]"), UInt8(ascii: "P"), UInt8(ascii: "_"), UInt8(ascii: "^"), UInt8(ascii: "X"):
        state = .string(afterEscape: false)
      default:
        // Alt with a key, or Esc and a key typed at once: both are what they say.
        events.append(.key(.escape))
        start(byte, &events)
      }
    case .control(let parameters):
      takeControl(byte, parameters, now, &events)
    case .single:
      // Modifiers may stand before the final byte.
      if (0x30...0x3F).contains(byte) { return }
      state = .ground
      if byte == 0x1B { state = .escape } else if let key = Self.singleKeys[byte] { events.append(.key(key)) }
    case .console:
      state = .ground
      if (0x41...0x45).contains(byte) { events.append(.key(.function(Int(byte) - 0x40))) }
    case .oldMouse(let report):
      let report = report + [byte]
      state = report.count < 3 ? .oldMouse(report) : .ground
      if report.count == 3 { takeOldMouse(report, now, &events) }
    case .string(let afterEscape):
      if byte == 0x07 || (afterEscape && byte == UInt8(ascii: "\\")) {
        state = .ground
      } else {
        state = .string(afterEscape: byte == 0x1B)
      }
    case .character(let begun, let expected):
      guard byte & 0xC0 == 0x80 else {
        state = .ground
        return start(byte, &events)
      }
      let all = begun + [byte]
      state = all.count < expected ? .character(all, expected: expected) : .ground
      if all.count == expected, let character = Self.character(all) { events.append(.key(.character(character))) }
    }
  }

  private mutating func takeControl(
    _ byte: UInt8, _ parameters: [UInt8], _ now: ContinuousClock.Instant, _ events: inout [TerminalEvent]
  ) {
    switch byte {
    case 0x1B: state = .escape
    case 0x20...0x3F:
      // A sequence without an end is noise; what is longer than any real one is dropped byte by byte.
      state = .control(parameters.count < 32 ? parameters + [byte] : parameters)
    case 0x5B where parameters.isEmpty: state = .console
    case 0x4D where parameters.isEmpty: state = .oldMouse([])
    case 0x40...0x7E:
      state = .ground
      finishControl(byte, parameters, now, &events)
    default: state = .ground
    }
  }

  private mutating func start(_ byte: UInt8, _ events: inout [TerminalEvent]) {
    switch byte {
    case 0x1B: state = .escape
    case 0x0D: events.append(.key(pasting ? .character("\n") : .enter))
    case 0x0A: events.append(.key(pasting ? .character("\n") : .enter))
    case 0x09: events.append(.key(.tab))
    case 0x08, 0x7F: events.append(.key(.backspace))
    case 0x00: events.append(.key(.control(" ")))
    case 0x01...0x1A: events.append(.key(.control(Character(Unicode.Scalar(byte + 0x60)))))
    case 0x1C...0x1F: events.append(.key(.control(Character(Unicode.Scalar(byte + 0x40)))))
    case 0x20...0x7E: events.append(.key(.character(Character(Unicode.Scalar(byte)))))
    case 0xC2...0xDF where isUTF8: state = .character([byte], expected: 2)
    case 0xE0...0xEF where isUTF8: state = .character([byte], expected: 3)
    case 0xF0...0xF4 where isUTF8: state = .character([byte], expected: 4)
    default: break
    }
  }

  private static func character(_ bytes: [UInt8]) -> Character? {
    let text = String(decoding: bytes, as: UTF8.self)
    return text.unicodeScalars.first == "\u{FFFD}" ? nil : text.first
  }
}
