import CNcurses
import Screens

/// Showing frames.
extension NcursesTerminal {
  /// Writes only what differs from the last frame; a smaller frame leaves the rest blank, a larger one is cut.
  public func paint(_ frame: Frame) {
    guard isActive else { return }
    let columns = size.columns
    // Changed in place, not copied.
    var after = painted ?? []
    painted = nil
    let isWhole = after.isEmpty
    if isWhole { after = [PaintedCell](repeating: .blank, count: columns * size.rows) }
    var changed: [Int] = []
    let last = isWhole || lastFrame?.size != frame.size ? nil : lastFrame
    for row in 0..<size.rows where isWhole || !isSameRow(row, frame) {
      paintRow(row, of: frame, columns: columns, last: last) { column, cell in
        let place = row * columns + column
        if isWhole || after[place] != cell {
          after[place] = cell
          changed.append(place)
        }
      }
    }
    let movesCursor = isWhole || frame.cursor != lastFrame?.cursor
    painted = after
    lastFrame = frame
    guard isWhole || movesCursor || !changed.isEmpty else { return }
    if depth == .truecolor {
      writeDirectly(after, changed, cursor: frame.cursor, whole: isWhole)
    } else {
      putThroughCurses(after, changed, cursor: frame.cursor)
    }
  }

  public func repaint(_ frame: Frame) {
    guard isActive else { return }
    forgetScreen()
    paint(frame)
  }

  private func isSameRow(_ row: Int, _ frame: Frame) -> Bool {
    guard let lastFrame, lastFrame.size == frame.size else { return false }
    guard row < frame.size.rows, frame.size.columns > 0 else { return true }
    let range = row * frame.size.columns..<(row + 1) * frame.size.columns
    return lastFrame.cells[range] == frame.cells[range]
  }

  // MARK: ncurses

  private func putThroughCurses(_ cells: [PaintedCell], _ changed: [Int], cursor: Point?) {
    if !put(cells, changed[...]) {
      pairs.reset()
      // More colours in one frame than the terminal has pairs: what is left over stays without.
      _ = put(cells, cells.indices[...], insists: true)
    }
    if let cursor, Rect(size: size).contains(cursor) {
      terminal_place_cursor(Int32(cursor.row), Int32(cursor.column))
    } else {
      terminal_place_cursor(-1, -1)
    }
    terminal_refresh(speaksXterm ? Self.synchronizedOn : "", speaksXterm ? Self.synchronizedOff : "")
  }

  /// Puts cells into curses's window; false if the colour pairs ran out.
  private func put(_ cells: [PaintedCell], _ places: some Sequence<Int>, insists: Bool = false) -> Bool {
    for place in places {
      let cell = cells[place]
      guard cell.width > 0 else { continue }
      guard let pair = pairs.pair(for: cell.style) ?? (insists ? 0 : nil) else { return false }
      var attributes = Int32(cell.style.attributes.rawValue)
      if case .index(let index) = cell.style.foreground, pairs.hasOnlyEight, (8..<16).contains(index) {
        attributes |= Int32(terminal_attribute_bold)
      }
      terminal_put(
        Int32(place / size.columns), Int32(place % size.columns), cell.glyph.value, attributes, pair)
    }
    return true
  }

  // MARK: Without ncurses

  /// True colour has no pairs in curses, and its terminfo entries are rarely installed: the changed cells are written in
  /// the standard's own sequences (ECMA-48, ISO 8613-6).
  private func writeDirectly(_ cells: [PaintedCell], _ changed: [Int], cursor: Point?, whole: Bool) {
    var text = Self.synchronizedOn + "\u{1B}[?25l\u{1B}[0m" + (whole ? "\u{1B}[2J" : "")
    var style = ResolvedStyle.plain
    var next = -1
    for place in changed {
      let cell = cells[place]
      guard cell.width > 0 else { continue }
      if place != next || place % size.columns == 0 {
        text += "\u{1B}[\(place / size.columns + 1);\(place % size.columns + 1)H"
      }
      if cell.style != style {
        style = cell.style
        text += SGR.sequence(style)
      }
      text.unicodeScalars.append(cell.glyph)
      next = place + Int(cell.width)
    }
    text += "\u{1B}[0m"
    if let cursor, Rect(size: size).contains(cursor) {
      text += "\u{1B}[\(cursor.row + 1);\(cursor.column + 1)H\u{1B}[?25h"
    }
    send(text + Self.synchronizedOff)
  }
}
