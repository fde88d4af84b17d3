import Explorer
import Foundation
import Measuring
import Synchronization

/// The one measuring that goes on at a time, on a thread of its own.
final class TimingMeasuring: Sendable {
  /// A run's switches, set by the loop and asked by the thread that measures.
  private final class Control: Sendable {
    let cancelled = Atomic<Bool>(false)
    let paused = Atomic<Bool>(false)
    /// Given when the frame of a report has been painted.
    let painted = DispatchSemaphore(value: 0)
  }

  private let control = Mutex<Control?>(nil)
  /// Held by the thread that measures: the next one starts when the last has ended.
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
      turn.lock()
      defer { turn.unlock() }
      runMeasuring(
        request, isCancelled: { control.cancelled.load(ordering: .relaxed) },
        isPaused: { control.paused.load(ordering: .relaxed) }
      ) { report in
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

  /// Ends what is measured and waits for its workers to be gone, but not for ever.
  func end() {
    cancel()
    if turn.lock(before: Date(timeIntervalSinceNow: 2)) { turn.unlock() }
  }
}
