import Convolution
import Foundation
import StridedTensor

extension MeasuringRun {
  /// Warms contenders up and lets them take turns until the plan ends.
  ///
  /// - Parameters:
  ///   - join: contenders that are ready only now; asked between rounds.
  ///   - check: compares the outputs of some contenders, each once, when it has computed something.
  func play(
    _ contenders: [Contender], _ item: MeasuringCase, join: () -> [Contender] = { [] },
    check: (InterleavedRounds, Range<Int>) -> Void = { _, _ in }
  ) -> MeasuringStop? {
    guard !contenders.isEmpty else { return nil }
    let reference = reference(of: contenders)
    let rounds = InterleavedRounds(
      contenders, plan: request.plan, seed: request.seed, reference: reference, watch: watch,
      isCancelled: isCancelled)
    report.cases[report.cases.count - 1].reference = reference
    report.progress.rounds = 0
    warmUp(rounds, contenders.indices)
    let stop = playRounds(rounds, join: join, check: check)
    rounds.estimate()
    show(rounds)
    for row in rounds.rows {
      guard let reason = row.failure else { continue }
      let failure = MeasuringFailure(subject: row.name, reason: reason)
      if !report.failures.contains(where: { $0.reason == failure.reason }) { report.failures.append(failure) }
    }
    return rounds.rows.contains { !$0.samples.isEmpty } ? stop : nil
  }

  private func warmUp(_ rounds: InterleavedRounds, _ indices: Range<Int>) {
    let phase = report.phase
    report.phase = .preparing
    show(rounds)
    for index in indices where !isCancelled() {
      waitWhilePaused()
      report.progress.contender = rounds.contenders[index].name
      show(rounds)
      announce("warming up \(rounds.contenders[index].name)")
      rounds.warmUp(index)
    }
    report.phase = phase
  }

  private func playRounds(
    _ rounds: InterleavedRounds, join: () -> [Contender], check: (InterleavedRounds, Range<Int>) -> Void
  ) -> MeasuringStop {
    report.phase = .measuring
    var began = secondsSpent
    var unchecked = rounds.contenders.indices
    while rounds.isAnyLeft {
      let isWhole = rounds.playRound { index, place in
        waitWhilePaused()
        letOthersSleep(before: rounds.contenders[index])
        report.activity = ""
        report.progress.contender = rounds.contenders[index].name
        report.progress.turn = place
        sendIfDue { show(rounds) }
        return !isCancelled()
      }
      guard isWhole else { return .cancelled }
      // Checking takes none of the time that there is for measuring.
      let checking = secondsSpent
      if !unchecked.isEmpty { check(rounds, unchecked) }
      began += secondsSpent - checking
      unchecked = takeIn(join(), rounds)
      // Who comes late has the same time.
      if !unchecked.isEmpty { began = secondsSpent }
      let spent = secondsSpent - began
      if case .precision = request.plan.end { peerSecondsLeft = secondsLeft(after: spent) }
      if let stop = stop(after: rounds, spent: spent) {
        guard let joined = waitForLastPeers(after: rounds, spent: spent, join: join) else { return stop }
        unchecked = joined
        if !joined.isEmpty { began = secondsSpent }
      }
      estimateIfDue(rounds, after: .milliseconds(100))
      tellTimeLeft(rounds, spent: spent)
      sendIfDue { show(rounds) }
    }
    return .rounds
  }

  /// Lets those who are ready only now take part; their places.
  private func takeIn(_ late: [Contender], _ rounds: InterleavedRounds) -> Range<Int> {
    let first = rounds.contenders.count
    guard !late.isEmpty else { return first..<first }
    rounds.join(late)
    warmUp(rounds, first..<rounds.contenders.count)
    return first..<rounds.contenders.count
  }

  /// All others are done: libraries that still start, or owe an answer, have what is left of the time.
  ///
  /// - Returns: the places of those that came in; none where one has answered at last; nil if nobody is left to wait for.
  private func waitForLastPeers(
    after rounds: InterleavedRounds, spent: Double, join: () -> [Contender]
  ) -> Range<Int>? {
    guard !awaited.isEmpty || rounds.isAnyLate() else { return nil }
    rounds.estimate()
    show(rounds)
    report.phase = .preparing
    defer { report.phase = .measuring }
    let start = secondsSpent
    var left = secondsLeft(after: spent)
    while left > 0, !isCancelled() {
      if left.rounded(.up) != report.progress.secondsLeft {
        report.progress.secondsLeft = left.rounded(.up)
        let names = silences(secondsLeft: left).map(\.name.rawValue).joined(separator: ", ")
        announce("waiting for \(names); all others are done")
      }
      Thread.sleep(forTimeInterval: 0.02)
      left = secondsLeft(after: spent + secondsSpent - start)
      let (places, wasAnyLate) = (takeIn(join(), rounds), !rounds.late.isEmpty)
      let isAnyLate = rounds.isAnyLate()
      if !places.isEmpty || wasAnyLate && !isAnyLate { return places }
      if awaited.isEmpty, !isAnyLate { return nil }
    }
    giveUpAwaited()
    giveUpLate(rounds)
    return nil
  }

  /// Seconds that the plan still gives to a case; none where it counts rounds.
  private func secondsLeft(after spent: Double) -> Double {
    if case .precision(_, _, let most) = request.plan.end { most - spent } else { 0 }
  }

  /// Whether the plan says that it is enough.
  private func stop(after rounds: InterleavedRounds, spent: Double) -> MeasuringStop? {
    switch request.plan.end {
    case .rounds(let count): return rounds.rounds >= count ? .rounds : nil
    case .precision(let share, let least, let seconds):
      if spent >= seconds { return .timeLimit }
      let own = rounds.rounds - rounds.roundsAtLastJoin
      guard own >= least, own % 5 == 0, estimateIfDue(rounds) else { return nil }
      return (rounds.uncertainty ?? .infinity) <= share ? .precision : nil
    }
  }

  private func tellTimeLeft(_ rounds: InterleavedRounds, spent: Double) {
    // Since the last one joined.
    let own = rounds.rounds - rounds.roundsAtLastJoin
    let perRound = spent / Double(max(own, 1))
    switch request.plan.end {
    case .rounds(let count):
      report.progress.expectedRounds = count
      report.progress.secondsLeft = perRound * Double(max(count - rounds.rounds, 0))
    case .precision(let share, let least, let seconds):
      // An interval shrinks with the root of the number of samples.
      let needed = rounds.uncertainty.map { Double(own) * $0 * $0 / (share * share) } ?? 0
      let most = seconds / max(perRound, 1e-9)
      let expected = min(max(needed, Double(least)), most)
      guard own >= 3, expected.isFinite, expected < 1e9 else { return }
      report.progress.expectedRounds = rounds.roundsAtLastJoin + max(Int(expected.rounded(.up)), own)
      report.progress.secondsLeft = max(expected * perRound - spent, 0)
    }
  }

  /// Copies what the rounds have found into the report.
  private func show(_ rounds: InterleavedRounds) {
    report.cases[report.cases.count - 1].contenders = rounds.rows
    report.cases[report.cases.count - 1].lead = rounds.lead
    report.progress.rounds = rounds.rounds
    report.silences = silences(secondsLeft: peerSecondsLeft)
    report.conditions = watch.conditions
    report.conditions.clock = rounds.clock?.now
    report.conditions.slowestClock = rounds.clock?.slowest
    let rows = report.cases.flatMap(\.contenders)
    report.conditions.samples = rows.reduce(0) { $0 + $1.samples.count }
    report.conditions.taintedSamples = rows.reduce(0) { $0 + $1.taintedCount }
  }

  /// The row that the others are compared with: the one asked for, else the plain loops, else the first.
  private func reference(of contenders: [Contender]) -> Int? {
    guard contenders.count > 1 else { return nil }
    return contenders.firstIndex { $0.name == request.reference }
      ?? contenders.firstIndex { $0.kind == .algorithm(.naive) || $0.kind == .memcpy } ?? 0
  }

  /// After another library worked on several threads, lets those stop spinning before the next contender needs the processors.
  ///
  /// `PeerWorker` asks them to do so for some milliseconds at most.
  private func letOthersSleep(before contender: Contender) {
    if lastTurnSpins { Thread.sleep(forTimeInterval: 0.01) }
    lastTurnSpins = if case .peer = contender.kind { contender.threads > 1 } else { false }
  }
}
