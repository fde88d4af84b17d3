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
