import Convolution
import Measuring

/// Starting, holding and ending what Timing measures.
extension State {
  /// Starts, holds, lets go on or ends the measuring, as what is seen demands.
  ///
  /// A run starts when the scene is seen, or when what it measures has changed; it goes on in the background when the scene
  /// is left, and waits while something else would disturb it: a walk that plays, what other scenes time or compute.
  mutating func reconcileTiming() -> [Effect] {
    var effects: [Effect] = []
    if let rows = timing.rows, rows.subject != timingSubject {
      if timing.running != nil { effects.append(.cancelMeasuring) }
      (timing.rows, timing.sweep) = (nil, nil)
    }
    if let sweep = timing.sweep, sweep.subject != sweepSubject {
      if sweep.isRunning { effects.append(.cancelMeasuring) }
      timing.sweep = nil
    }
    if view.scene == .timing {
      playback.isPlaying = false
      effects += startTiming() + askForBaseline()
    }
    return effects + holdTiming()
  }

  private mutating func startTiming() -> [Effect] {
    if timing.rows == nil {
      let run = nextRun(timingSubject)
      timing.rows = run
      return [.measure(request(for: run.subject), generation: run.generation)]
    }
    guard timing.running == nil, timing.sweep == nil, let subject = sweepSubject else { return [] }
    let run = nextRun(subject)
    timing.sweep = run
    return [.measure(request(for: run.subject), generation: run.generation)]
  }

  /// Asks once for the earlier run that is wanted.
  private mutating func askForBaseline() -> [Effect] {
    let wanted = view.timing.baseline
    guard wanted != timing.baseline?.path else { return [] }
    timing.formerBaseline = timing.baseline?.run == nil ? nil : timing.baseline
    timing.baseline = wanted.map { ($0, nil) }
    return wanted.map { [.readBaseline(path: $0)] } ?? []
  }

  /// The earlier run has come; one that is not wanted any more is dropped.
  mutating func takeBaseline(_ path: String, _ result: Result<MeasuringBaseline, MeasuringError>) {
    guard timing.baseline?.path == path else { return }
    switch result {
    case .success(let run): timing.baseline?.run = run
    case .failure(let error):
      timing.baseline = timing.formerBaseline
      view.timing.baseline = timing.baseline?.path
      notice = Notice(text: error.description, kind: .error)
    }
  }

  private mutating func nextRun(_ subject: TimingSubject) -> TimingRun {
    timing.generation += 1
    timing.isPaused = false
    timing.waits = false
    return TimingRun(subject: subject, generation: timing.generation)
  }

  /// Why measuring waits; nil if nothing hinders it.
  var timingHindrance: String? {
    if playback.isPlaying { return "measuring waits while this plays: drawing would disturb it" }
    if tileCosts?.progress == .running { return "measuring waits for the curves of Tiles" }
    if areOrdersBeingTimed { return "measuring waits for the times of Orders" }
    if awaitedBalance != nil { return "measuring waits until Memory has weighed its copy" }
    if needsSummary { return "measuring waits until all outputs are computed" }
    return nil
  }

  private mutating func holdTiming() -> [Effect] {
    guard timing.running != nil else { return [] }
    let waits = timing.isPaused || timingHindrance != nil
    guard waits != timing.waits else { return [] }
    timing.waits = waits
    // What was said of a hindrance is gone with it.
    if !waits, notice?.text == timing.saidHindrance { notice = nil }
    timing.saidHindrance = nil
    if !timing.isPaused, notice == nil, let timingHindrance {
      notice = Notice(text: timingHindrance)
      timing.saidHindrance = timingHindrance
    }
    return [.pauseMeasuring(waits)]
  }

  /// What ratios are taken against: the lecture's best.
  static let timingReference = ConvolutionAlgorithm.im2col.rawValue

  private func request(for subject: TimingSubject) -> MeasuringRequest {
    let geometry = timedGeometry
    let own = ConvolutionAlgorithm.allCases.filter { $0 != .auto }
    guard let parameter = subject.sweep else {
      let numbers =
        subject.experiment == nil ? nil : MeasuringNumbers(input: experiment.input, weight: experiment.weight)
      var request = MeasuringRequest(
        cases: [MeasuringCase(.convolution(geometry), threads: subject.threads, numbers: numbers)],
        elementType: subject.elementType, algorithms: own, peers: PeerName.allCases)
      request.reference = Self.timingReference
      request.patience = 5
      return request
    }
    let values = MeasuringRequest.values(of: geometry, along: parameter, processors: processors)
    var request = MeasuringRequest(
      cases: MeasuringRequest.cases(of: geometry, threads: subject.threads, along: parameter, values: values),
      sweep: parameter, elementType: subject.elementType, algorithms: own,
      plan: .untilPrecise(share: 0.03, atLeast: 5, seconds: 4))
    request.checksOutputs = false
    request.measuresCeilings = false
    return request
  }

  /// What has been found so far; of another run it is dropped.
  mutating func take(_ report: MeasuringReport, generation: Int) {
    if timing.rows?.generation == generation {
      timing.rows?.take(report)
    } else if timing.sweep?.generation == generation {
      timing.sweep?.take(report)
    }
  }

  /// Space: holds or lets go on; what has ended begins again.
  mutating func pauseOrMeasure() {
    if timing.running != nil {
      timing.isPaused.toggle()
    } else {
      measureAgain()
    }
  }

  /// All from the start.
  mutating func measureAgain() {
    guard view.scene == .timing else {
      notice = Notice(text: "measuring belongs to Timing: 6 goes there")
      return
    }
    (timing.rows, timing.sweep) = (nil, nil)
    notice = Notice(text: "measuring from the start")
  }

  /// Esc while something is measured.
  mutating func stopTiming() -> [Effect]? {
    guard view.scene == .timing, let running = timing.running else { return nil }
    if running.subject.sweep == nil {
      timing.rows?.status = .stopped
      // The curve is not wanted now either.
      if let subject = sweepSubject {
        timing.sweep = TimingRun(subject: subject, generation: timing.generation, status: .stopped)
      }
    } else {
      timing.sweep?.status = .stopped
    }
    notice = Notice(text: "stopped; what was found stays. Space measures again")
    return [.cancelMeasuring]
  }

  /// The next number of threads: powers of two, and all processors.
  mutating func cycleThreads() {
    guard isInTiming("threads") else { return }
    let counts = threadCounts
    let next = counts.first { $0 > view.timing.threads } ?? 1
    remember()
    view.timing.threads = next
    if counts.count == 1 { notice = Notice(text: "this machine has one processor: :threads 2 shares it") }
  }

  private var threadCounts: [Int] {
    var counts = [1]
    while let last = counts.last, last * 2 < processors { counts.append(last * 2) }
    if processors > 1 { counts.append(processors) }
    return counts
  }

  /// Another element type, of the experiment and so of what is measured.
  mutating func toggleElementType() -> [Effect] {
    var words = experiment.words
    words.elementType = experiment.elementType == .float32 ? .float64 : .float32
    guard apply(words) else { return [] }
    notice = Notice(text: "computed in \(experiment.elementType.rawValue)")
    return pendingWork
  }

  /// The next parameter of the curve.
  mutating func cycleSweep() {
    guard isInTiming("the curve over one parameter") else { return }
    let all: [SweepParameter?] = SweepParameter.allCases.map { $0 } + [nil]
    let index = all.firstIndex { $0 == view.timing.sweep } ?? all.count - 1
    let next = all[(index + 1) % all.count]
    remember()
    view.timing.sweep = next
    if next != nil {
      // Its panel says what it is: nothing is to hide the keys while it is measured. What is asked for is seen.
      view.side = .sweep
    } else {
      if view.side == .sweep { view.side = nil }
      notice = Notice(text: "no curve")
    }
  }

  private mutating func isInTiming(_ what: String) -> Bool {
    if view.scene == .timing { return true }
    notice = Notice(text: "\(what): in Timing, which 6 shows")
    return false
  }

  /// The cursor to the next or previous row.
  mutating func moveTimingCursor(_ delta: Int) {
    let names = timedRows.map(\.contender.name)
    guard !names.isEmpty else { return }
    let index = names.firstIndex(of: timedRow?.contender.name ?? "") ?? 0
    view.timing.contender = names[min(max(index + delta, 0), names.count - 1)]
  }

  /// The table of all figures a column further, if it is seen and has more of them.
  mutating func moveFigures(_ delta: Int) {
    guard let columns = PanePainter(state: self).figureColumns else { return }
    view.timing.column = min(max(min(view.timing.column, columns.lastFirst) + delta, 0), columns.lastFirst)
  }

  /// Writes what was measured: samples for a name that ends in `.csv`, else what `bench --json` writes.
  mutating func save(_ path: String) -> [Effect] {
    let report = focus == .sweep ? sweepReport : timingReport
    guard let report, !report.cases.isEmpty else {
      notice = Notice(text: "nothing is measured yet: 6 measures", kind: .warning)
      return []
    }
    return [.write(path: path, contents: path.hasSuffix(".csv") ? report.samplesCSV() : report.json())]
  }

  /// Opens the shape and the threads for editing.
  func timingEditing() -> Editing {
    let texts = [("shape", view.timing.shape.word), ("threads", String(view.timing.threads))]
    return Editing(fields: texts.map { .init(target: .viewOption($0.0), label: $0.0, text: $0.1, original: $0.1) })
  }
}
