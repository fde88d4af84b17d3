import Screens
import Walkthroughs

extension PanePainter {
  /// The input with its padding around it, one channel of one picture: values, or how many fields read each cell.
  func inputGrid(copies: Bool, channel: Int? = nil) -> Grid {
    let g = geometry
    let (n, channel) = (field.n, channel ?? shownChannel)
    let most = coverage.mostCopies(geometry: g)
    let format =
      copies
      ? NumberFormat(columns: String(most).count, decimals: 0)
      : inputFormat
    let ramp = Ramp.sequential(state.appearance.theme)
    let rows = -g.padding.top..<g.inputHeight + g.padding.bottom
    let columns = -g.padding.left..<g.inputWidth + g.padding.right
    var grid = Grid(
      rows: rows, columns: columns, format: format, center: inputCenter,
      labelWidth: max(String(rows.lowerBound).count, String(rows.upperBound - 1).count) + 1
    ) { [self] row, column in
      let index = InputIndex(n: n, y: row, x: column, c: channel)
      guard values.addressing.contains(index) else {
        return GridCell(
          content: .glyph(glyphSet.padding), background: seenTint(row: row, column: column),
          style: Style(.padding))
      }
      let count = coverage.copies(y: row, x: column)
      var cell = GridCell(content: .number(copies ? Double(count) : values.input(at: index)))
      let ground = seenTint(row: row, column: column)
      if ground != .terminal {
        cell.background = ground
      } else if copies {
        cell.background = ramp.color(Double(count), from: 0, to: Double(max(most, 1))).ink
      }
      if count == 0 { cell.style = Style(.faint, [.underline]) }
      if values.addressing.address(of: index) == selectedAddress { cell.mark = .selected }
      return cell
    } pixel: { _, _, _ in
      nil
    }
    grid.emptyGlyph = glyphSet.zero
    grid.remembered = (
      state.rasters,
      RasterMemory.Picture(
        experiment: state.summary.identity,
        content: copies
          ? .copies
          : .input(n: n, channel: showsColors ? nil : channel, isAveraged: state.summary.inputPyramid != nil),
        appearance: state.appearance)
    )
    grid.sampler = { [self] span in copies ? copiesColors(most: most) : inputColors(n: n, span: span) }
    if let first = state.summary.inputPyramid?.levels.first {
      grid.averages = { !copies && $0 >= Double(first.factor) }
    }
    let (down, across) = (phase.field.rows, phase.field.columns)
    if showsField {
      grid.frame = (
        field.top + down..<field.top + down + g.fieldHeight, field.left + across..<field.left + across + g.fieldWidth
      )
    }
    grid.surroundsFrame = true
    if selected.n == n, state.view.channel == nil || selected.c == channel || g.inputChannels == 1 {
      grid.selected = (selected.y, selected.x)
    }
    return grid
  }

  /// The same where the field is seen: on its way to a new place while it glides there.
  private func seenTint(row: Int, column: Int) -> Ink {
    showsField ? tint(row: row - phase.field.rows, column: column - phase.field.columns) : .terminal
  }

  /// In Memory nothing slides, unless the view is made of the fields.
  private var showsField: Bool {
    guard state.view.scene == .memory else { return true }
    guard case .preset(let preset) = state.view.memory else { return false }
    return preset == .patches || preset == .windows
  }

  /// The ground of a cell under the kernel: hue by kernel row, lightness by column, the same as in the weight panel.
  func tint(row: Int, column: Int) -> Ink {
    guard let (i, j) = field.kernelElement(y: row, x: column) else { return .terminal }
    return kernelColors(i: i, j: j).background.ink
  }

  func kernelColors(i: Int, j: Int) -> KernelColors.Pair {
    tints.isEmpty ? tint(i: i, j: j) : tints[i * geometry.kernelWidth + j]
  }

  /// The same, worked out anew.
  func tint(i: Int, j: Int) -> KernelColors.Pair {
    KernelColors.color(
      row: i, column: j, rows: geometry.kernelHeight, columns: geometry.kernelWidth, theme: state.appearance.theme)
  }

  /// What the input's panels keep in sight: the cursor while it moves in them, else the field.
  var inputCenter: (row: Int, column: Int) {
    isCursorInSight ? (selected.y, selected.x) : fieldCenter
  }

  var isCursorInSight: Bool {
    let hasCursor = state.view.selection != nil && [.input, .loupe, .copies].contains(state.focus)
    return hasCursor && !state.playback.isPlaying
  }

  var fieldCenter: (row: Int, column: Int) {
    (field.top + geometry.fieldHeight / 2, field.left + geometry.fieldWidth / 2)
  }

  /// Whether pictures of the input are shown in their own colours; signed values have none.
  var showsColors: Bool {
    geometry.inputChannels == 3 && state.view.channel == nil && state.summary.input.lowest >= 0
  }

  /// The colours of the copies per cell; the padding has none.
  private func copiesColors(most: Int) -> (_ y: Int, _ x: Int) -> RGB? {
    let (coverage, rows, columns) = (coverage, 0..<geometry.inputHeight, 0..<geometry.inputWidth)
    let ramp = Ramp.sequential(state.appearance.theme)
    let limit = Double(max(most, 1))
    return { y, x in
      guard rows.contains(y), columns.contains(x) else { return nil }
      return ramp.color(Double(coverage.copies(y: y, x: x)), from: 0, to: limit)
    }
  }

  /// The pixels of the picture in their own colours, each as the mean over `span` pixels where a pyramid has it; one
  /// channel in grey, signed values on the diverging scale.
  func inputColors(n: Int, span: Double, inColors: Bool = true) -> (_ y: Int, _ x: Int) -> RGB? {
    let (rows, columns) = (0..<geometry.inputHeight, 0..<geometry.inputWidth)
    let appearance = state.appearance
    let padding = appearance.hasColor ? RGB(hex: appearance.theme.isLight ? 0xC8C8C8 : 0x262626) : nil
    let (values, level) = (values, state.summary.inputPyramid?.level(span: span))
    func value(_ y: Int, _ x: Int, _ c: Int) -> Double {
      level?.value(n: n, y: y, x: x, c: c) ?? values.input(at: InputIndex(n: n, y: y, x: x, c: c))
    }
    let (range, channel) = (state.summary.input, shownChannel)
    guard range.lowest >= 0 else {
      let ramp = Ramp.diverging(appearance.theme)
      return { y, x in
        guard rows.contains(y), columns.contains(x) else { return padding }
        return ramp.color(value(y, x, channel), limit: range.magnitude)
      }
    }
    // Pictures are 0…1 as they are; other data fill the scale.
    let top = range.highest <= 1 ? 1 : range.highest
    func brightness(_ value: Double) -> UInt8? {
      guard value.isFinite else { return nil }
      return UInt8((min(max(value / top, 0), 1) * 255).rounded())
    }
    let isColored = inColors && showsColors
    return { y, x in
      guard rows.contains(y), columns.contains(x) else { return padding }
      guard isColored else {
        return brightness(value(y, x, channel)).map { RGB($0, $0, $0) } ?? Ramp.notFinite
      }
      guard let red = brightness(value(y, x, 0)), let green = brightness(value(y, x, 1)),
        let blue = brightness(value(y, x, 2))
      else { return Ramp.notFinite }
      return RGB(red, green, blue)
    }
  }
}
