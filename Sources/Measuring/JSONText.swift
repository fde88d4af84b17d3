/// A JSON value as text; numbers keep the digits that they were given with.
public indirect enum JSONText: Sendable {
  case object([(String, JSONText)])
  case array([JSONText])
  case string(String)
  /// Digits that are JSON already.
  case literal(String)

  public static let null = JSONText.literal("null")
  public static func bool(_ value: Bool) -> JSONText { .literal(value ? "true" : "false") }
  public static func integer(_ value: Int) -> JSONText { .literal(String(value)) }
  public static func integers(_ values: [Int]) -> JSONText { .array(values.map(integer)) }

  /// A number in the fewest digits that read back as it; JSON has none for NaN and infinities, which become strings.
  public static func number(_ value: Double) -> JSONText { value.isFinite ? .literal("\(value)") : .string("\(value)") }

  public var text: String {
    switch self {
    case .object(let members): "{" + members.map { "\(Self.quoted($0)): \($1.text)" }.joined(separator: ", ") + "}"
    case .array(let values): "[" + values.map(\.text).joined(separator: ", ") + "]"
    case .string(let string): Self.quoted(string)
    case .literal(let text): text
    }
  }

  private static func quoted(_ string: String) -> String {
    var result = "\""
    for scalar in string.unicodeScalars {
      switch scalar {
      case "\"", "\\": result += "\\" + String(scalar)
      case "\n": result += "\\n"
      case _ where scalar.value < 0x20:
        let digits = String(scalar.value, radix: 16)
        result += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result + "\""
  }
}
