import Experiments
import Foundation

/// Contenders that take turns, round after round, each round in a new random order, so that what slows the machine for a while
/// slows all of them.
///
/// Every contender is run once cold, then warmed up. A sample is a batch of runs if one is short, with untimed runs before
/// it. Samples that something disturbed are marked, and kept.
public final class InterleavedRounds {
  public private(set) var contenders: [Contender]
  let plan: MeasuringPlan
  private let watch: any MachineWatch
  private let bootstrap: Bootstrap
  private let reference: Int?
  let isCancelled: () -> Bool
  private var order: SplitMix64
  /// How each is called.
  var paces: [Pace]
  /// Those that owed an answer when it was their turn.
  var late: Set<Int> = []
  /// The clock before each round, and after the last.
  private var clocks: [Double] = []
  private var areAnyMarkedSlow = false
  public internal(set) var rows: [ContenderReport]
  /// Who is the fastest of them; nil until two have been measured.
  public private(set) var lead: Lead?
  /// Whole rounds done.
  public private(set) var rounds = 0
  /// Those done when the last contender joined.
  public private(set) var roundsAtLastJoin = 0

  /// A clock slower than the fastest by more than this is drift.
  static let allowedDrift = 0.05

  public init(
    _ contenders: [Contender], plan: MeasuringPlan, seed: UInt64, reference: Int?, watch: any MachineWatch,
    isCancelled: @escaping () -> Bool
  ) {
    self.contenders = contenders
    self.plan = plan
    self.watch = watch
    self.reference = reference
    self.isCancelled = isCancelled
    bootstrap = Bootstrap(seed: seed, isHurried: isCancelled)
    order = SplitMix64(seed: seed)
    paces = contenders.map { _ in Pace() }
    rows = contenders.map(\.emptyReport)
  }

  /// Takes in contenders that came later; they are to be warmed up before the next round.
  public func join(_ new: [Contender]) {
    contenders += new
    rows += new.map(\.emptyReport)
    paces += new.map { _ in Pace() }
    if !new.isEmpty { roundsAtLastJoin = rounds }
  }

  /// Whether any contender can still be measured.
  public var isAnyLeft: Bool { rows.contains { $0.failure == nil } }

  /// One round.
  ///
  /// Who owes an answer is passed over, and takes part again when it has come. A round in which nobody could be measured does
  /// not count.
  ///
  /// - Parameter turn: told before each sample whose turn it is and how many of the round are done; false ends the round.
  /// - Returns: whether the round came to its end.
  public func playRound(turn: (Int, Int) -> Bool) -> Bool {
    if clocks.isEmpty { noteClock() }
    var place = 0
    for index in contenders.indices.shuffled(using: &order) where rows[index].failure == nil {
      guard !isCancelled(), turn(index, place) else { return false }
      attempt(index) { contender in
        guard try !contender.isLate() else { throw ContenderIsLate() }
        if !paces[index].isWarm { try warmUp(contender, index) }
        late.remove(index)
        let pace = paces[index]
        // These spread the threads over the processors, and one run more wakes them after the watch has read its counters.
        if pace.leadIns > 0 { _ = try time(index, runs: pace.leadIns) }
        watch.beginSample(threads: contender.threads)
        if pace.leadIns > 0 { _ = try time(index, runs: 1) }
        let timing = try time(index, runs: pace.batch)
        let taints = watch.endSample(seconds: timing.seconds, threads: contender.threads, waited: timing.waited)
        let scale = contender.scale / Double(pace.batch)
        rows[index].samples.append(
          Sample(round: rounds, turn: place, seconds: timing.seconds * scale, runs: pace.batch, taints: taints))
        for (step, seconds) in zip(rows[index].steps.indices, timing.steps) {
          rows[index].steps[step].seconds.append(seconds * scale)
        }
      }
      if !late.contains(index) { place += 1 }
    }
    guard place > 0 || !isAnyLeft else {
      Thread.sleep(forTimeInterval: 0.02)
      return true
    }
    rounds += 1
    noteClock()
    return true
  }

  /// Works out statistics, intervals and ratios of all samples so far.
  public func estimate() {
    markSlowClocks()
    let base = reference.map { rows[$0] }
    // Those that played the reference's rounds share their draws.
    let members = rows.indices.filter { index in base?.playedRounds(of: rows[index]) ?? true }
    let series = members.map { rows[$0].samples.map(\.seconds) }
    let estimates = bootstrap.estimates(series, reference: reference.flatMap(members.firstIndex))
    for (place, index) in members.enumerated() { note(estimates[place], series[place], of: index) }
    // Those that joined later, or were passed over, are compared in the rounds that they had in common.
    for index in rows.indices where !members.contains(index) {
      let own = rows[index].samples.map(\.seconds)
      var estimate = bootstrap.estimates([own], reference: nil)[0]
      if let common = base?.secondsInCommonRounds(with: rows[index]) {
        estimate?.ratio = bootstrap.estimates([common.own, common.other], reference: 0)[1]?.ratio
      }
      note(estimate, own, of: index)
    }
    lead = Lead(of: rows, bootstrap)
  }

  private func note(_ estimate: Bootstrap.Estimate?, _ seconds: [Double], of index: Int) {
    rows[index].statistics = SampleStatistics(seconds)
    guard let estimate else { return }
    rows[index].statistics?.medianLow = estimate.medianLow
    rows[index].statistics?.medianHigh = estimate.medianHigh
    rows[index].ratio = index == reference ? nil : estimate.ratio
  }

  /// The widest of the medians' intervals, as a share of the median; nil before there are any.
  public var uncertainty: Double? {
    rows.filter { $0.failure == nil }.compactMap { $0.statistics?.uncertainty }.max()
  }

  /// Adds what an output was found to be off by.
  public func note(_ error: OutputError, of index: Int) { rows[index].error = error }

  /// The clock now and at its slowest, over its fastest.
  public var clock: (now: Double, slowest: Double)? {
    guard let fastest = clocks.max(), let now = clocks.last, let slowest = clocks.min(), fastest > 0 else { return nil }
    return (now / fastest, slowest / fastest)
  }

  private func noteClock() { if let clock = watch.probeClock() { clocks.append(clock) } }

  /// Marks the samples of rounds before or after which the clock was slow; the fastest may come late, so always all of them.
  private func markSlowClocks() {
    guard clocks.count > rounds, let fastest = clocks.max(), fastest > 0 else { return }
    let losses = (0...rounds).map { 1 - min(clocks[$0], clocks[min($0 + 1, clocks.count - 1)]) / fastest }
    let areAnySlow = losses.contains { $0 > Self.allowedDrift }
    guard areAnySlow || areAnyMarkedSlow else { return }
    areAnyMarkedSlow = areAnySlow
    for index in rows.indices {
      for k in rows[index].samples.indices {
        let loss = losses[rows[index].samples[k].round]
        rows[index].samples[k].taints.removeAll(where: \.isSlowClock)
        if loss > Self.allowedDrift { rows[index].samples[k].taints.append(.slowClock(share: loss)) }
      }
    }
  }

  /// Runs what may fail; the contender that does is out, and nothing else is disturbed.
  func attempt(_ index: Int, _ body: (Contender) throws -> Void) {
    do {
      try body(contenders[index])
    } catch is MeasuringCancelled {
    } catch is ContenderIsLate {
      late.insert(index)
    } catch {
      late.remove(index)
      rows[index].failure = "\(error)"
    }
  }
}
