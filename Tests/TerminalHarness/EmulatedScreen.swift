import CVterm
import Screens

/// A terminal emulator's screen: what a user would see of the bytes that a program wrote.
final class EmulatedScreen {
  private let emulator: OpaquePointer
  private let screen: OpaquePointer
  private(set) var size: Size

  init?(size: Size) {
    guard let emulator = vterm_new(Int32(size.rows), Self.columns(of: size)) else { return nil }
    guard let screen = vterm_obtain_screen(emulator) else {
      vterm_free(emulator)
      return nil
    }
    self.emulator = emulator
    self.screen = screen
    self.size = size
    vterm_set_utf8(emulator, 1)
    vterm_screen_enable_altscreen(screen, 1)
    vterm_screen_reset(screen, 1)
  }

  deinit { vterm_free(emulator) }

  func write(_ bytes: ArraySlice<UInt8>) {
    bytes.withUnsafeBytes { raw in
      _ = vterm_input_write(emulator, raw.bindMemory(to: CChar.self).baseAddress, raw.count)
    }
  }

  func resize(_ size: Size) {
    self.size = size
    vterm_set_size(emulator, Int32(size.rows), Self.columns(of: size))
  }

  /// libvterm 0.1.4 writes the right half of a wide glyph without asking whether the screen has a place for it.
  private static func columns(of size: Size) -> Int32 { Int32(max(size.columns, 2)) }

  var cursor: Point {
    var place = VTermPos(row: 0, col: 0)
    vterm_state_get_cursorpos(vterm_obtain_state(emulator), &place)
    return Point(column: Int(place.col), row: Int(place.row))
  }

  func cell(column: Int, row: Int) -> ShownCell {
    var cell = VTermScreenCell()
    _ = vterm_screen_get_cell(screen, VTermPos(row: Int32(row), col: Int32(column)), &cell)
    var style = ResolvedStyle(foreground: color(cell.fg), background: color(cell.bg))
    if cell.attrs.bold != 0 { style.attributes.insert(.bold) }
    if cell.attrs.underline != 0 { style.attributes.insert(.underline) }
    if cell.attrs.reverse != 0 { style.attributes.insert(.reverse) }
    let code = cell.chars.0
    if code == UInt32.max {
      // The right half of a wide glyph; the emulator keeps the style on the left.
      return ShownCell(glyph: Cell.continuation, style: self.cell(column: max(0, column - 1), row: row).style)
    }
    return ShownCell(glyph: code == 0 ? " " : Unicode.Scalar(code) ?? "\u{FFFD}", style: style)
  }

  private func color(_ color: VTermColor) -> ResolvedColor {
    if Int(color.type) & Int(VTERM_COLOR_DEFAULT_MASK.rawValue) != 0 { return .terminal }
    if Int(color.type) & Int(VTERM_COLOR_TYPE_MASK.rawValue) == Int(VTERM_COLOR_INDEXED.rawValue) {
      return .index(color.indexed.idx)
    }
    return .rgb(color.rgb.red, color.rgb.green, color.rgb.blue)
  }
}
