import CNcurses
import Screens

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// Waiting for what happens next.
extension NcursesTerminal {
  public func nextEvent(deadline: ContinuousClock.Instant?) -> TerminalEvent? {
    while true {
      if !pending.isEmpty { return pending.removeFirst() }
      if hasHungUp { return .terminated(signal: SIGHUP) }
      let limit = [deadline, sequenceDeadline].compactMap(\.self).min()
      let ready = terminal_wait(
        input, interruptions_descriptor(), mailbox.reading, limit.map { Self.nanoseconds(until: $0) } ?? -1)
      if ready.signals { takeSignals() }
      if ready.mailbox, mailbox.empty() { pending.append(.woken) }
      if ready.input { takeInput() } else if ready.hung_up { hasHungUp = true }
      guard pending.isEmpty, !ready.input else { continue }
      let now = ContinuousClock.now
      if let sequenceDeadline, now >= sequenceDeadline {
        self.sequenceDeadline = nil
        pending += decoder.abandon()
      } else if let deadline, now >= deadline, !hasHungUp {
        return nil
      }
    }
  }

  private static func nanoseconds(until instant: ContinuousClock.Instant) -> Int64 {
    let (seconds, attoseconds) = (instant - .now).components
    // A day is as good as any later time: the caller asks again.
    guard seconds < 86_400 else { return 86_400_000_000_000 }
    return max(0, max(seconds, 0) * 1_000_000_000 + attoseconds / 1_000_000_000)
  }

  private func takeInput() {
    var buffer = [UInt8](repeating: 0, count: 4096)
    let count = read(input, &buffer, buffer.count)
    if count > 0 {
      let now = ContinuousClock.now
      let patience = decoder.patience
      let events = decoder.decode(buffer[..<count], now: now)
      for event in events {
        // As the kernel would in its own mode: the whole job stops.
        if event == .key(.control("z")) { suspend(wholeJob: true) } else { pending.append(event) }
      }
      // One that goes on has only the time that it had when it began, or typing would keep a stray one open.
      if !events.isEmpty || decoder.patience != patience { sequenceDeadline = decoder.patience.map { now + $0 } }
    } else if count == 0 || (errno != EINTR && errno != EAGAIN) {
      hasHungUp = true
    }
  }

  private func takeSignals() {
    var resized = false
    while true {
      switch interruptions_next() {
      case 0:
        if resized { noticeSize() }
        return
      case SIGWINCH: resized = true
      case SIGINT: pending.append(.key(.control("c")))
      case SIGTSTP: suspend(wholeJob: false)
      case SIGCONT: recover()
      case let signal: pending.append(.terminated(signal: signal))
      }
    }
  }
}
