/// A value in Python's literal syntax, as far as headers of `.npy` files use it.
indirect enum PythonLiteral: Hashable {
  case string(String)
  case integer(Int)
  case boolean(Bool)
  case none
  case tuple([PythonLiteral])
  case list([PythonLiteral])
  case dictionary([PythonLiteral: PythonLiteral])
}

/// Why a text is not such a literal.
struct PythonLiteralError: Error {
  let reason: String
  let position: Int
}

extension PythonLiteral {
  /// Reads one literal that fills the whole text, white space around it aside.
  init(parsing text: [UInt8]) throws(PythonLiteralError) {
    var parser = PythonLiteralParser(text: text)
    self = try parser.value(depth: 0)
    parser.skipSpace()
    guard parser.next == nil else { throw parser.failure("expected the end") }
  }
}

/// A recursive-descent reader that never looks outside its text and nests only so deep.
private struct PythonLiteralParser {
  static let deepest = 16

  let text: [UInt8]
  var position = 0

  init(text: [UInt8]) { self.text = text }

  var next: UInt8? { position < text.count ? text[position] : nil }

  func failure(_ reason: String) -> PythonLiteralError { PythonLiteralError(reason: reason, position: position) }

  mutating func skipSpace() {
    while let byte = next, byte == 0x20 || (0x09...0x0D).contains(byte) { position += 1 }
  }

  mutating func accept(_ symbol: Unicode.Scalar) -> Bool {
    skipSpace()
    guard next == UInt8(ascii: symbol) else { return false }
    position += 1
    return true
  }

  mutating func value(depth: Int) throws(PythonLiteralError) -> PythonLiteral {
    guard depth < Self.deepest else { throw failure("nested too deep") }
    skipSpace()
    switch next {
    case UInt8(ascii: "{"): return .dictionary(try entries(depth: depth + 1))
    case UInt8(ascii: "("):
      let (items, comma) = try items(until: ")", depth: depth + 1)
      if let only = items.first, items.count == 1, !comma { return only }
      return .tuple(items)
    case UInt8(ascii: "["): return .list(try items(until: "]", depth: depth + 1).items)
    case UInt8(ascii: "'"), UInt8(ascii: "\""): return .string(try string())
    case .some(let byte) where isDigit(byte) || byte == UInt8(ascii: "-"): return .integer(try integer())
    case .some: return try word()
    case nil: throw failure("it ends too early")
    }
  }

  mutating func items(
    until end: Unicode.Scalar, depth: Int
  ) throws(PythonLiteralError) -> (items: [PythonLiteral], trailingComma: Bool) {
    position += 1
    var items: [PythonLiteral] = []
    var comma = false
    while !accept(end) {
      guard items.isEmpty || comma else { throw failure("expected a comma or \(end)") }
      items.append(try value(depth: depth))
      comma = accept(",")
    }
    return (items, comma)
  }

  mutating func entries(depth: Int) throws(PythonLiteralError) -> [PythonLiteral: PythonLiteral] {
    position += 1
    var entries: [PythonLiteral: PythonLiteral] = [:]
    var comma = true
    while !accept("}") {
      guard comma else { throw failure("expected a comma or }") }
      let key = try value(depth: depth)
      guard accept(":") else { throw failure("expected a colon") }
      guard entries.updateValue(try value(depth: depth), forKey: key) == nil else { throw failure("a key twice") }
      comma = accept(",")
    }
    return entries
  }

  mutating func string() throws(PythonLiteralError) -> String {
    let quote = text[position]
    position += 1
    let start = position
    while let byte = next, byte != quote {
      guard byte != UInt8(ascii: "\\"), byte != UInt8(ascii: "\n") else {
        throw failure("expected a string without escapes")
      }
      position += 1
    }
    guard next == quote else { throw failure("a string without end") }
    defer { position += 1 }
    return String(decoding: text[start..<position], as: UTF8.self)
  }

  /// An integer; a trailing `L`, as Python 2 wrote, is skipped.
  mutating func integer() throws(PythonLiteralError) -> Int {
    let start = position
    if next == UInt8(ascii: "-") { position += 1 }
    while let byte = next, isDigit(byte) { position += 1 }
    guard let value = Int(String(decoding: text[start..<position], as: UTF8.self)) else {
      throw failure("expected an integer within 64 bits")
    }
    if next == UInt8(ascii: "L") { position += 1 }
    return value
  }

  mutating func word() throws(PythonLiteralError) -> PythonLiteral {
    let start = position
    while let byte = next, (UInt8(ascii: "A")...UInt8(ascii: "z")).contains(byte) { position += 1 }
    switch String(decoding: text[start..<position], as: UTF8.self) {
    case "True": return .boolean(true)
    case "False": return .boolean(false)
    case "None": return .none
    default:
      position = start
      throw failure("expected a value")
    }
  }

  func isDigit(_ byte: UInt8) -> Bool { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) }
}
