import Foundation
import MatrixMultiply
import StridedTensor

/// One run of the engine: the report so far, and what it needs to go on.
final class MeasuringRun {
  let request: MeasuringRequest
  let isCancelled: () -> Bool
  let isPaused: () -> Bool
  let startPeer: (PeerName, Int) throws -> PeerWorker
  private let send: (MeasuringReport) -> Void
  var report: MeasuringReport
  /// Libraries that answer, by the number of threads of the case at hand.
  var workers: [PeerWorker] = []
  /// Libraries that have been started and have not answered yet.
  var awaited: [PeerWorker] = [] { didSet { report.awaited = awaited.map(\.name) } }
  /// What the plan leaves to libraries that have not answered: those after which measuring ends without them.
  var peerSecondsLeft = Double.infinity
  /// Libraries that did not start, or not as they should: not asked again.
  var missingPeers: Set<PeerName> = []
  /// Whether the contender measured last may have left threads that spin.
  var lastTurnSpins = false
  let watch: any MachineWatch
  private let start = ContinuousClock.now
  private var lastSent: ContinuousClock.Instant?
  private var lastEstimated: ContinuousClock.Instant?
  /// What statistics took to work out: that is done no more often than costs a tenth of the time.
  private var estimateCost = Duration.zero

  init(
    _ request: MeasuringRequest, isCancelled: @escaping () -> Bool, isPaused: @escaping () -> Bool,
    startPeer: @escaping (PeerName, Int) throws -> PeerWorker, send: @escaping (MeasuringReport) -> Void
  ) {
    self.request = request
    self.isCancelled = isCancelled
    self.isPaused = isPaused
    self.startPeer = startPeer
    self.send = send
    watch = SystemWatch {
      (0..<3).map { _ in ClockProbe<Float>.gigaflops(iterations: 20_000) }.max() ?? 0
    }
    report = MeasuringReport(request: request, machine: .ofThisProcess())
    report.progress.caseCount = request.cases.count
  }

  deinit { for worker in workers + awaited { worker.stop() } }

  func run() -> MeasuringReport {
    var stop = MeasuringStop.nothingToMeasure
    measureCeilings()
    for (index, item) in request.cases.enumerated() where !isCancelled() {
      report.progress.currentCase = index
      if let ended = measure(item) { stop = ended }
    }
    if isCancelled() { stop = .cancelled }
    for worker in workers + awaited { worker.stop() }
    (workers, awaited) = ([], [])
    report.silences = []
    report.phase = .finished(stop)
    report.activity = ""
    report.progress.secondsLeft = 0
    report.progress.secondsSpent = secondsSpent
    send(report)
    return report
  }

  var secondsSpent: Double { (ContinuousClock.now - start).inSeconds }

  /// Says what is going on, at once: what follows may take a while.
  func announce(_ activity: String) {
    report.activity = activity
    report.silences = silences(secondsLeft: peerSecondsLeft)
    report.progress.secondsSpent = secondsSpent
    send(report)
    lastSent = .now
  }

  /// Shows what has been found so far and sends it, unless the last report is too fresh.
  func sendIfDue(_ show: () -> Void) {
    let now = ContinuousClock.now
    guard isDue(now, after: lastSent, .milliseconds(100)) else { return }
    show()
    report.progress.secondsSpent = secondsSpent
    send(report)
    lastSent = .now
  }

  /// Works out statistics, unless the last ones are too fresh for what they cost; whether it did.
  ///
  /// - Parameter interval: how old the last ones must be at least.
  @discardableResult
  func estimateIfDue(_ rounds: InterleavedRounds, after interval: Duration = .zero) -> Bool {
    let now = ContinuousClock.now
    guard isDue(now, after: lastEstimated, max(interval, estimateCost * 10)) else { return false }
    rounds.estimate()
    lastEstimated = .now
    estimateCost = .now - now
    return true
  }

  private func isDue(
    _ now: ContinuousClock.Instant, after last: ContinuousClock.Instant?, _ interval: Duration
  ) -> Bool { last.map { now - $0 >= interval } ?? true }

  /// Sleeps while the user wants a pause.
  func waitWhilePaused() {
    guard isPaused(), !isCancelled() else { return }
    let phase = report.phase
    report.phase = .paused
    announce("paused")
    while isPaused(), !isCancelled() { Thread.sleep(forTimeInterval: 0.02) }
    report.phase = phase
    announce("")
  }

  /// Runs something of ours that may take long, but is not timed; the wish to stop ends it between two blocks of its work.
  ///
  /// - Throws: `MeasuringCancelled` if it did.
  func stoppable<Result>(_ body: () throws -> Result) throws -> Result {
    guard let result = try WorkerPool.shared.stoppable(when: isCancelled, body) else { throw MeasuringCancelled() }
    return result
  }

  private func measureCeilings() {
    guard request.measuresCeilings else { return }
    let processors = report.machine.processors
    let counts = Set([1, processors] + request.cases.map { min($0.threads, processors) }).sorted()
    let probe = CeilingProbe(
      elementType: request.elementType, caches: report.machine.caches, watch: watch, isCancelled: isCancelled)
    for count in counts where !isCancelled() {
      announce("measuring the ceilings, \(count) thread\(count == 1 ? "" : "s")")
      if let ceilings = probe.measure(threads: count) { report.ceilings.append(ceilings) }
    }
  }
}
