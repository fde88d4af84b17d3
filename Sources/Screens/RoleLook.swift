/// How a theme shows a role: its colour as text, its colour as a background, and the attributes that go with each.
///
/// Attributes are part of the look so that colour is never the only signal.
struct RoleLook {
  var foreground: RGB
  var background: RGB
  /// The same for terminals of 16 colours, by name, as users choose those colours to be readable.
  var foreground16: UInt8
  var background16: UInt8
  /// With the role's text, and with the role's background.
  var attributes: Style.Attributes = []
  var groundAttributes: Style.Attributes = []

  /// The theme's look of a role, with colours or without.
  init(_ role: Role, in theme: Theme, hasColor: Bool) {
    let entry = ThemeColors.of(theme).entry(role)
    foreground = RGB(hex: entry.text)
    background = RGB(hex: entry.ground)
    foreground16 = entry.text16
    background16 = entry.ground16
    switch role {
    case .title, .focusedBorder, .key, .good, .warning:
      attributes = .bold
    case .written, .selected, .runningLine:
      attributes = .bold
      groundAttributes = .bold
    case .error:
      attributes = [.bold, .underline]
      groundAttributes = hasColor ? .bold : .reverse
    case .field:
      groundAttributes = hasColor ? [] : .underline
    case .faint, .padding:
      attributes = hasColor ? [] : .dim
    case .border, .explanation, .outOfBounds:
      break
    }
  }
}
