import Convolution
import Measuring
import Screens

/// Timing's panels: their titles, what stands in them before anything is measured, and those made of text.
extension PanePainter {
  func timingTitles(of pane: Pane) -> [String] {
    switch pane {
    case .times:
      let threads = state.view.timing.threads
      let type = state.experiment.elementType.rawValue
      let many = "\(threads) thread\(threads == 1 ? "" : "s")"
      let (text, own) = (timedShapeText, state.view.timing.shape == .experiment ? " (the experiment)" : "")
      return ["times of \(text)\(own), \(type), \(many)", "\(text), \(type), \(many)", text, "times"]
    case .figures: return ["all figures", "figures"]
    case .roofline: return ["roofline: operations a byte → GFLOP/s executed", "roofline"]
    case .sweep:
      guard let parameter = state.view.timing.sweep else { return ["a curve over one parameter (V)", "curve"] }
      let (curve, whose) = ("GFLOP/s over \(parameter.symbol)", "our ways, not the libraries'")
      return ["\(curve): \(whose); both axes logarithmic", "\(curve): \(whose)", curve]
    case .why: return [state.timedRow.map { "why: \($0.letter) \($0.contender.name)" } ?? "why", "why"]
    default: return ["this machine, and how far its clock is to be trusted", "machine and clock", "machine"]
    }
  }

  func timingCaption(of pane: Pane) -> String? {
    switch pane {
    case .times where state.timedRows.contains { $0.earlier != nil }:
      return "left is faster · ├ min ● median ┤ p90 ◇ earlier median"
    case .times where state.timingReport?.cases.first?.contenders.isEmpty == false:
      return state.view.timing.axis == .log
        ? "log axis: left is faster · ├ min ● median ┤ p90"
        : "from zero: shorter is faster · █ median ┤ p90 » goes on"
    case .sweep where state.sweepReport != nil: return "higher is faster"
    case .roofline where state.timingReport != nil: return "letters are the rows of times"
    default: return nil
    }
  }

  /// `10×32×32×8, 3×3×8→16`.
  var timedShapeText: String {
    let g = state.timedGeometry
    var text = g.inputShape.map { String($0) }.joined(separator: "×") + ", \(g.kernelHeight)×\(g.kernelWidth)×"
    text += "\(g.groupInputChannels)→\(g.outputChannels)"
    if g.stride != AxisPair(1) { text += " s\(g.stride.word)" }
    if !g.padding.isNone { text += " p\(PaddingRule.explicit(g.padding).word)" }
    if g.dilation != AxisPair(1) { text += " d\(g.dilation.word)" }
    if g.groups > 1 { text += " g\(g.groups)" }
    return text
  }

  func drawTiming(_ pane: Pane, on canvas: Canvas) {
    switch pane {
    case .times: drawTimes(on: canvas)
    case .figures: drawFigures(on: canvas)
    case .roofline: drawRoofline(on: canvas)
    case .sweep: drawSweep(on: canvas)
    case .why: drawReasons(on: canvas)
    default: drawMachine(on: canvas)
    }
  }

  /// Lines broken at blanks; returns the row after them.
  @discardableResult
  func say(_ text: String, row: Int, _ style: Style = .plain, on canvas: Canvas) -> Int {
    let lines = wrapped(glyphs(text), canvas.columns - 2)
    for (line, part) in lines.enumerated() { canvas.put(part, column: 1, row: row + line, style) }
    return row + lines.count
  }

  func drawNotMeasured(_ what: String, on canvas: Canvas) {
    let isComing = state.timing.running != nil
    say(what + (isComing ? "" : " Space measures."), row: 0, Style(.faint), on: canvas)
  }

  /// What will be measured, and how to start.
  func drawPlan(on canvas: Canvas) {
    let isComing = state.timing.rows?.isRunning == true && state.timing.rows?.subject == state.timingSubject
    var row = say(
      isComing
        ? state.timingReport.map { $0.activity.isEmpty ? "starting" : $0.activity } ?? "starting"
        : "Nothing is measured yet: Space starts, and takes about 20 s.", row: 0, Style(.explanation, [.bold]),
      on: canvas)
    row = say(
      "First the ceilings of the machine; then all take turns in random order, round after round, so that what slows the "
        + "machine slows all of them:", row: row, on: canvas)
    let plans = ConvolutionAlgorithm.allCases.filter { $0 != .auto }.map { ($0.rawValue, plan(of: $0)) }
    let peers = [
      ("numpy", "the lecture's three versions, where the python3 in the path has NumPy"),
      ("pytorch", "conv2d, where it has PyTorch"),
    ]
    drawTable(
      plans + peers, on: canvas.part(Rect(column: 0, row: row, columns: canvas.columns, rows: canvas.rows - row)))
  }

  private func plan(of algorithm: ConvolutionAlgorithm) -> String {
    let g = state.timedGeometry
    let offsets = g.kernelHeight * g.kernelWidth
    guard algorithm.covers(g) else { return "left out: it covers 3×3 kernels with stride 1, dilation 1 and one group" }
    switch algorithm {
    case .naive: return "the lecture's seven loops, compiled"
    case .matmul: return "a matrix product for each of \(offsets) kernel offset\(offsets == 1 ? "" : "s")"
    case .im2col: return "patches copied into a matrix, then one product; both also apart"
    case .lazyIm2col: return "the same product, patches fetched by address, no matrix"
    case .direct: return "outputs held in registers, fields read where they lie"
    case .winograd: return "fewer multiplications, more additions"
    case .auto: return ""
    }
  }

  private func drawReasons(on canvas: Canvas) {
    guard let reasons = TimingReasons(state) else {
      drawNotMeasured("The reasons come with the figures.", on: canvas)
      return
    }
    var row = 0
    for (number, sentence) in reasons.sentences.enumerated() {
      let lines = wrapped(glyphs(sentence), canvas.columns - 2).count
      // A sentence that is not whole says nothing.
      guard number == 0 || row + lines <= canvas.rows else { continue }
      row = say(sentence, row: row, number == 0 ? Style(.explanation) : .plain, on: canvas)
    }
  }

  /// Every column as far as there is room, a row a line.
  private func drawFigures(on canvas: Canvas) {
    let rows = state.timedRows
    guard let report = state.timingReport?.cases.first, !rows.isEmpty else {
      drawNotMeasured("All figures of every row.", on: canvas)
      return
    }
    let reference = report.reference.map { report.contenders[$0].name }
    let names = min((rows.map(\.contender.name.count).max() ?? 0), canvas.columns >= 110 ? 22 : 12) + 3
    var columns: [TimingColumn] = []
    var used = names
    for column in TimingColumn.ofTable where used + column.width <= canvas.columns - 1 {
      columns.append(column)
      used += column.width
    }
    columns = TimingColumn.allCases.filter(columns.contains)
    func put(_ text: String, end: Int, row: Int, _ style: Style) {
      let text = glyphs(text)
      canvas.put(text, column: end - text.cellWidth, row: row, style)
    }
    var end = names
    for column in columns {
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
      let name = truncated(
        "\(row.letter) \(row.contender.name)", names - 1, ellipsis: state.appearance.glyphs.ellipsis)
      canvas.put(name, column: 1, row: line + 1, style)
      end = names
      for column in columns {
        end += column.width
        put(column.text(row, isReference: row.contender.name == reference), end: end, row: line + 1, style)
      }
    }
    let row = rows.count + 2
    let notes: [(TimingColumn, String)] = [
      (.moved, "moved: bytes by the model of its loops"),
      (.scratch, "scratch: bytes beside input, weight and output"),
      (.error, "error: largest difference from float64 over the largest output"),
      (.norm, "norm: of all differences, as the lecture prints it"),
      (.coldCall, "1st call: with cold caches"),
      (.gigaflops, "eff: effective, counting the direct algorithm's operations"),
      (.minimum, "~ reckoned from a part, or from a sample of the outputs"),
    ]
    // A note that is not whole says nothing.
    let shown = notes.filter { columns.contains($0.0) }.map(\.1)
    var fitting = shown.count
    while fitting > 0,
      row + wrapped(glyphs(shown.prefix(fitting).joined(separator: "; ")), canvas.columns - 2).count > canvas.rows
    { fitting -= 1 }
    say(shown.prefix(fitting).joined(separator: "; "), row: row, Style(.faint), on: canvas)
  }

  /// Processor, ceilings, how quiet it was, and what could not be measured.
  private func drawMachine(on canvas: Canvas) {
    if case .editing(let editing) = state.mode, case .viewOption = editing.field.target {
      drawFields(editing, on: canvas)
      return
    }
    guard let report = state.timingReport else {
      drawNotMeasured("What the machine can do at most, and how quiet it is.", on: canvas)
      return
    }
    var row = say("\(report.machine.processor), \(report.machine.instructionSet.rawValue)", row: 0, on: canvas)
    for failure in report.failures { row = say(failure.description, row: row, Style(.warning), on: canvas) }
    for ceilings in report.ceilings {
      let levels = ceilings.levels.map { "\($0.level.rawValue) \(TimingText.digits($0.gigabytes))" }
      row = say(
        "\(Explanation.counted(ceilings.threads, "thread")): \(TimingText.digits(ceilings.peakGigaflops)) GFLOP/s; GB/s "
          + levels.joined(separator: ", "), row: row, on: canvas)
    }
    let c = report.conditions
    var lines: [(String, String)] = []
    lines.append(("tainted", "\(c.taintedSamples) of \(c.samples) samples: disturbed, but kept"))
    if let clock = c.clock, let slowest = c.slowestClock {
      lines.append(("clock", "now \(TimingText.percent(clock)), slowest \(TimingText.percent(slowest)) of its fastest"))
    }
    if let steal = c.stolenSeconds { lines.append(("stolen", "\(TimingText.time(steal)), by the host")) }
    if let waited = c.waitedSeconds { lines.append(("waited", "\(TimingText.time(waited)) for a processor")) }
    if let switches = c.involuntarySwitches { lines.append(("switched", "\(switches) times, by the system")) }
    lines.append(
      ("may use", "\(c.allowedProcessors.count) of \(Explanation.counted(c.processors, "processor"))"))
    drawTable(lines, on: canvas.part(Rect(column: 0, row: row, columns: canvas.columns, rows: canvas.rows - row)))
    row += lines.count
    // Of the row with the cursor: why its samples are doubted.
    guard let selected = state.timedRow?.contender, selected.taintedCount > 0, row < canvas.rows else { return }
    let whys = selected.samples.flatMap(\.taints)
    var counts: [(word: String, count: Int)] = []
    for taint in whys {
      if let index = counts.firstIndex(where: { $0.word == taint.word }) {
        counts[index].count += 1
      } else {
        counts.append((taint.word, 1))
      }
    }
    let text = counts.map { "\($0.word) \($0.count)" }.joined(separator: ", ")
    say("tainted of \(selected.name): \(text)", row: row, Style(.warning), on: canvas)
  }
}
