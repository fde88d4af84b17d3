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
    for row in 0..<size.rows {
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
    if depth == .truecolor || speaksStandard && !isWhole {
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

  // MARK: ncurses

  private func putThroughCurses(_ cells: [PaintedCell], _ changed: [Int], cursor: Point?) {
    if !put(cells, changed[...]) {
      pairs.reset()
      // More colours in one frame than the terminal has pairs: what is left over stays without.
      _ = put(cells, cells.indices[...], insists: true)
    }
    placeCursor(cursor)
    terminal_refresh(speaksXterm ? Self.synchronizedOn : "", speaksXterm ? Self.synchronizedOff : "")
  }

  private func placeCursor(_ cursor: Point?) {
    if let cursor, Rect(size: size).contains(cursor) {
      terminal_place_cursor(Int32(cursor.row), Int32(cursor.column))
    } else {
      terminal_place_cursor(-1, -1)
    }
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

  /// Writes changed cells in the standard's own sequences (ECMA-48, ISO 8613-6).
  ///
  /// True colour has no pairs in curses, and its terminfo entries are rarely installed. Where terminfo's sequences are the
  /// standard's anyway, this says in a fifth of the time what curses would say of a frame full of changes.
  private func writeDirectly(_ cells: [PaintedCell], _ changed: [Int], cursor: Point?, whole: Bool) {
    let columns = size.columns
    bytes.removeAll(keepingCapacity: true)
    bytes.append(contentsOf: Self.synchronizedOn.utf8)
    if depth == .truecolor {
      bytes.append(contentsOf: "\u{1B}[?25l".utf8)
    } else {
      // Curses keeps in mind whether it is seen.
      placeCursor(cursor)
    }
    bytes.append(contentsOf: (whole ? "\u{1B}[0m\u{1B}[2J" : "\u{1B}[0m").utf8)
    var style = ResolvedStyle.plain
    var next = -1
    for place in changed {
      let cell = cells[place]
      guard cell.width > 0 else { continue }
      if place != next || place % columns == 0 { moveCursor(to: Point(column: place % columns, row: place / columns)) }
      SGR.append(cell.style, after: style, to: &bytes)
      style = cell.style
      if cell.glyph.isASCII {
        bytes.append(UInt8(truncatingIfNeeded: cell.glyph.value))
      } else {
        bytes.append(contentsOf: UTF8.encode(cell.glyph) ?? UTF8.encodedReplacementCharacter)
      }
      next = place + Int(cell.width)
    }
    bytes.append(contentsOf: SGR.reset.utf8)
    if let cursor, Rect(size: size).contains(cursor) {
      moveCursor(to: cursor)
      if depth == .truecolor { bytes.append(contentsOf: "\u{1B}[?25h".utf8) }
    }
    bytes.append(contentsOf: Self.synchronizedOff.utf8)
    send(bytes)
  }

  private func moveCursor(to place: Point) {
    bytes.append(contentsOf: "\u{1B}[".utf8)
    append(place.row + 1)
    bytes.append(UInt8(ascii: ";"))
    append(place.column + 1)
    bytes.append(UInt8(ascii: "H"))
  }

  private func append(_ number: Int) {
    var power = 1
    while power <= number / 10 { power *= 10 }
    while power > 0 {
      bytes.append(UInt8(ascii: "0") + UInt8(number / power % 10))
      power /= 10
    }
  }
}
