import Experiments
import Measuring
import StridedTensor

/// What a measuring run is about: another value asks for another run.
struct TimingSubject: Hashable, Sendable {
  /// The experiment whose own numbers are convolved; nil for a shape with random ones.
  let experiment: ExperimentWords?
  let specification: String
  let threads: Int
  let elementType: ElementType
  /// What the cases of a sweep differ in; nil for one case.
  var sweep: SweepParameter?
}

/// A measuring run as far as it has come.
struct TimingRun: Sendable {
  let subject: TimingSubject
  /// Told apart from those of an earlier run.
  let generation: Int
  var status = Status.running
  /// Nil until the first one has come in.
  var report: MeasuringReport?

  enum Status: Hashable, Sendable {
    case running
    /// Ended by the user; what was found stays.
    case stopped
    case finished
  }

  var isRunning: Bool { status == .running }

  mutating func take(_ report: MeasuringReport) {
    self.report = report
    if report.phase.isFinished, status == .running { status = .finished }
  }
}

/// All runs of Timing: that of the rows, and that of the curve over one parameter, one after the other.
struct Timing: Sendable {
  var rows: TimingRun?
  var sweep: TimingRun?
  /// Whether the user has paused.
  var isPaused = false
  /// Whether the one who measures was told to wait, by the user or because something else runs.
  var waits = false
  /// The reason for that, if the user was told it.
  var saidHindrance: String?
  /// The earlier run beside this one, by the name of its file; nil in it until it has been read.
  var baseline: (path: String, run: MeasuringBaseline?)?
  /// The one before, which stays if the new one cannot be read.
  var formerBaseline: (path: String, run: MeasuringBaseline?)?
  /// Of the last run begun.
  var generation = 0
  /// The run that is going on.
  var running: TimingRun? {
    if let rows, rows.isRunning { return rows }
    if let sweep, sweep.isRunning { return sweep }
    return nil
  }
}

extension Timing {
  /// As it is when nothing runs: runs that have found nothing are as if they had not been.
  mutating func settle() {
    (isPaused, waits) = (false, false)
    for run in [\Timing.rows, \Timing.sweep] {
      if self[keyPath: run]?.report == nil { self[keyPath: run] = nil }
      if self[keyPath: run]?.isRunning == true { self[keyPath: run]?.status = .stopped }
    }
  }

  /// The run whose end is told: that of the curve where it is looked at, else that of the rows.
  func shown(sweep isLookedAt: Bool) -> TimingRun? { isLookedAt ? sweep ?? rows : rows }
}
