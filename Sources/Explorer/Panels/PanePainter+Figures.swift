import Measuring
import Screens

/// The table of all figures: as many columns as there is room for, the others to the left and right of them.
extension PanePainter {
  /// The columns that the table shows; nil while nothing is measured, or where the table is not on the screen.
  var figureColumns: FigureColumns? {
    guard let rect = SceneLayout(state: state).panes.first(where: { $0.pane == .figures })?.rect else { return nil }
    return figureColumns(rect.columns - 2)
  }

  private func figureColumns(_ columns: Int) -> FigureColumns? {
    let rows = state.timedRows
    return rows.isEmpty ? nil : FigureColumns(columns, rows: rows, from: state.view.timing.column)
  }

  func drawFigures(on canvas: Canvas) {
    let rows = state.timedRows
    guard let report = state.timingReport?.cases.first, let layout = figureColumns(canvas.columns) else {
      drawNotMeasured("All figures of every row.", on: canvas)
      return
    }
    let reference = report.reference.map { report.contenders[$0].name }
    func put(_ text: String, end: Int, row: Int, _ style: Style) {
      let text = glyphs(text)
      canvas.put(text, column: end - text.cellWidth, row: row, style)
    }
    var end = layout.names
    for column in layout.shown {
      end += column.width
      put(
        Explanation.fitting(column.heading(reference: reference), columns: column.width - 1, state.appearance),
        end: end, row: 0, Style(.faint))
    }
    for (line, row) in rows.prefix(canvas.rows - 1).enumerated() {
      let isSelected = row.contender.name == state.timedRow?.contender.name
      let style = isSelected ? Style(on: .role(.runningLine), [.bold]) : .plain
      if isSelected {
        canvas.fill(Rect(column: 0, row: line + 1, columns: canvas.columns, rows: 1), Cell(" ", style))
      }
      canvas.put(timedName(row, columns: layout.names - 2), column: 1, row: line + 1, style)
      end = layout.names
      for column in layout.shown {
        end += column.width
        put(column.text(row, isReference: row.contender.name == reference), end: end, row: line + 1, style)
      }
    }
    drawNotes(layout.shown, rows, row: rows.count + 2, on: canvas)
  }

  /// The letter and the name of a row, in short where there is no room.
  func timedName(_ row: TimedRow, columns: Int) -> String {
    let wordings = [row.contender.name, row.contender.shortName].map { "\(row.letter) \($0)" }
    return Explanation.fitting(wordings, columns: columns, state.appearance)
  }

  private func drawNotes(_ columns: [TimingColumn], _ rows: [TimedRow], row: Int, on canvas: Canvas) {
    let isBelow = rows.contains { $0.contender.work.isLeast && $0.contender.work.traffic != nil }
    let notes: [(TimingColumn, String)] = [
      (.moved, "moved: bytes by the model of its loops" + (isBelow ? ", ≥ if those are not known" : "")),
      (.scratch, "scratch: bytes beside input, weight and output"),
      (.error, "error: largest difference from float64 over the largest output"),
      (.norm, "norm: of all differences, as the lecture prints it"),
      (.coldCall, "1st call: with cold caches"),
      (.gigaflops, "eff: effective, counting the direct algorithm's operations"),
      (.minimum, "~ reckoned from a part, or from a sample of the outputs"),
    ]
    // A note that is not whole says nothing.
    var text = ""
    for (column, note) in notes where columns.contains(column) {
      let longer = text.isEmpty ? note : "\(text); \(note)"
      if row + wrapped(glyphs(longer), canvas.columns - 2).count <= canvas.rows { text = longer }
    }
    say(text, row: row, Style(.faint), on: canvas)
  }
}

extension ContenderReport {
  /// PyTorch's memory order by its letters: N, H, W, C.
  var shortName: String { name == "pytorch-channels-last" ? "pytorch-nhwc" : name }
}

/// Where names and columns of the table of all figures stand.
struct FigureColumns {
  /// Columns of the screen that the names take.
  let names: Int
  let shown: [TimingColumn]
  /// Those that there is no room for, the next ones first.
  let hidden: [TimingColumn]
  /// The first one shown may be no later than this.
  let lastFirst: Int

  var isCut: Bool { !hidden.isEmpty }

  init(_ width: Int, rows: [TimedRow], from first: Int) {
    let full = rows.map(\.contender.name.count).max() ?? 0
    names = (width >= 110 ? full : rows.map(\.contender.shortName.count).max() ?? 0) + 4
    let room = width - 1 - names
    let all = TimingColumn.ofTable + (rows.contains { $0.earlier != nil } ? [.earlier] : [])
    func fitting(from first: Int) -> Int {
      var used = 0
      return all.dropFirst(first).prefix { column in
        used += column.width
        return used <= room
      }.count
    }
    lastFirst = all.indices.first { $0 + fitting(from: $0) == all.count } ?? 0
    let first = min(max(first, 0), lastFirst)
    let end = first + fitting(from: first)
    shown = Array(all[first..<end])
    hidden = Array(all[end...] + all[..<first])
  }
}
