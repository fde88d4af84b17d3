import Explorer
import Foundation
import Measuring
import Synchronization

/// The one measuring that goes on at a time, on a thread of its own.
///
/// Whatever else is timed, as Tiles' and Orders' own figures, takes turns with it, so that neither disturbs the other.
final class TimingMeasuring: Sendable {
  /// A run's switches, set by the loop and asked by the thread that measures.
  private final class Control: Sendable {
    let cancelled = Atomic<Bool>(false)
    let paused = Atomic<Bool>(false)
    /// Given when the frame of a report has been painted.
    let painted = DispatchSemaphore(value: 0)
  }

  private let control = Mutex<Control?>(nil)
  /// Held by the thread that measures, but not while it is paused: the next one starts when the last has ended.
  private let turn = NSLock()

  /// How long a run waits for its report to be painted: longer means that nobody paints.
  private static let paintLimit = DispatchTimeInterval.milliseconds(100)

  /// Starts a run in place of the one before.
  ///
  /// A report is sent between samples, and measuring goes on when it has been painted: drawing and measuring do not meet.
  func start(_ request: MeasuringRequest, generation: Int, outbox: Outbox) {
    let control = Control()
    self.control.withLock { running in
      running?.cancelled.store(true, ordering: .relaxed)
      running = control
    }
    outbox.start { [turn] send in
      let clock = ClockTurn(turn)
      defer { clock.give() }
      let isCancelled = { control.cancelled.load(ordering: .relaxed) }
      let isPaused = {
        let isPaused = control.paused.load(ordering: .relaxed)
        if isPaused { clock.give() } else { clock.take(unless: isCancelled) }
        return isPaused
      }
      while isPaused(), !isCancelled() { Thread.sleep(forTimeInterval: 0.02) }
      runMeasuring(request, isCancelled: isCancelled, isPaused: isPaused) { report in
        guard !control.cancelled.load(ordering: .relaxed) || report.phase.isFinished else { return }
        while control.painted.wait(timeout: .now()) == .success {}
        send(.measured(report, generation: generation))
        if !report.phase.isFinished { _ = control.painted.wait(timeout: .now() + Self.paintLimit) }
      }
    }
  }

  func pause(_ isPaused: Bool) { control.withLock { $0?.paused.store(isPaused, ordering: .relaxed) } }

  func cancel() {
    control.withLock { running in
      running?.cancelled.store(true, ordering: .relaxed)
      running?.painted.signal()
    }
  }

  /// Tells a waiting run that the screen is done.
  func hasPainted() { control.withLock { _ = $0?.painted.signal() } }

  /// Times something else, while nothing is measured.
  func whileNothingIsMeasured<Result>(_ body: () -> Result) -> Result {
    turn.lock()
    defer { turn.unlock() }
    return body()
  }

  /// Ends what is measured and kills its workers; a call that takes long is not waited for.
  func end() {
    cancel()
    PeerWorker.endAll()
    guard turn.lock(before: Date(timeIntervalSinceNow: 0.05)) else { return }
    turn.unlock()
    // One that was being started just then.
    PeerWorker.endAll()
  }
}

/// A thread's right to time something, which it may hold for a while and give back in between.
private final class ClockTurn {
  private let lock: NSLock
  private var isHeld = false

  init(_ lock: NSLock) { self.lock = lock }

  func take(unless isCancelled: () -> Bool) {
    while !isHeld, !isCancelled() { isHeld = lock.lock(before: Date(timeIntervalSinceNow: 0.02)) }
  }

  func give() {
    if isHeld { lock.unlock() }
    isHeld = false
  }
}
