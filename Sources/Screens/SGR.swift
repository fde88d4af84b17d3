/// The escape sequences that set a style: Select Graphic Rendition of ECMA-48, with xterm's colours.
public enum SGR {
  public static let reset = "\u{1B}[0m"

  /// The sequence that shows a style, starting from any other; `reset` for plain text.
  public static func sequence(_ style: ResolvedStyle) -> String {
    if style == .plain { return reset }
    var codes = "0"
    if style.attributes.contains(.bold) { codes += ";1" }
    if style.attributes.contains(.dim) { codes += ";2" }
    if style.attributes.contains(.underline) { codes += ";4" }
    if style.attributes.contains(.reverse) { codes += ";7" }
    codes += code(style.foreground, base: 30, bright: 90)
    codes += code(style.background, base: 40, bright: 100)
    return "\u{1B}[" + codes + "m"
  }

  private static func code(_ color: ResolvedColor, base: Int, bright: Int) -> String {
    switch color {
    case .terminal: ""
    case .index(let index) where index < 8: ";\(base + Int(index))"
    case .index(let index) where index < 16: ";\(bright + Int(index) - 8)"
    case .index(let index): ";\(base + 8);5;\(index)"
    case .rgb(let red, let green, let blue): ";\(base + 8);2;\(red);\(green);\(blue)"
    }
  }
}

/// The same as bytes, for screens that are written many times a second.
extension SGR {
  /// Appends what leads from one style to another: only the colours that change, unless attributes change with them.
  public static func append(_ style: ResolvedStyle, after former: ResolvedStyle, to bytes: inout [UInt8]) {
    guard style != former else { return }
    bytes.append(0x1B)
    bytes.append(UInt8(ascii: "["))
    if style.attributes == former.attributes {
      if style.foreground != former.foreground { append(style.foreground, base: 30, bright: 90, to: &bytes) }
      if style.background != former.background { append(style.background, base: 40, bright: 100, to: &bytes) }
    } else {
      append(0, to: &bytes)
      for (attribute, code) in attributeCodes where style.attributes.contains(attribute) { append(code, to: &bytes) }
      if style.foreground != .terminal { append(style.foreground, base: 30, bright: 90, to: &bytes) }
      if style.background != .terminal { append(style.background, base: 40, bright: 100, to: &bytes) }
    }
    bytes[bytes.count - 1] = UInt8(ascii: "m")
  }

  private static let attributeCodes: [(Style.Attributes, UInt8)] = [
    (.bold, 1), (.dim, 2), (.underline, 4), (.reverse, 7),
  ]

  private static func append(_ color: ResolvedColor, base: UInt8, bright: UInt8, to bytes: inout [UInt8]) {
    switch color {
    case .terminal: append(base + 9, to: &bytes)
    case .index(let index) where index < 8: append(base + index, to: &bytes)
    case .index(let index) where index < 16: append(bright + index - 8, to: &bytes)
    case .index(let index):
      append(base + 8, to: &bytes)
      append(5, to: &bytes)
      append(index, to: &bytes)
    case .rgb(let red, let green, let blue):
      append(base + 8, to: &bytes)
      append(2, to: &bytes)
      append(red, to: &bytes)
      append(green, to: &bytes)
      append(blue, to: &bytes)
    }
  }

  /// A number and a semicolon.
  private static func append(_ number: UInt8, to bytes: inout [UInt8]) {
    if number >= 100 { bytes.append(UInt8(ascii: "0") + number / 100) }
    if number >= 10 { bytes.append(UInt8(ascii: "0") + number / 10 % 10) }
    bytes.append(UInt8(ascii: "0") + number % 10)
    bytes.append(UInt8(ascii: ";"))
  }
}
