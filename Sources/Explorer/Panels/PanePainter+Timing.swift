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
      let order = state.view.timing.order == .listed ? "" : ", " + state.view.timing.order.words
      return [
        "times of \(text)\(own), \(type), \(many)\(order)", "\(text), \(type), \(many)\(order)", text + order, text,
        "times",
      ]
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
      return "left is faster · ├ min ● median ┤ p90 ◇ earlier median" + taintCaption
    case .times where state.timingReport?.cases.first?.contenders.isEmpty == false:
      return state.view.timing.axis == .log
        ? "log axis: left is faster · ├ min ● median ┤ p90" + taintCaption
        : "from zero: shorter is faster · █ median ┤ p90 » goes on"
    case .sweep where state.sweepReport != nil:
      return "higher is faster" + (isAnySweepPointDoubtful ? " · ? mostly tainted" : "")
    case .figures:
      guard let columns = figureColumns, columns.isCut else { return nil }
      return "← → more: \(columns.hidden.map { $0.heading(reference: nil).last ?? "" }.joined(separator: ", "))"
    default: return nil
    }
  }

  private var taintCaption: String {
    state.timedRows.contains(where: \.contender.isMostlyTainted) ? " ? median, mostly tainted" : ""
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
      ("numpy", "the lecture's three ways, if the python3 in the path has NumPy"),
      ("pytorch", "conv2d, if it has PyTorch"),
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
      let levels = ceilings.levels.map { "\($0.level.rawValue) \(TimingText.gigabytes($0))" }
      row = say(
        "\(Explanation.counted(ceilings.threads, "thread")): \(TimingText.peak(ceilings)) GFLOP/s; GB/s "
          + levels.joined(separator: ", "), row: row, on: canvas)
    }
    if report.ceilings.contains(where: \.isDoubtful) {
      row = say("? measured while disturbed: may be higher", row: row, Style(.warning), on: canvas)
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
