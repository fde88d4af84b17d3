import Convolution
import Foundation
import StridedTensor

extension MeasuringRun {
  /// Warms contenders up and lets them take turns until the plan ends.
  ///
  /// - Parameter check: compares the outputs; called once, after the first round, when all have computed something.
  func play(_ contenders: [Contender], _ item: MeasuringCase, check: (InterleavedRounds) -> Void) -> MeasuringStop? {
    guard !contenders.isEmpty else { return nil }
    let reference = reference(of: contenders)
    let rounds = InterleavedRounds(
      contenders, plan: request.plan, seed: request.seed, reference: reference, watch: watch,
      isCancelled: isCancelled)
    report.cases[report.cases.count - 1].reference = reference
    report.progress.rounds = 0
    show(rounds)
    for (index, contender) in contenders.enumerated() where !isCancelled() {
      waitWhilePaused()
      report.progress.contender = contender.name
      show(rounds)
      announce("warming up \(contender.name)")
      rounds.warmUp(index)
    }
    report.phase = .measuring
    let began = secondsSpent
    let stop = playRounds(rounds, contenders, item, began: began, check: check)
    rounds.estimate()
    show(rounds)
    for row in rounds.rows {
      guard let reason = row.failure else { continue }
      let failure = MeasuringFailure(subject: row.name, reason: reason)
      if !report.failures.contains(where: { $0.reason == failure.reason }) { report.failures.append(failure) }
    }
    return rounds.rows.contains { !$0.samples.isEmpty } ? stop : nil
  }

  private func playRounds(
    _ rounds: InterleavedRounds, _ contenders: [Contender], _ item: MeasuringCase, began: Double,
    check: (InterleavedRounds) -> Void
  ) -> MeasuringStop {
    var checked = 0.0
    while rounds.isAnyLeft {
      let isWhole = rounds.playRound { index, place in
        waitWhilePaused()
        letOthersSleep(before: contenders[index])
        report.activity = ""
        report.progress.contender = contenders[index].name
        report.progress.turn = place
        sendIfDue { show(rounds) }
        return !isCancelled()
      }
      guard isWhole else { return .cancelled }
      if rounds.rounds == 1 {
        let start = secondsSpent
        check(rounds)
        checked = secondsSpent - start
      }
      let spent = secondsSpent - began - checked
      if let stop = stop(after: rounds, spent: spent) { return stop }
      sendIfDue {
        rounds.estimate()
        show(rounds)
        tellTimeLeft(rounds, spent: spent)
      }
    }
    return .rounds
  }

  /// Whether the plan says that it is enough.
  private func stop(after rounds: InterleavedRounds, spent: Double) -> MeasuringStop? {
    switch request.plan.end {
    case .rounds(let count): return rounds.rounds >= count ? .rounds : nil
    case .precision(let share, let least, let seconds):
      if spent >= seconds { return .timeLimit }
      guard rounds.rounds >= least, rounds.rounds % 5 == 0 else { return nil }
      rounds.estimate()
      return (rounds.uncertainty ?? .infinity) <= share ? .precision : nil
    }
  }

  private func tellTimeLeft(_ rounds: InterleavedRounds, spent: Double) {
    let perRound = spent / Double(max(rounds.rounds, 1))
    switch request.plan.end {
    case .rounds(let count):
      report.progress.expectedRounds = count
      report.progress.secondsLeft = perRound * Double(max(count - rounds.rounds, 0))
    case .precision(let share, let least, let seconds):
      // An interval shrinks with the root of the number of samples.
      let needed = rounds.uncertainty.map { Double(rounds.rounds) * $0 * $0 / (share * share) } ?? 0
      let most = seconds / max(perRound, 1e-9)
      let expected = min(max(needed, Double(least)), most)
      guard rounds.rounds >= 3, expected.isFinite, expected < 1e9 else { return }
      report.progress.expectedRounds = max(Int(expected.rounded(.up)), rounds.rounds)
      report.progress.secondsLeft = max(expected * perRound - spent, 0)
    }
  }

  /// Copies what the rounds have found into the report.
  private func show(_ rounds: InterleavedRounds) {
    report.cases[report.cases.count - 1].contenders = rounds.rows
    report.progress.rounds = rounds.rounds
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
  /// OpenBLAS's spin for 2²⁶ cycles, some 25 ms.
  private func letOthersSleep(before contender: Contender) {
    if lastTurnSpins { Thread.sleep(forTimeInterval: 0.04) }
    lastTurnSpins = if case .peer = contender.kind { contender.threads > 1 } else { false }
  }
}
