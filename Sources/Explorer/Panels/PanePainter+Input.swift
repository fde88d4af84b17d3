import Screens
import Walkthroughs

extension PanePainter {
  /// The input with its padding around it, one channel of one picture: values, or how many fields read each cell.
  func inputGrid(copies: Bool) -> Grid {
    let g = geometry
    let (n, channel) = (field.n, shownChannel)
    let most = coverage.mostCopies(geometry: g)
    let format =
      copies
      ? NumberFormat(columns: String(most).count, decimals: 0)
      : inputFormat
    let ramp = Ramp.sequential(state.appearance.theme)
    let isField = selectedField.contains
    let rows = -g.padding.top..<g.inputHeight + g.padding.bottom
    let columns = -g.padding.left..<g.inputWidth + g.padding.right
    let center = state.view.pan.map { (row: $0.y, column: $0.x) } ?? inputCenter
    var grid = Grid(
      rows: rows, columns: columns, format: format, center: center,
      labelWidth: max(String(rows.lowerBound).count, String(rows.upperBound - 1).count) + 1
    ) { [self] row, column in
      let index = InputIndex(n: n, y: row, x: column, c: channel)
      guard values.addressing.contains(index) else {
        return GridCell(
          content: .glyph(state.appearance.glyphs.padding), background: tint(row: row, column: column),
          style: Style(.padding))
      }
      let count = coverage.copies(y: row, x: column)
      var cell = GridCell(content: .number(copies ? Double(count) : values.input(at: index)))
      if isField(row, column) {
        cell.background = tint(row: row, column: column)
      } else if copies {
        cell.background = ramp.color(Double(count), from: 0, to: Double(max(most, 1))).ink
      }
      if count == 0 { cell.style = Style(.faint, [.underline]) }
      if values.addressing.address(of: index) == selectedAddress { cell.mark = .selected }
      return cell
    } pixel: { [self] row, column, span in
      if copies {
        guard (0..<g.inputHeight).contains(row), (0..<g.inputWidth).contains(column) else { return nil }
        return ramp.color(Double(coverage.copies(y: row, x: column)), from: 0, to: Double(max(most, 1)))
      }
      return inputColor(n: n, y: row, x: column, span: span)
    }
    if let first = state.summary.inputPyramid?.levels.first {
      grid.averages = { !copies && $0 >= Double(first.factor) }
    }
    grid.frame = (field.rows, field.columns)
    if selected.n == n, state.view.channel == nil || selected.c == channel || g.inputChannels == 1 {
      grid.selected = (selected.y, selected.x)
    }
    return grid
  }

  /// The cells of the field: those under a kernel element.
  private var selectedField: (contains: (Int, Int) -> Bool, Void) {
    ({ row, column in self.field.kernelElement(y: row, x: column) != nil }, ())
  }

  /// The ground of a cell under the kernel: hue by kernel row, lightness by column, the same as in the weight panel.
  func tint(row: Int, column: Int) -> Ink {
    guard let (i, j) = field.kernelElement(y: row, x: column) else { return .terminal }
    return kernelColors(i: i, j: j).background.ink
  }

  func kernelColors(i: Int, j: Int) -> KernelColors.Pair {
    KernelColors.color(
      row: i, column: j, rows: geometry.kernelHeight, columns: geometry.kernelWidth, theme: state.appearance.theme)
  }

  /// What the input's panels keep in sight: the cursor while it moves in them, else the field.
  private var inputCenter: (row: Int, column: Int) {
    let hasCursor = state.view.selection != nil && [.input, .copies].contains(state.focus)
    return hasCursor && !state.playback.isPlaying ? (selected.y, selected.x) : fieldCenter
  }

  var fieldCenter: (row: Int, column: Int) {
    (field.top + geometry.fieldHeight / 2, field.left + geometry.fieldWidth / 2)
  }

  /// A pixel of the picture in its own colours; one channel in grey, signed values on the diverging scale.
  func inputColor(n: Int, y: Int, x: Int, span: Double, inColors: Bool = true) -> RGB? {
    let g = geometry
    guard (0..<g.inputHeight).contains(y), (0..<g.inputWidth).contains(x) else {
      guard state.appearance.hasColor else { return nil }
      return state.appearance.theme.isLight ? RGB(hex: 0xC8C8C8) : RGB(hex: 0x262626)
    }
    func value(_ c: Int) -> Double {
      state.summary.inputPyramid?.value(n: n, y: y, x: x, c: c, span: span)
        ?? values.input(at: InputIndex(n: n, y: y, x: x, c: c))
    }
    let range = state.summary.input
    guard range.lowest >= 0 else {
      return Ramp.diverging(state.appearance.theme).color(value(shownChannel), limit: range.magnitude)
    }
    // Pictures are 0…1 as they are; other data fill the scale.
    let top = range.highest <= 1 ? 1 : range.highest
    func level(_ value: Double) -> UInt8? {
      guard value.isFinite else { return nil }
      return UInt8((min(max(value / top, 0), 1) * 255).rounded())
    }
    if inColors, g.inputChannels == 3, state.view.channel == nil {
      guard let red = level(value(0)), let green = level(value(1)), let blue = level(value(2)) else {
        return Ramp.notFinite
      }
      return RGB(red, green, blue)
    }
    return level(value(shownChannel)).map { RGB($0, $0, $0) } ?? Ramp.notFinite
  }
}
