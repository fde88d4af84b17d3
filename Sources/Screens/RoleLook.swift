/// How a theme shows a role: its colour as text, its colour as a background, and the attributes that go with it.
///
/// Attributes are part of the look so that colour is never the only signal.
struct RoleLook {
  var foreground: RGB
  var background: RGB
  var attributes: Style.Attributes
  /// The same for terminals of 16 colours, by name, as users choose those colours to be readable.
  var foreground16: UInt8
  var background16: UInt8
  /// What stands for a background where there are no colours.
  var monoBackground: Style.Attributes = []
  /// Attributes that stand for the colour where there is none.
  var mono: Style.Attributes = []
}

extension RoleLook {
  /// The theme's look of a role.
  static func of(_ role: Role, in theme: Theme) -> RoleLook {
    let colors = ThemeColors.of(theme)
    let entry = colors.entry(role)
    var look = RoleLook(
      foreground: RGB(hex: entry.text), background: RGB(hex: entry.ground), attributes: [],
      foreground16: entry.text16, background16: entry.ground16)
    switch role {
    case .title, .focusedBorder, .key, .written, .selected, .good, .warning:
      look.attributes = .bold
      look.mono = .bold
    case .error:
      look.attributes = [.bold, .underline]
      look.mono = [.bold, .underline]
    case .faint, .padding:
      look.mono = .dim
    case .field:
      look.monoBackground = .underline
    case .runningLine:
      look.attributes = .bold
      look.mono = .bold
      look.monoBackground = .bold
    case .border, .explanation, .outOfBounds:
      break
    }
    switch role {
    case .written, .selected: look.monoBackground = .bold
    case .error: look.monoBackground = .reverse
    default: break
    }
    return look
  }
}
