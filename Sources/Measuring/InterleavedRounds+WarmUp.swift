import MatrixMultiply

/// Cold call and warm-up, those whose answers are late, and calls that can be stopped.
extension InterleavedRounds {
  /// How a contender is called.
  struct Pace {
    /// Runs of a sample.
    var batch = 1
    /// Untimed runs before each sample.
    var leadIns = 0
    /// Seconds of the fastest single run so far; nil before the first.
    var fastest: Double?
    var wasCalled = false
    var isWarm = false
  }

  /// A call that takes longer, or may, ends early when measuring is cancelled.
  static let longestUnstoppable = 0.05

  /// The cold call of one contender, and its warm-up.
  public func warmUp(_ index: Int) { attempt(index) { contender in try warmUp(contender, index) } }

  func warmUp(_ contender: Contender, _ index: Int) throws {
    guard try !contender.isLate() else { throw ContenderIsLate() }
    // A first call whose answer came too late has no time; the next one is not cold.
    let isCold = !paces[index].wasCalled
    paces[index].wasCalled = true
    var fastest = try time(index, runs: 1).seconds
    if isCold { rows[index].coldCall = fastest * contender.scale }
    paces[index].fastest = fastest
    var spent = 0.0
    while spent < plan.warmUp, !isCancelled() {
      let time = try time(index, runs: 1).seconds
      fastest = min(fastest, time)
      spent += max(time, 1e-7)
    }
    paces[index].fastest = fastest
    paces[index].batch = max(1, Int((plan.shortestBatch / max(fastest, 1e-8)).rounded(.up)))
    paces[index].leadIns = plan.leadInRuns(of: fastest)
    paces[index].isWarm = true
  }

  /// Runs a contender: known to be short, it is one call that nothing looks into; long, or for the first time, it ends between
  /// two blocks of its work when measuring is cancelled, and what it took then is no sample.
  func time(_ index: Int, runs: Int) throws -> Timing {
    let contender = contenders[index]
    if let fastest = paces[index].fastest, fastest * Double(runs) <= Self.longestUnstoppable {
      return try contender.time(runs, isCancelled)
    }
    let timing = try WorkerPool.shared.stoppable(when: isCancelled) { try contender.time(runs, isCancelled) }
    guard let timing else { throw MeasuringCancelled() }
    return timing
  }

  /// Asks those that owed an answer again; whether any of them still does.
  public func isAnyLate() -> Bool {
    for index in late { attempt(index) { if try !$0.isLate() { late.remove(index) } } }
    return !late.isEmpty
  }

  /// Those that owe an answer are out; what was measured of them stays.
  public func giveUpLate(because reason: String) {
    for index in late where rows[index].failure == nil { rows[index].failure = reason }
    late = []
  }
}
