import Measuring
import Screens

/// Executed operations a second over operations a byte, under what the machine can do at most.
extension PanePainter {
  func drawRoofline(on canvas: Canvas) {
    guard let report = state.timingReport, !report.ceilings.isEmpty, canvas.columns >= 30, canvas.rows >= 6 else {
      drawNotMeasured("Every way as a letter, under the ceilings of multiply-adds, L2, L3 and DRAM.", on: canvas)
      return
    }
    let points = state.timedRows.compactMap { row in
      row.contender.intensity.flatMap { intensity in
        row.contender.executedGigaflops.map { (row: row, intensity: intensity, gigaflops: $0) }
      }
    }
    let peak = report.ceilings.map(\.peakGigaflops).max() ?? 1
    let labels = 5
    let plot = Rect(column: labels + 1, row: 0, columns: canvas.columns - labels - 2, rows: canvas.rows - 2)
    // The loops in Python, a million times slower than the peak, would press all others together.
    let least = points.map(\.gigaflops).filter { $0 >= peak * Self.leastShare }.min() ?? peak / 100
    let y = LogScale(min(least / 1.5, peak / 60), peak * 1.25, places: plot.rows)
    let intensities = points.map(\.intensity)
    let x = LogScale(
      min((intensities.min() ?? 0.5) / 1.5, 0.25), max((intensities.max() ?? 32) * 1.5, 64), places: plot.columns)
    let area = canvas.part(plot)
    func row(_ gigaflops: Double) -> Int { plot.rows - 1 - y.place(gigaflops) }
    drawScales(x, y, plot, on: canvas)
    // Those of other numbers of threads fainter, and below.
    let own = state.view.timing.threads
    let ceilings = report.ceilings.sorted { ($0.threads == own ? 1 : 0) < ($1.threads == own ? 1 : 0) }
    for ceilings in ceilings { drawCeilings(ceilings, isOwn: ceilings.threads == own, x, y, on: area) }
    var letters: Set<Point> = []
    for point in points {
      let isSelected = point.row.contender.name == state.timedRow?.contender.name
      let isBelow = point.gigaflops < peak * Self.leastShare
      let place = Point(column: x.place(point.intensity), row: isBelow ? plot.rows - 1 : row(point.gigaflops))
      // Small: its place is there or left of it.
      let letter = point.row.contender.work.isLeast ? Character(point.row.letter.lowercased()) : point.row.letter
      let isDoubtful = point.row.contender.isMostlyTainted
      guard let place = putLetter(letter, at: place, isSelected: isSelected, isDoubtful: isDoubtful, on: area)
      else { continue }
      letters.insert(place)
      if isDoubtful { letters.insert(Point(column: place.column + 1, row: place.row)) }
      guard isBelow else { continue }
      let beside = [-1, 1].map { Point(column: place.column + $0, row: place.row) }
      guard let free = beside.first(where: { $0.column >= 0 && !letters.contains($0) }) else { continue }
      area.put(Cell(belowMark, Style(.key)), column: free.column, row: free.row)
      letters.insert(free)
    }
    let ownPeak = ceilings.last.map { row($0.peakGigaflops) }
    for ceilings in ceilings {
      let isOwn = ceilings.threads == own
      // Of two names on one line the longer would look out from under the other.
      guard isOwn || row(ceilings.peakGigaflops) != ownPeak else { continue }
      nameCeilings(ceilings, isOwn: isOwn, x, y, beside: letters, on: area)
    }
  }

  /// Of the peak: what is slower stands on the lower edge.
  private static var leastShare: Double { 1e-3 }

  /// What stands beside a letter that belongs far below.
  private var belowMark: Unicode.Scalar { state.appearance.glyphs.isASCII ? "v" : "▾" }

  /// The wordings of what the marks mean, longer ones first.
  var rooflineCaptions: [String] {
    guard let report = state.timingReport else { return [] }
    let points = state.timedRows.map(\.contender).filter { $0.intensity != nil }
    let peak = report.ceilings.map(\.peakGigaflops).max() ?? 0
    let set = state.appearance.glyphs
    var marks: [String] = []
    let others = report.ceilings.map(\.threads).filter { $0 != state.view.timing.threads }
    if !others.isEmpty {
      let counts = others.map { String($0) }.joined(separator: ", ")
      marks.append("\(set.isASCII ? "..." : "┄·") \(counts) thread\(others == [1] ? "" : "s")")
    }
    if points.contains(where: \.work.isLeast) { marks.append("small: bytes at least") }
    if points.contains(where: { $0.executedGigaflops.map { $0 < peak * Self.leastShare } ?? false }) {
      marks.append("\(belowMark) far below")
    }
    let isDoubtful =
      points.contains { $0.isMostlyTainted && $0.executedGigaflops != nil }
      || report.ceilings.contains {
        $0.threads == state.view.timing.threads ? $0.isDoubtful : !$0.peakTaints.isEmpty
      }
    // What is said of trust is not left out.
    let doubt = isDoubtful ? ["? disturbed"] : []
    let whole = (["letters: rows"] + marks + doubt).joined(separator: " · ")
    return [whole] + marks.indices.map { (Array(marks[...$0]) + doubt).joined(separator: " · ") }.reversed()
      + [doubt.joined()]
  }

  private func drawCeilings(
    _ ceilings: Ceilings, isOwn: Bool, _ x: LogScale, _ y: LogScale, on area: Canvas
  ) {
    let set = state.appearance.glyphs
    let style = Style(isOwn ? .title : .border)
    let flat: Unicode.Scalar = set.isASCII ? (isOwn ? "-" : ".") : (isOwn ? "─" : "┄")
    /// Fifths of a cell, from its upper edge down.
    let rising: [Unicode.Scalar] = set.isASCII ? [isOwn ? "/" : "."] : isOwn ? ["⎺", "⎻", "─", "⎼", "⎽"] : ["·"]
    // Lines of other thread counts would hide those that count where there are few rows.
    for level in ceilings.levels where isOwn || area.rows >= 14 {
      for column in 0..<area.columns {
        let gigaflops = x.value(at: column) * level.gigabytes
        guard gigaflops < ceilings.peakGigaflops else { break }
        // From the upper edge of the panel down.
        let depth = Double(area.rows - 1) - y.position(gigaflops) + 0.5
        guard depth >= 0, Int(depth) < area.rows else { continue }
        let part = Int((depth - depth.rounded(.down)) * Double(rising.count))
        area.put(Cell(rising[min(part, rising.count - 1)], style), column: column, row: Int(depth))
      }
    }
    let top = area.rows - 1 - y.place(ceilings.peakGigaflops)
    let nearest = ceilings.levels.map(\.gigabytes).max() ?? 1
    for column in 0..<area.columns where x.value(at: column) * nearest >= ceilings.peakGigaflops {
      area.put(Cell(flat, style), column: column, row: top)
    }
  }

  /// The peak on its line; the name of each level on its line, and what the lines mean where nothing can be: under the last
  /// of them.
  private func nameCeilings(
    _ ceilings: Ceilings, isOwn: Bool, _ x: LogScale, _ y: LogScale, beside letters: Set<Point>, on area: Canvas
  ) {
    let threads = Explanation.counted(ceilings.threads, "thread")
    let peak = glyphs(" \(TimingText.peak(ceilings)) GFLOP/s, \(threads)")
    let top = area.rows - 1 - y.place(ceilings.peakGigaflops)
    putLabel(
      peak, column: area.columns - peak.cellWidth, toward: -1, row: top, Style(isOwn ? .title : .border),
      beside: letters, on: area)
    guard isOwn else { return }
    var free = 0
    for level in ceilings.levels {
      let column = free
      let place = area.rows - 1 - y.place(x.value(at: column) * level.gigabytes)
      guard place >= 0, place < area.rows else { continue }
      let name = " \(level.level.rawValue) "
      putLabel(name, column: column, toward: 1, row: place, Style(.title, [.bold]), beside: letters, on: area)
      free = column + name.cellWidth + 2
    }
    let lines = ceilings.levels.map { level in
      glyphs("\(level.level.rawValue) \(TimingText.gigabytes(level)) GB/s")
    }
    let width = lines.map(\.cellWidth).max() ?? 0
    for (index, line) in lines.enumerated() {
      let place = area.rows - lines.count + index
      guard place > 2 else { continue }
      putLabel(
        line, column: area.columns - width, toward: -1, row: place, Style(.title), beside: letters, on: area)
    }
  }

  /// Writes a label at its place, or the nearest one in a direction where it neither covers nor touches a letter; not at
  /// all if there is none.
  private func putLabel(
    _ text: String, column: Int, toward direction: Int, row: Int, _ style: Style, beside letters: Set<Point>,
    on area: Canvas
  ) {
    var column = column
    let (before, after) = (text.hasPrefix(" ") ? 0 : 1, text.hasSuffix(" ") ? 0 : 1)
    while column >= 0, column + text.cellWidth <= area.columns {
      let isFree = (column - before..<column + text.cellWidth + after).allSatisfy {
        !letters.contains(Point(column: $0, row: row))
      }
      guard !isFree else {
        area.put(text, column: column, row: row, style)
        return
      }
      column += direction
    }
  }

  /// Powers of two below, of ten at the left.
  private func drawScales(_ x: LogScale, _ y: LogScale, _ plot: Rect, on canvas: Canvas) {
    for value in y.powers(of: 10) {
      let place = plot.rows - 1 - y.place(value)
      guard place >= 0, place < plot.rows else { continue }
      let text = TimingText.plain(value)
      canvas.put(text, column: max(plot.column - 1 - text.cellWidth, 0), row: plot.row + place, Style(.faint))
    }
    var free = plot.column
    for value in x.powers(of: plot.columns >= 70 ? 2 : 4) {
      let text = TimingText.plain(value)
      let column = plot.column + x.place(value) - text.cellWidth / 2
      guard column >= free, column + text.cellWidth <= canvas.columns else { continue }
      free = canvas.put(text, column: column, row: plot.endRow, Style(.faint)) + 2
    }
    let title = Explanation.fitting(
      [
        "x: operations executed for each byte moved (model) · y: 10⁹ operations a second",
        "x: operations a byte (model) · y: GFLOP/s", "x: FLOP/byte · y: GFLOP/s",
      ], columns: canvas.columns - 2, state.appearance)
    canvas.put(title, column: 1, row: plot.endRow + 1, Style(.faint))
  }

  /// What stands behind a letter whose median is one of a disturbed machine.
  static var doubtMark: Unicode.Scalar { "?" }

  /// A letter, beside its place where another one stands there; where it was put.
  @discardableResult
  func putLetter(
    _ letter: Character, at place: Point, isSelected: Bool, isDoubtful: Bool, on area: Canvas
  ) -> Point? {
    let row = place.row
    guard row >= 0, row < area.rows, let scalar = letter.unicodeScalars.first else { return nil }
    let width = isDoubtful ? 2 : 1
    let last = max(area.columns - width, 0)
    let own = min(max(place.column, 0), last)
    func isFree(_ column: Int) -> Bool {
      (column..<column + width).allSatisfy { column in
        guard let there = area.cell(column: column, row: row) else { return false }
        let isTaken = there.glyph.properties.isAlphabetic || there.glyph == Self.doubtMark
        return !(isTaken && there.style.attributes.contains(.bold))
      }
    }
    // At the right edge there is room at its left only.
    let right = own...min(own + 8, last)
    let left = (max(own - 8, 0)..<own).reversed()
    let column = right.first(where: isFree) ?? left.first(where: isFree) ?? own
    let style = isSelected ? Style(.written, [.bold, .reverse]) : Style(.key, [.bold])
    area.put(Cell(scalar, style), column: column, row: row)
    if isDoubtful { area.put(Cell(Self.doubtMark, Style(.warning, [.bold])), column: column + 1, row: row) }
    return Point(column: column, row: row)
  }
}

extension TimingText {
  private static func decimal(_ value: Double) -> String {
    NumberFormat(columns: 6, decimals: value > 0.05 ? 1 : value > 0.005 ? 2 : 3).bare(value)
  }

  /// `1/4`, `1`, `64`, `0.1`: a round number on an axis.
  static func plain(_ value: Double) -> String {
    if value >= 0.9999 { return NumberFormat(columns: 6, decimals: 0).bare(value) }
    let inverse = (1 / value).rounded()
    return inverse.truncatingRemainder(dividingBy: 10) == 0
      ? decimal(value) : "1/\(Int(min(inverse, 1e9)))"
  }
}
