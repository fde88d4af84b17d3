import Measuring
import Screens

/// The times as points with whiskers, or as bars, and the columns beside them.
extension PanePainter {
  func drawTimes(on canvas: Canvas) {
    let rows = state.timedRows
    guard let report = state.timingReport?.cases.first, !rows.isEmpty else {
      drawPlan(on: canvas)
      return
    }
    let reference = report.reference.map { report.contenders[$0].name }
    let lines = timeLines(rows)
    let layout = TimeColumns(
      canvas.columns, lines: lines, hasEarlier: rows.contains { $0.earlier != nil })
    drawHeadings(layout.columns, from: layout.figures, reference: reference, on: canvas)
    let axis = TimeAxis(state.view.timing.axis, holding: timesOnAxis(lines), columns: layout.plotColumns)
    // A line that does not fit is not drawn half; the axis is always there.
    let first = firstLine(lines, rows: canvas.rows)
    for (row, line) in lines.dropFirst(first).prefix(max(canvas.rows - 2, 1)).enumerated() {
      drawTimeLine(line, row: row + 1, layout, axis, reference: reference, on: canvas)
    }
    if let axis { drawTicks(axis, from: layout.plot, row: min(lines.count - first, canvas.rows - 2) + 1, on: canvas) }
  }

  /// On a linear axis rows far slower than the fastest would leave no length to the others: their bars go on beyond its end.
  private func timesOnAxis(_ lines: [TimeLine]) -> [Double] {
    let times = lines.flatMap(\.times)
    guard state.view.timing.axis == .linear, let fastest = lines.compactMap(\.statistics?.median).min() else {
      return times
    }
    return times.filter { $0 <= 10 * fastest }
  }

  /// The first line to be shown in a panel of so many rows so that the selected one is among them.
  private func firstLine(_ lines: [TimeLine], rows: Int) -> Int {
    let shown = rows - 2
    let selected = lines.firstIndex { $0.isSelected } ?? 0
    return lines.count <= shown ? 0 : min(max(selected - shown / 2, 0), lines.count - shown)
  }

  /// The row of a table of Timing at a place of its pane, the border included.
  func timedRow(of pane: Pane, size: Size, at place: Point) -> TimedRow? {
    let inside = Rect(size: size).inset()
    let line = place.row - inside.row - 1
    guard inside.contains(place), line >= 0 else { return nil }
    switch pane {
    case .times:
      let lines = timeLines(state.timedRows)
      let shown = lines.dropFirst(firstLine(lines, rows: inside.rows)).prefix(max(inside.rows - 2, 1))
      return shown.dropFirst(line).first?.row
    case .figures: return state.timedRows.dropFirst(line).first
    default: return nil
    }
  }

  /// A contender, or one of its steps.
  struct TimeLine {
    let row: TimedRow
    /// A part that was timed apart.
    var step: StepReport?
    var isSelected = false

    var name: String { step.map { "  " + $0.name } ?? "\(row.letter) \(row.contender.name)" }
    var statistics: SampleStatistics? {
      step.map { SampleStatistics($0.seconds) } ?? row.contender.statistics
    }
    /// The times that the axis must hold.
    var times: [Double] { statistics.map { [$0.minimum, $0.median, $0.p90] } ?? [] }
  }

  func timeLines(_ rows: [TimedRow]) -> [TimeLine] {
    let selected = state.timedRow?.contender.name
    return rows.flatMap { row in
      [TimeLine(row: row, isSelected: row.contender.name == selected)]
        + row.contender.steps.filter { !$0.seconds.isEmpty }.map { TimeLine(row: row, step: $0) }
    }
  }

  private func drawHeadings(_ columns: [TimingColumn], from start: Int, reference: String?, on canvas: Canvas) {
    var end = start
    for column in columns {
      end += column.width
      let text = Explanation.fitting(
        column.heading(reference: reference), columns: column.width - 1, state.appearance)
      canvas.put(text, column: end - text.cellWidth, row: 0, Style(.faint))
    }
  }

  private func drawTimeLine(
    _ line: TimeLine, row: Int, _ layout: TimeColumns, _ axis: TimeAxis?, reference: String?, on canvas: Canvas
  ) {
    let contender = line.row.contender
    if line.isSelected {
      canvas.fill(
        Rect(column: 0, row: row, columns: canvas.columns, rows: 1), Cell(" ", Style(on: .role(.runningLine))))
    }
    let ground: Ink = line.isSelected ? .role(.runningLine) : .terminal
    let style = Style.plain.on(ground)
    if line.isSelected { canvas.put(Cell(state.appearance.glyphs.play, style), column: 0, row: row) }
    let name = line.step == nil ? timedName(line.row, columns: layout.plot - 2) : glyphs(line.name)
    canvas.put(name, column: 1, row: row, line.step == nil ? style.adding(.bold) : Style(.faint).on(ground))
    if let statistics = line.statistics, let axis {
      drawSpread(statistics, line, axis, from: layout.plot, row: row, ground, on: canvas)
    } else if let failure = contender.failure {
      let text = truncated(
        glyphs(failure), canvas.columns - layout.plot - 1, ellipsis: state.appearance.glyphs.ellipsis)
      canvas.put(text, column: layout.plot, row: row, Style(.warning).on(ground))
      return
    } else {
      let words = state.timing.rows?.isRunning == true ? "waiting for its first turn" : "not measured"
      canvas.put(glyphs(words), column: layout.plot, row: row, Style(.faint).on(ground))
    }
    var end = layout.figures
    for column in layout.columns {
      end += column.width
      let text: String
      if line.step != nil {
        text = column == .median ? line.statistics.map { TimingText.time($0.median) } ?? "" : ""
      } else {
        text = column.text(line.row, isReference: contender.name == reference)
      }
      let look = line.step != nil ? Style(.faint).on(ground) : style
      canvas.put(glyphs(text), column: end - glyphs(text).cellWidth, row: row, look)
    }
  }

  /// From the minimum to p90 a line, the median on it; on a linear axis a bar from zero to the median.
  private func drawSpread(
    _ statistics: SampleStatistics, _ line: TimeLine, _ axis: TimeAxis, from start: Int, row: Int, _ ground: Ink,
    on canvas: Canvas
  ) {
    let set = state.appearance.glyphs
    let (minimum, median, p90) = (
      axis.column(of: statistics.minimum), axis.column(of: statistics.median), axis.column(of: statistics.p90)
    )
    let ink: Role = line.step == nil ? .title : .faint
    func put(_ glyph: Unicode.Scalar, _ column: Int, _ role: Role, _ attributes: Style.Attributes = []) {
      canvas.put(Cell(glyph, Style(role, attributes).on(ground)), column: start + column, row: row)
    }
    for tick in axis.ticks { put(set.isASCII ? ":" : "┊", tick.column, .border) }
    if axis.kind == .linear {
      let text = Meters.bar(statistics.median / axis.high, columns: axis.columns, set)
      for (column, glyph) in text.unicodeScalars.enumerated() where glyph != " " { put(glyph, column, ink) }
      if statistics.median > axis.high {
        put(set.isASCII ? ">" : "»", axis.columns - 1, .warning, .bold)
      } else if p90 > median {
        put(set.isASCII ? "|" : "┤", p90, ink)
      }
      return
    }
    for column in minimum...max(p90, minimum) { put(set.isASCII ? "-" : "─", column, ink) }
    if minimum < median { put(set.isASCII ? "|" : "├", minimum, ink) }
    if p90 > median { put(set.isASCII ? "|" : "┤", p90, ink) }
    let isDoubtful = line.row.contender.isMostlyTainted
    if line.step == nil, let earlier = line.row.earlier {
      put(set.isASCII ? "b" : "◇", axis.column(of: earlier.median), .written)
    }
    let own = isDoubtful ? "?" : set.knob
    put(line.step == nil ? own : set.isASCII ? "." : "○", median, isDoubtful ? .warning : ink, .bold)
  }

  /// A label for every tick, or for every second or third of them where there is no room: none is missing in between.
  private func drawTicks(_ axis: TimeAxis, from start: Int, row: Int, on canvas: Canvas) {
    let labels = axis.ticks.map { tick -> (text: String, column: Int) in
      let text = glyphs(tick.seconds == 0 ? "0" : TimingText.roundTime(tick.seconds))
      return (text, min(max(start + tick.column - text.cellWidth / 2, 0), canvas.columns - text.cellWidth))
    }
    func chosen(_ step: Int) -> [(text: String, column: Int)] {
      labels.enumerated().filter { $0.offset % step == 0 }.map(\.element)
    }
    let step = labels.indices.map { $0 + 1 }.first { step in
      let labels = chosen(step)
      return zip(labels, labels.dropFirst()).allSatisfy { $0.column + $0.text.cellWidth < $1.column }
    }
    for label in chosen(step ?? 1) { canvas.put(label.text, column: label.column, row: row, Style(.faint)) }
  }
}

extension TimingText {
  /// `1 ms`, `0.5 s`: a round time on an axis.
  static func roundTime(_ seconds: Double) -> String {
    var value = seconds
    for unit in ["s", "ms", "µs"] {
      if value >= 0.9995 { return "\(roundNumber(value)) \(unit)" }
      value *= 1000
    }
    return "\(roundNumber(value)) ns"
  }

  /// Without decimals that are only rounding.
  private static func roundNumber(_ value: Double) -> String {
    let isWhole = abs(value - value.rounded()) < 1e-6 * value
    return NumberFormat(columns: 6, decimals: isWhole ? 0 : 2).bare(value)
  }
}

/// Where names, points and figures stand in the panel of times.
struct TimeColumns {
  /// The first column of the points, and how many there are.
  let plot: Int
  let plotColumns: Int
  /// The first column of the figures.
  let figures: Int
  let columns: [TimingColumn]

  private static let leastPlot = 26

  init(_ width: Int, lines: [PanePainter.TimeLine], hasEarlier: Bool) {
    let longest = lines.map(\.name.count).max() ?? 0
    plot = min(longest, width >= 110 ? 24 : 14) + 3
    var chosen: [TimingColumn] = []
    // The more room, the more of it goes to the points.
    let room = width - plot - max(Self.leastPlot, width / 3)
    var used = 0
    for column in (hasEarlier ? [.median, .earlier] : []) + TimingColumn.besidePoints
    where used + column.width <= room && !chosen.contains(column) {
      chosen.append(column)
      used += column.width
    }
    columns = TimingColumn.allCases.filter(chosen.contains)
    figures = width - used - 1
    plotColumns = figures - plot - 1
  }
}
