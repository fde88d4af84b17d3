import Screens
import Walkthroughs

extension PanePainter {
  /// Lines that a panel of curves needs.
  var curveRows: Int { (state.tileSweep?.tiles.count ?? 0) + 2 }

  /// Misses and times of one algorithm, a tile size a line.
  ///
  /// Misses are bars from zero, their three kinds one after the other; times are points on a logarithmic scale.
  func drawCurves(_ operation: TileSweep.Operation, on canvas: Canvas) {
    guard let costs = state.tileCosts else { return }
    let columns = CurveColumns(canvas.columns)
    drawCurveHeading(columns, on: canvas)
    let tiles = costs.sweep.tiles
    let points = tiles.map { TileSweep.Point(operation, tile: $0) }
    let mostMisses = points.compactMap { costs.misses[$0]?.counts.misses }.max() ?? 0
    let times = points.compactMap { costs.seconds[$0] }
    let (bestMisses, bestTime) = (costs.bestByMisses(operation), costs.bestByTime(operation))
    for (row, point) in points.enumerated() {
      let line = row + 1
      let label = String(point.tile)
      canvas.put(label, column: columns.label - label.count, row: line, Style(.faint))
      if let report = costs.misses[point] {
        drawMisses(
          report, most: mostMisses, isBest: bestMisses == point.tile, columns, on: canvas.part(columns.misses(line)))
      } else {
        canvas.put(Cell(state.appearance.glyphs.notYet, Style(.faint)), column: columns.label + 1, row: line)
      }
      let time = canvas.part(columns.time(line))
      if let seconds = costs.seconds[point] {
        let sign = costs.estimated.contains(point) ? "~" : ""
        drawTime(seconds, sign, among: times, isBest: bestTime == point.tile, columns, on: time)
      } else if costs.sweep.isTimed(point) {
        time.put(Cell(state.appearance.glyphs.notYet, Style(.faint)), column: time.columns - 2, row: 0)
      } else {
        time.put("not timed", column: time.columns - 9, row: 0, Style(.faint))
      }
    }
    drawCurveLegend(row: points.count + 1, columns, on: canvas)
  }

  /// Which tiles are best by what, and what is still being done; longer wordings first.
  func curveCaptions(_ operation: TileSweep.Operation) -> [String] {
    guard let costs = state.tileCosts else { return [] }
    let (misses, time) = (costs.bestByMisses(operation), costs.bestByTime(operation))
    if let misses, let time {
      let best = "\(misses) by misses, \(time) by time"
      return ["best T: \(best)", "best: \(best)", best]
    }
    let best = misses.map { "\($0) by misses" } ?? time.map { "\($0) by time" }
    let progress: String
    switch costs.progress {
    case .running: progress = "measuring"
    case .stopped: progress = "stopped"
    case .waiting: progress = best == nil && costs.misses.isEmpty ? "not measured" : ""
    }
    guard let best else { return [progress] }
    guard !progress.isEmpty else { return ["best T: \(best)", best] }
    // The star beside its line says which one is best too.
    let missing = "\(misses == nil ? "misses" : "times"): \(progress)"
    return ["best T: \(best); \(missing)", "\(best); \(missing)", missing]
  }

  private func drawCurveHeading(_ columns: CurveColumns, on canvas: Canvas) {
    canvas.put("T", column: columns.label - 1, row: 0, Style(.faint))
    canvas.put("misses", column: columns.label + 1, row: 0, Style(.faint))
    let time = columns.points > 0 ? "time, log scale" : "time"
    canvas.put(time, column: columns.columns - time.count - 1, row: 0, Style(.faint))
  }

  /// The three kinds of misses as they are drawn.
  private func drawCurveLegend(row: Int, _ columns: CurveColumns, on canvas: Canvas) {
    func length(_ names: [String], gap: Int) -> Int { names.reduce(gap - 1) { $0 + $1.count + 2 + gap } }
    // Whole words, if need be shorter ones.
    let (long, short) = (["compulsory", "capacity", "conflict"], ["first", "capacity", "conflict"])
    let choices = [(long, 1), (long, 0), (short, 1), (short, 0)]
    guard let (names, gap) = choices.first(where: { length($0, gap: $1) <= columns.columns }) else { return }
    var column = gap
    for (kind, name) in names.enumerated() {
      canvas.put(missCell(kind), column: column, row: row)
      column = canvas.put(name, column: column + 1 + gap, row: row, Style(.faint)) + 1
    }
  }

  private func missCell(_ kind: Int) -> Cell {
    let ascii = state.appearance.ascii
    return switch kind {
    case 0: Cell(ascii ? "." : "░", Style(.faint))
    case 1: Cell(ascii ? "+" : "▒", Style(.title))
    default: Cell(ascii ? "#" : "█", Style(.warning))
    }
  }

  private func drawMisses(_ report: CacheReport, most: Int, isBest: Bool, _ columns: CurveColumns, on canvas: Canvas) {
    let counts = report.counts
    let scale = Double(columns.bar) / Double(max(most, 1))
    let sums = [0, counts.compulsory, counts.compulsory + counts.capacity, counts.misses].map { Double($0) * scale }
    // What is there is seen, however little.
    let length = counts.misses > 0 ? max(Int(sums[3].rounded()), 1) : 0
    for column in 0..<length {
      // A cell is the kind that most of it is: rounding the ends would give the last kind what is the middle one's.
      func share(_ kind: Int) -> Double { min(sums[kind + 1], Double(column + 1)) - max(sums[kind], Double(column)) }
      let kind = share(1) > max(share(0), share(2)) ? 1 : share(2) > share(0) ? 2 : 0
      canvas.put(missCell(kind), column: column, row: 0)
    }
    let text = (report.isSampled ? "~" : "") + shortCount(counts.misses)
    canvas.put(
      text, column: columns.bar + 7 - text.count, row: 0, isBest ? Style(.good, [.bold]) : .plain)
    if isBest { canvas.put(Cell(bestGlyph, Style(.good, [.bold])), column: columns.bar + 7, row: 0) }
  }

  private func drawTime(
    _ seconds: Double, _ sign: String, among times: [Double], isBest: Bool, _ columns: CurveColumns, on canvas: Canvas
  ) {
    let style = isBest ? Style(.good, [.bold]) : .plain
    if columns.points > 0, let least = times.min(), let most = times.max(), least > 0 {
      let span = RealFunctions.naturalLogarithm(most / least)
      let share = span > 0 ? RealFunctions.naturalLogarithm(seconds / least) / span : 0
      canvas.put(
        Cell(state.appearance.glyphs.knob, style),
        column: Meters.knobColumn(share, columns: columns.points), row: 0)
    }
    let text = sign + shortTime(seconds)
    canvas.put(text, column: canvas.columns - 1 - text.cellWidth, row: 0, style)
    if isBest { canvas.put(Cell(bestGlyph, style), column: canvas.columns - 1, row: 0) }
  }

  private var bestGlyph: Unicode.Scalar { state.appearance.ascii ? "*" : "★" }

  /// `940`, `65.5k`, `2.1M`.
  func shortCount(_ count: Int) -> String {
    guard count >= 1000 else { return String(count) }
    var value = Double(count) / 1000
    for unit in ["k", "M", "G"] {
      if value < 999.5 || unit == "G" {
        return NumberFormat(columns: 4, decimals: value < 99.95 ? 1 : 0).bare(value) + unit
      }
      value /= 1000
    }
    return String(count)
  }

  /// `1.23 ms`, in three digits.
  private func shortTime(_ seconds: Double) -> String {
    var value = seconds
    for unit in ["s", "ms", "µs"] {
      if value >= 1 || unit == "µs" {
        return NumberFormat(columns: 5, decimals: value < 9.995 ? 2 : value < 99.95 ? 1 : 0).bare(value) + " "
          + glyphs(unit)
      }
      value *= 1000
    }
    return ""
  }
}

/// Where the parts of a line of curves stand.
private struct CurveColumns {
  let columns: Int
  /// The end of the tile's column.
  let label = 5
  /// Cells of the longest bar.
  let bar: Int
  /// Cells of the scale of times; 0 where there is no room.
  let points: Int

  init(_ columns: Int) {
    self.columns = columns
    // Tile, count, time, their gaps and stars.
    let free = max(columns - 5 - 1 - 9 - 10, 0)
    points = free >= 16 ? min(free * 2 / 5, 24) : 0
    bar = max(free - points, 0)
  }

  func misses(_ row: Int) -> Rect { Rect(column: label + 1, row: row, columns: bar + 9, rows: 1) }

  func time(_ row: Int) -> Rect {
    Rect(column: columns - points - 10, row: row, columns: points + 10, rows: 1)
  }
}
