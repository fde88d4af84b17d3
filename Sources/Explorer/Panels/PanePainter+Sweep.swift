import Measuring
import Screens

/// GFLOP/s of every way over one parameter, a curve each.
extension PanePainter {
  func drawSweep(on canvas: Canvas) {
    guard let parameter = state.view.timing.sweep else {
      let names = SweepParameter.allCases.map(\.symbol).joined(separator: ", ")
      say(
        "V goes over one parameter, all else as it is: \(names). Each of our ways becomes a curve.", row: 0,
        Style(.faint), on: canvas)
      return
    }
    guard let report = state.sweepReport, canvas.columns >= 30, canvas.rows >= 6 else {
      let waits = state.timing.rows?.isRunning == true
      drawNotMeasured(
        "The curve over \(parameter.symbol)\(waits ? " comes after the rows." : ".")", on: canvas)
      return
    }
    let letters = Dictionary(
      TimedRow.all(of: state.timingReport?.cases.first).map { ($0.contender.name, $0.letter) },
      uniquingKeysWith: { first, _ in first })
    let curves = curves(of: report)
    let speeds = curves.flatMap { $0.points.map(\.gigaflops) }
    let values = report.request.cases.compactMap(\.sweepValue)
    guard let least = speeds.min(), let most = speeds.max(), let first = values.first, let last = values.last else {
      drawNotMeasured("measuring the first point", on: canvas)
      return
    }
    let plot = Rect(column: 6, row: 0, columns: canvas.columns - 8, rows: canvas.rows - 2)
    let y = LogScale(least / 1.3, max(most * 1.3, least * 2), places: plot.rows)
    let x = LogScale(Double(first), Double(max(last, first + 1)), places: plot.columns)
    let area = canvas.part(plot)
    func place(_ point: (value: Int, gigaflops: Double)) -> Point {
      Point(column: x.place(Double(point.value)), row: plot.rows - 1 - y.place(point.gigaflops))
    }
    for curve in curves { drawCurve(curve.points.map(place), on: area) }
    for (index, curve) in curves.enumerated() {
      let isSelected = curve.name == state.timedRow?.contender.name
      for point in curve.points.map(place) {
        putLetter(letters[curve.name] ?? TimedRow.letter(index), at: point, isSelected: isSelected, on: area)
      }
    }
    for value in y.powers(of: 10) {
      let row = plot.rows - 1 - y.place(value)
      guard row >= 0, row < plot.rows else { continue }
      let text = TimingText.plain(value)
      canvas.put(text, column: max(plot.column - 1 - text.cellWidth, 0), row: row, Style(.faint))
    }
    var free = plot.column
    for value in values {
      let text = String(value)
      let column = min(
        max(plot.column + x.place(Double(value)) - text.count / 2, plot.column), canvas.columns - text.count)
      guard column >= free else { continue }
      free = canvas.put(text, column: column, row: plot.endRow, Style(.faint)) + 1
    }
    let legend = curves.enumerated().map { "\(letters[$1.name] ?? TimedRow.letter($0)) \($1.name)" }
    canvas.put(
      truncated(
        glyphs("\(parameter.symbol) → · " + legend.joined(separator: "  ")), canvas.columns - 2,
        ellipsis: state.appearance.glyphs.ellipsis), column: 1, row: plot.endRow + 1, Style(.faint))
  }

  /// The medians of each way, in GFLOP/s of the direct algorithm's count.
  private func curves(
    of report: MeasuringReport
  ) -> [(name: String, points: [(value: Int, gigaflops: Double)])] {
    var names: [String] = []
    for item in report.cases {
      for contender in item.contenders where !names.contains(contender.name) { names.append(contender.name) }
    }
    return names.map { name in
      let points = report.cases.compactMap { item -> (value: Int, gigaflops: Double)? in
        guard let value = item.measured.sweepValue,
          let speed = item.contenders.first(where: { $0.name == name })?.gigaflops
        else { return nil }
        return (value, speed)
      }
      return (name, points)
    }.filter { !$0.points.isEmpty }
  }

  /// Dots from point to point.
  private func drawCurve(_ points: [Point], on area: Canvas) {
    let dot = Cell(state.appearance.glyphs.dot, Style(.border))
    for (from, to) in zip(points, points.dropFirst()) where to.column > from.column {
      for column in from.column...to.column {
        let share = Double(column - from.column) / Double(to.column - from.column)
        let row = Int((Double(from.row) + share * Double(to.row - from.row)).rounded())
        area.put(dot, column: column, row: row)
      }
    }
  }
}
