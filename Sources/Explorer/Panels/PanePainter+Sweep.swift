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
        "The curve over \(parameter.symbol)\(waits ? " comes after the rows." : ".") V goes on to the next parameter.",
        on: canvas)
      return
    }
    let letters = Dictionary(
      TimedRow.all(of: state.timingReport?.cases.first).map { ($0.contender.name, $0.letter) },
      uniquingKeysWith: { first, _ in first })
    let curves = Self.curves(of: report)
    let speeds = curves.flatMap { $0.points.map(\.gigaflops) }
    let values = report.request.cases.compactMap(\.sweepValue)
    guard let least = speeds.min(), let most = speeds.max(), let first = values.first, let last = values.last else {
      drawNotMeasured("measuring the first point", on: canvas)
      return
    }
    let legend = legend(of: curves, letters, along: parameter, columns: canvas.columns - 2)
    let plot = Rect(column: 6, row: 0, columns: canvas.columns - 8, rows: canvas.rows - 1 - legend.count)
    let y = LogScale(least / 1.3, max(most * 1.3, least * 2), places: plot.rows)
    let x = LogScale(Double(first), Double(max(last, first + 1)), places: plot.columns)
    let area = canvas.part(plot)
    func place(_ point: SweepCurve.Point) -> Point {
      Point(column: x.place(Double(point.value)), row: plot.rows - 1 - y.place(point.gigaflops))
    }
    for curve in curves { drawCurve(curve.points.map(place), on: area) }
    for (index, curve) in curves.enumerated() {
      let isSelected = curve.name == state.timedRow?.contender.name
      for point in curve.points {
        putLetter(
          letters[curve.name] ?? TimedRow.letter(index), at: place(point), isSelected: isSelected,
          isDoubtful: point.isDoubtful, on: area)
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
    for (line, text) in legend.enumerated() {
      canvas.put(text, column: 1, row: plot.endRow + 1 + line, Style(.faint))
    }
  }

  /// What the letters are, in as many lines as it takes; a letter stands in the line of its name.
  private func legend(
    of curves: [SweepCurve], _ letters: [String: Character], along parameter: SweepParameter, columns: Int
  ) -> [String] {
    var lines = [glyphs("\(parameter.symbol) → ·")]
    for (index, curve) in curves.enumerated() {
      let entry = "\(letters[curve.name] ?? TimedRow.letter(index)) \(curve.name)"
      let longer = lines[lines.count - 1] + (index == 0 ? " " : "  ") + entry
      if longer.cellWidth <= columns { lines[lines.count - 1] = longer } else { lines.append(entry) }
    }
    return lines
  }

  /// Whether the median of any point is one of a disturbed machine.
  var isAnySweepPointDoubtful: Bool {
    state.sweepReport.map { Self.curves(of: $0).contains { $0.points.contains(where: \.isDoubtful) } } ?? false
  }

  private static func curves(of report: MeasuringReport) -> [SweepCurve] {
    var names: [String] = []
    for item in report.cases {
      for contender in item.contenders where !names.contains(contender.name) { names.append(contender.name) }
    }
    return names.map { name in
      let points = report.cases.compactMap { item -> SweepCurve.Point? in
        guard let value = item.measured.sweepValue,
          let contender = item.contenders.first(where: { $0.name == name }), let speed = contender.gigaflops
        else { return nil }
        return SweepCurve.Point(value: value, gigaflops: speed, isDoubtful: contender.isMostlyTainted)
      }
      return SweepCurve(name: name, points: points)
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

/// The medians of one way, in GFLOP/s of the direct algorithm's count.
struct SweepCurve {
  let name: String
  let points: [Point]

  struct Point {
    let value: Int
    let gigaflops: Double
    /// Whether most of its samples are tainted.
    let isDoubtful: Bool
  }
}
