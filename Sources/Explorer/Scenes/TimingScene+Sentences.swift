import Measuring
import Screens

extension TimingScene {
  func sentences(_ state: State) -> [String] {
    let rows = state.timedRows.filter { $0.contender.statistics != nil }
    func median(_ row: TimedRow) -> Double { row.contender.statistics?.median ?? .infinity }
    guard let fastest = rows.min(by: { median($0) < median($1) }), rows.count > 1 else {
      return [
        "The lecture's last line is a comparison of times. Here it is, measured on this machine, with the reasons.",
        "The same convolution in every way, timed on this machine, with the reasons.",
      ]
    }
    let reference = state.timingReport?.cases.first.flatMap { item in item.reference.map { item.contenders[$0].name } }
    let lead = state.timingReport?.cases.first?.lead
    let time = TimingText.time(median(fastest), of: fastest.contender)
    let best = Self.headline(lead, fastest: fastest.contender, time)
    func times(_ name: String, than other: String) -> String? {
      guard let one = rows.first(where: { $0.contender.name == name }),
        let two = rows.first(where: { $0.contender.name == other }), name != other
      else { return nil }
      if other == reference, let ratio = one.contender.ratio, !ratio.showsDifference {
        return "between \(name) and \(other) no difference is shown"
      }
      let factor = median(one) / median(two)
      return factor >= 1
        ? "\(name) takes \(TimingText.factor(factor)) times as long as \(other)"
        : "\(name) takes \(TimingText.factor(factor)) of \(other)'s time"
    }
    let parts = [
      times("matmul", than: "im2col"),
      lead?.sharing.contains("naive") == true ? nil : times("naive", than: fastest.contender.name),
    ].compactMap { $0 }
    return [
      ([best] + parts).joined(separator: "; ") + ".", ([best] + parts.prefix(1)).joined(separator: "; ") + ".",
      best + ".",
    ]
  }

  /// Who leads, with the reserve that the samples demand.
  private static func headline(_ lead: Lead?, fastest row: ContenderReport, _ time: String) -> String {
    let fastest = row.name
    guard let lead, lead.first == fastest else { return "\(fastest) has the smallest median: \(time)" }
    let rounds = row.samples.count
    guard rounds >= Lead.fewestRounds else {
      let few = rounds == 1 ? "one round shows" : "\(rounds) rounds show"
      return "\(fastest) has the smallest median so far, \(time); \(few) no lead yet"
    }
    let shared = "share the lead, \(time): no difference is shown"
    switch lead.sharing.count {
    case 0: break
    case 1: return "\(fastest) and \(lead.sharing[0]) \(shared)"
    case 2: return "\(fastest), \(lead.sharing[0]) and \(lead.sharing[1]) \(shared)"
    default: return "\(fastest), \(lead.sharing[0]) and \(lead.sharing.count - 1) more \(shared)"
    }
    guard let doubtful = lead.doubtful.first else { return "\(fastest) is the fastest: \(time)" }
    return "\(fastest) leads, \(time), but most "
      + (doubtful == fastest ? "of its samples" : "samples of \(doubtful)") + " are tainted"
  }

  /// How quiet the machine was, the row with the cursor, and what could not be measured.
  func facts(_ state: State, _ painter: PanePainter) -> [[String]] {
    guard let report = state.timingReport else {
      return [
        [
          "Space measures, Esc ends it, b another shape, T threads, F float64; :shape 1,56,56,64,3,64,p1 any other",
          "Space measures, Esc ends it; b another shape, T threads, F float64",
        ]
      ]
    }
    var lines = [conditions(report, state.sweepReport, isRunning: state.timing.rows?.isRunning == true)]
    if let failure = report.failures.first {
      let more = report.failures.count > 1 ? " (and \(report.failures.count - 1) more: panel machine)" : ""
      lines.append(["\(failure.description)\(more)", failure.description])
    }
    // On a small screen there is one line for both: what is missing is said until a row is chosen.
    if let row = state.timedRow, let fact = rowFact(row) {
      let comesFirst = state.view.timing.contender != nil || state.isRoomy
      lines.insert(fact, at: comesFirst ? 1 : lines.count)
    }
    if !report.phase.isFinished, state.timedRow != nil, let silence = silence(report) { lines.insert(silence, at: 0) }
    return lines
  }

  /// Libraries that start, and one that does not answer: how long, and how long it will be waited for.
  private func silence(_ report: MeasuringReport) -> [String]? {
    if let silence = report.silences.first(where: { $0.doing != .starting && $0.seconds >= 1 }) {
      let name = silence.name.rawValue
      let waited =
        "\(name) does not answer: \(TimingText.seconds(silence.seconds)) of at most \(TimingText.seconds(silence.limit))"
      let doing = silence.doing == .loading ? "handed the numbers, it" : "asked to run, it"
      return [
        "\(doing) does not answer: \(name), \(TimingText.seconds(silence.seconds)) of at most "
          + "\(TimingText.seconds(silence.limit)), then it is dropped; ours go on, and it may disturb them",
        "\(waited); ours go on, it may disturb them", waited,
      ]
    }
    guard !report.awaited.isEmpty else { return nil }
    let names = report.awaited.map(\.rawValue).joined(separator: ", ")
    let longest = report.silences.filter { $0.doing == .starting }.max { $0.seconds < $1.seconds }
    let waited = longest.map {
      ", \(TimingText.seconds($0.seconds)) of at most \(TimingText.seconds($0.limit))"
    }
    return [
      "\(names) still starting\(waited ?? ""): joins the rounds when ready, and may disturb them until then",
      "\(names) still starting\(waited ?? ""): may disturb the rounds", "\(names) still starting",
    ]
  }

  private func conditions(_ report: MeasuringReport, _ sweep: MeasuringReport?, isRunning: Bool) -> [String] {
    let c = report.conditions
    guard c.samples > 0 else {
      return [
        isRunning
          ? "no sample yet; Esc ends it, and all other scenes can be used meanwhile"
          : "ended before the first sample; Space measures again"
      ]
    }
    var tainted = "\(c.taintedSamples) of \(c.samples) samples tainted"
    if let curve = sweep?.conditions, curve.samples > 0 {
      tainted += ", \(curve.taintedSamples) of the curve's \(curve.samples)"
    }
    var parts: [String] = []
    if let clock = c.slowestClock { parts.append("clock never below \(TimingText.percent(clock)) of its fastest") }
    if let steal = c.stolenSeconds { parts.append("\(TimingText.time(steal)) stolen by the host") }
    if let waited = c.waitedSeconds { parts.append("\(TimingText.time(waited)) waited") }
    if let switches = c.involuntarySwitches { parts.append("\(switches) switches") }
    let place =
      c.allowedProcessors.isEmpty || c.allowedProcessors.count == c.processors
      ? "all \(c.processors) processors" : "processors \(c.allowedProcessors.map { String($0) }.joined(separator: ","))"
    return [
      "\(tainted) · \(parts.joined(separator: " · ")) · \(place)", "\(tainted) · \(parts.joined(separator: " · "))",
      "\(tainted) · \(parts.prefix(2).joined(separator: " · "))", "\(tainted) · \(parts.prefix(1).joined())", tainted,
    ]
  }

  private func rowFact(_ row: TimedRow) -> [String]? {
    let contender = row.contender
    guard let s = contender.statistics else { return nil }
    func time(_ seconds: Double) -> String { TimingText.time(seconds, of: contender) }
    let name = "\(row.letter) \(contender.name)"
    let median = "\(name): median \(time(s.median)) (95 %: \(time(s.medianLow))–\(time(s.medianHigh)))"
    let spread = "min \(time(s.minimum)), p90 \(time(s.p90))"
    let cold = contender.coldCall.map { ", first call \(time($0))" } ?? ""
    let part = contender.part.map { ", reckoned from \($0)" } ?? ""
    let error =
      contender.error.map { ", error \(TimingText.error($0.relative)), norm \(TimingText.error($0.norm))" } ?? ""
    return [
      "\(median), \(spread)\(cold)\(error)\(part)", "\(median), \(spread)\(cold)\(part)", "\(median)\(cold)\(part)",
      "\(name): median \(time(s.median))\(cold)\(part)", "\(name): \(time(s.median))\(part)",
    ]
  }

  func transport(_ state: State) -> Transport? {
    guard let run = state.timing.running ?? state.timing.shown(sweep: state.focus == .sweep) else {
      return Transport(left: "not measured", share: 0, right: "Space measures")
    }
    let what = run.subject.sweep.map { "curve over \($0.symbol)" } ?? "rows"
    guard let report = run.report else {
      return run.isRunning
        ? state.timing.waits
          ? Transport(left: state.timingHindrance ?? "paused", share: 0, right: "")
          : Transport(isRunning: true, left: "\(what): starting", share: 0, right: "")
        : Transport(left: "\(what): stopped", share: 0, right: "Space measures again")
    }
    let progress = report.progress
    let spent = progress.secondsSpent
    let (share, secondsLeft) = progress.whole
    switch run.status {
    case .running:
      let left = secondsLeft.map { "\(TimingText.seconds($0)) left" } ?? "\(TimingText.seconds(spent)) so far"
      // What is expected is an estimate, which the rounds may outrun.
      let current = progress.rounds + 1
      let round = progress.expectedRounds.map { "round \(current) of \(max($0, current))" } ?? "round \(current)"
      let place = progress.caseCount > 1 ? "\(what), point \(progress.currentCase + 1) of \(progress.caseCount)" : round
      if state.timing.waits {
        let why = state.timing.isPaused ? nil : state.timingHindrance
        return Transport(left: why ?? "paused, \(place)", share: share, right: left)
      }
      let doing = report.phase == .preparing ? report.activity : place
      return Transport(isRunning: true, left: doing, share: share, right: left)
    case .stopped:
      let rounds = Explanation.counted(progress.rounds, "round")
      let place = run.subject.sweep == nil ? "stopped after \(rounds)" : "\(what) stopped"
      // A run that has ended has no time left: its rounds tell how far it came.
      let part = progress.expectedRounds.map { min(Double(progress.rounds) / Double(max($0, 1)), 1) } ?? 0
      return Transport(
        left: place, share: progress.caseCount > 1 ? share : part, right: "Space measures again")
    case .finished: return Transport(left: ending(report), share: 1, right: "Space measures again")
    }
  }

  private func ending(_ report: MeasuringReport) -> String {
    guard case .finished(let stop) = report.phase else { return "done" }
    let time = "in \(TimingText.seconds(report.progress.secondsSpent))"
    switch stop {
    case .rounds: return "done \(time)"
    case .precision:
      if case .precision(let share, _, _) = report.request.plan.end {
        return "done \(time): every median within \(TimingText.percent(share))"
      }
      return "done \(time)"
    case .timeLimit: return "time is up after \(TimingText.seconds(report.progress.secondsSpent)): see the intervals"
    case .cancelled: return "stopped"
    case .nothingToMeasure: return "nothing could be measured"
    }
  }
}
