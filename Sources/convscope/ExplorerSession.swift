import Experiments
import Explorer
import Foundation
import Measuring
import NcursesTerminal
import Screens
import Synchronization
import TensorFiles

/// The explorer on a terminal: events in, frames out, effects carried out.
///
/// The one loop of the program.
final class ExplorerSession {
  private var state: State
  private let terminal: NcursesTerminal
  private let source: any TensorSource & Sendable
  private let outbox: Outbox
  private var hasQuit = false
  private var tileWork = Cancellation()
  private var balanceWork = Cancellation()
  private var isSummarizing = false
  private var nextSummary: (@Sendable () -> Event)?
  private let measuring = TimingMeasuring()
  private var deadlySignal: Int32?
  private let start = ContinuousClock.now

  /// Frames a second while something moves.
  private static let frameTime = Duration.nanoseconds(16_666_667)

  init(state: State, terminal: NcursesTerminal, source: any TensorSource & Sendable) {
    self.state = state
    self.terminal = terminal
    self.source = source
    outbox = Outbox(mailbox: terminal.mailbox)
  }

  /// Runs until the user quits.
  ///
  /// - Returns: the command that comes back to the last screen, and the signal that ended the run, if one did.
  func run() -> (command: String, signal: Int32?) {
    perform(state.pendingWork + update(&state, .terminal(.woken)))
    terminal.paint(draw(state))
    var lastTick = ContinuousClock.now
    while !hasQuit {
      let wasMoving = state.isMoving
      let shown = state.glimpse
      let event = terminal.nextEvent(deadline: wasMoving ? lastTick + Self.frameTime : nil)
      let now = ContinuousClock.now
      if let event { handle(event) }
      let answers = outbox.take()
      let isFresh = !answers.isEmpty
      for answer in answers {
        if case .summarized = answer { startNextSummary() }
        perform(update(&state, answer))
      }
      if !wasMoving {
        lastTick = now
      } else if now - lastTick >= Self.frameTime {
        // Late ticks are skipped, never queued: the time that passed is told, however long it was.
        perform(update(&state, .tick(elapsed: now - lastTick)))
        lastTick = now
      } else if event == nil {
        continue
      }
      guard !hasQuit else { break }
      // A tick between two steps changes nothing.
      if event == nil, !isFresh, state.glimpse == shown, state.isMoving == wasMoving { continue }
      terminal.paint(draw(state))
      if isFresh { measuring.hasPainted() }
    }
    terminal.leave()
    measuring.end()
    return (state.settled.command, deadlySignal)
  }

  private func handle(_ event: TerminalEvent) {
    if case .terminated(let signal) = event { deadlySignal = signal }
    perform(update(&state, .terminal(event)))
  }

  private func perform(_ effects: [Effect]) {
    for effect in effects {
      switch effect {
      case .quit: hasQuit = true
      case .redraw: terminal.repaint(draw(state))
      case .setMouse(let enabled): terminal.setMouse(enabled)
      case .copyToClipboard(let text): terminal.copyToClipboard(text)
      case .write(let path, let contents):
        perform(update(&state, .wrote(path: path, failure: write(contents, to: path))))
      case .load(let words):
        let (source, present) = (source, state.experiment)
        outbox.start {
          do throws(ExperimentError) {
            return .loaded(.success(try present.changed(to: words, source: source)))
          } catch {
            return .loaded(.failure(error))
          }
        }
      case .summarize(let experiment, let summary, let flipped, let generation):
        summarize { .summarized(summary.measured(experiment, flipped: flipped), generation: generation) }
      case .balance(let race):
        balanceWork.cancel()
        let cancellation = Cancellation()
        balanceWork = cancellation
        outbox.start { .balanced(CopyBalance(race, isCancelled: { cancellation.isCancelled })) }
      case .cancelBalance: balanceWork.cancel()
      case .timeOrders(let experiment, let generation):
        outbox.start { [measuring] in
          let times = measuring.whileNothingIsMeasured { OrderTimes(of: experiment, now: secondsSinceStart) }
          return .timedOrders(times, generation: generation)
        }
      case .measureTiles(let task, let generation):
        tileWork.cancel()
        let cancellation = Cancellation()
        tileWork = cancellation
        outbox.start { [measuring] send in
          measuring.whileNothingIsMeasured {
            task.run(cancellation) { send(.foundTiles($0, generation: generation)) }
          }
        }
      case .cancelTiles: tileWork.cancel()
      case .measure(let request, let generation):
        measuring.start(request, generation: generation, outbox: outbox)
      case .pauseMeasuring(let isPaused): measuring.pause(isPaused)
      case .cancelMeasuring: measuring.cancel()
      case .listFiles(let beginning):
        outbox.start { .listed(beginning: beginning, names: fileNames(beginning: beginning)) }
      case .readBaseline(let path): outbox.start { .readBaseline(path: path, MeasuringBaseline.reading(path)) }
      }
    }
  }

  /// Computes outputs in the background, one experiment at a time; of those that come meanwhile only the last counts.
  private func summarize(_ work: @escaping @Sendable () -> Event) {
    guard !isSummarizing else {
      nextSummary = work
      return
    }
    isSummarizing = true
    outbox.start(work)
  }

  private func startNextSummary() {
    isSummarizing = false
    guard let work = nextSummary else { return }
    nextSummary = nil
    summarize(work)
  }

  /// Writes a file whole or not at all; the reason if it cannot.
  private func write(_ contents: String, to path: String) -> String? {
    do {
      try TensorFile.write(Array(contents.utf8), to: path)
      return nil
    } catch {
      return error.description
    }
  }
}

private let firstMoment = ContinuousClock.now

/// A clock that never goes back, in seconds.
func secondsSinceStart() -> Double { (ContinuousClock.now - firstMoment) / .seconds(1) }

/// Events that background work leaves for the loop.
final class Outbox: Sendable {
  private let events = Mutex<[Event]>([])
  private let mailbox: Mailbox

  init(mailbox: Mailbox) { self.mailbox = mailbox }

  /// Runs work on another thread; its event is there at the next `take`.
  func start(_ work: @escaping @Sendable () -> Event) {
    start { send in send(work()) }
  }

  /// Runs work that sends events as it goes.
  func start(_ work: @escaping @Sendable (_ send: (Event) -> Void) -> Void) {
    Thread.detachNewThread {
      TerminalSignals.coverThisThread()
      work { event in
        self.events.withLock { $0.append(event) }
        self.mailbox.wake()
      }
    }
  }

  func take() -> [Event] {
    events.withLock { events in
      defer { events.removeAll() }
      return events
    }
  }
}
