import MatrixMultiply
import Measuring
import Testing

/// Contenders whose clock is ours: they always take as long as they say.
@Suite struct InterleavedRoundsTests {
  private final class QuietMachine: MachineWatch {
    var conditions = MeasuringConditions()
    var clocks: [Double] = []
    var taints: [Taint] = []
    func beginSample(threads: Int) {}
    func endSample(seconds: Double, threads: Int, waited: Double?) -> [Taint] { taints }
    func probeClock() -> Double? { clocks.isEmpty ? 1 : clocks.removeFirst() }
  }

  private final class Log { var runs: [Int] = [] }

  private func contender(_ name: String, _ seconds: Double, _ log: Log = Log()) -> Contender {
    Contender(name: name, kind: .product) { runs, _ in
      log.runs.append(runs)
      return Timing(seconds * Double(runs))
    }
  }

  private func rounds(
    _ contenders: [Contender], warmUp: Double = 0.001, watch: any MachineWatch = QuietMachine(),
    isCancelled: @escaping () -> Bool = { false }
  ) -> InterleavedRounds {
    var plan = MeasuringPlan.rounds(4)
    plan.warmUp = warmUp
    let rounds = InterleavedRounds(
      contenders, plan: plan, seed: 1, reference: 0, watch: watch, isCancelled: isCancelled)
    for index in contenders.indices { rounds.warmUp(index) }
    return rounds
  }

  @Test func shortCallsAreBatchedAndPartsScaled() {
    let log = Log()
    var contender = contender("a", 0.0001, log)
    contender.scale = 10
    let rounds = rounds([contender])
    _ = rounds.playRound { _, _ in true }
    // The cold call, ten calls of warm-up until 1 ms was over, 80 untimed runs for 8 ms and one more, a batch of five for 0.5 ms.
    #expect(log.runs.dropLast(3).allSatisfy { $0 == 1 } && log.runs.count >= 14)
    #expect(log.runs.suffix(3) == [80, 1, 5])
    let row = rounds.rows[0]
    #expect(row.coldCall.map { abs($0 - 0.001) < 1e-12 } == true)
    #expect(row.samples.count == 1 && row.samples[0].runs == 5 && abs(row.samples[0].seconds - 0.001) < 1e-12)
  }

  @Test func everyRoundHasEveryContenderInAnOrderOfItsOwn() {
    let rounds = rounds((0..<5).map { contender("\($0)", 0.01) })
    var orders: [[Int]] = []
    for _ in 0..<10 {
      var order: [Int] = []
      let isWhole = rounds.playRound { index, place in
        #expect(place == order.count)
        order.append(index)
        return true
      }
      #expect(isWhole)
      #expect(order.sorted() == [0, 1, 2, 3, 4])
      orders.append(order)
    }
    #expect(Set(orders).count > 5)
    #expect(rounds.rounds == 10 && rounds.rows.allSatisfy { $0.samples.map(\.round) == Array(0..<10) })
  }

  @Test func ratiosAreOfTheReference() throws {
    let rounds = rounds([contender("slow", 0.03), contender("fast", 0.01)])
    for _ in 0..<6 { _ = rounds.playRound { _, _ in true } }
    rounds.estimate()
    let ratio = try #require(rounds.rows[1].ratio)
    #expect(abs(ratio.ratio - 3) < 1e-9 && abs(ratio.low - 3) < 1e-9 && ratio.showsDifference)
    #expect(rounds.rows[0].ratio == nil && rounds.uncertainty.map { $0 < 1e-9 } == true)
  }

  /// One that joins later is compared in the rounds that it took part in: what slowed the earlier ones is not in its ratio.
  @Test func whoJoinsLaterIsComparedInItsOwnRounds() throws {
    let log = Log()
    // Ten calls a round: slow in the first three rounds, then fast.
    let first = Contender(name: "first", kind: .product) { runs, _ in
      log.runs.append(runs)
      return Timing((log.runs.count <= 30 ? 0.09 : 0.03) * Double(runs))
    }
    let rounds = rounds([first, contender("second", 0.01)], warmUp: 0)
    while log.runs.count < 30 { _ = rounds.playRound { _, _ in true } }
    let before = rounds.rounds
    rounds.join([contender("late", 0.01)])
    rounds.warmUp(2)
    for _ in 0..<8 { _ = rounds.playRound { _, _ in true } }
    rounds.estimate()
    #expect(rounds.roundsAtLastJoin == before && rounds.rows[2].samples.map(\.round) == Array(before..<before + 8))
    let (second, late) = (try #require(rounds.rows[1].ratio), try #require(rounds.rows[2].ratio))
    #expect(abs(late.ratio - 3) < 1e-9 && abs(late.low - 3) < 1e-9 && abs(late.high - 3) < 1e-9)
    #expect(second.high > 8)
  }

  @Test func aFailureDisturbsNobodyElse() {
    struct Broken: Error, CustomStringConvertible { let description = "it broke" }
    var calls = 0
    let broken = Contender(name: "broken", kind: .product) { _, _ in
      calls += 1
      if calls > 3 { throw Broken() }
      return Timing(0.03)
    }
    let rounds = rounds([contender("a", 0.01), broken, contender("b", 0.02)])
    for _ in 0..<5 { _ = rounds.playRound { _, _ in true } }
    rounds.estimate()
    #expect(rounds.rows.map(\.samples.count) == [5, 1, 5])
    #expect(rounds.rows[1].failure == "it broke" && rounds.isAnyLeft)
  }

  @Test func cancellingKeepsWhatWasMeasured() {
    var calls = 0
    let counting = Contender(name: "a", kind: .product) { _, _ in
      calls += 1
      return Timing(0.1)
    }
    let rounds = rounds([counting, counting], isCancelled: { calls >= 9 })
    // Two calls each were cold and warm-up; the five others are kept.
    while rounds.playRound(turn: { _, _ in true }) {}
    #expect(rounds.rows.map(\.samples.count).reduce(0, +) == 5 && rounds.rows.allSatisfy { $0.failure == nil })
  }

  /// A first call, and one known to be long, ends between two blocks of its work when measuring is cancelled, and is no sample;
  /// a short one is not looked into.
  @Test(arguments: [0.02, 0.2])
  func onlyLongCallsAreStopped(seconds: Double) {
    var (calls, blocks, isCancelled) = (0, 0, false)
    let contender = Contender(name: "a", kind: .product) { _, _ in
      calls += 1
      isCancelled = calls == 5
      WorkerPool.shared.run(tasks: 10, threads: 1) { _ in blocks += 1 }
      return Timing(seconds)
    }
    // Two calls before the first round: cold and warm-up.
    let rounds = rounds([contender], isCancelled: { isCancelled })
    while rounds.playRound(turn: { _, _ in true }) {}
    let isLong = seconds > 0.1
    #expect(calls == 5 && blocks == (isLong ? 40 : 50))
    #expect(rounds.rows[0].samples.count == (isLong ? 2 : 3) && rounds.rows[0].failure == nil)
    // Cancelled in the cold call: no time is told.
    (calls, blocks) = (4, 0)
    isCancelled = false
    let cold = self.rounds([contender], isCancelled: { isCancelled })
    #expect(blocks == 0 && cold.rows[0].coldCall == nil)
  }

  /// One that does not answer is passed over while the others go on; it comes back when it has answered.
  @Test func whoIsLateIsPassedOver() throws {
    var (calls, isLate) = (0, false)
    var late = Contender(name: "late", kind: .product) { _, _ in
      calls += 1
      if calls == 1 || calls == 6 {
        isLate = true
        throw ContenderIsLate()
      }
      return Timing(0.03)
    }
    late.isLate = { isLate }
    let rounds = rounds([contender("first", 0.09), late, contender("third", 0.06)], warmUp: 0)
    #expect(rounds.isAnyLate())
    for _ in 0..<3 { #expect(rounds.playRound { _, _ in true }) }
    #expect(rounds.rows.map(\.samples.count) == [3, 0, 3])
    isLate = false
    for _ in 0..<10 {
      _ = rounds.playRound { _, _ in true }
      if rounds.rounds == 8 { isLate = false }
    }
    // Its first call was lost, so no cold one is told; the sixth was late again.
    let row = rounds.rows[1]
    #expect(row.coldCall == nil && row.failure == nil && !rounds.isAnyLate())
    #expect(row.samples.map(\.round) == [3, 4, 5, 8, 9, 10, 11, 12])
    rounds.estimate()
    let ratio = try #require(rounds.rows[1].ratio)
    #expect(abs(ratio.ratio - 3) < 1e-9)
    isLate = true
    _ = rounds.playRound { _, _ in true }
    rounds.giveUpLate(because: "gone")
    #expect(rounds.rows.map(\.failure) == [nil, "gone", nil] && rounds.rows[1].samples.count == 8)
  }

  @Test func disturbedSamplesAreMarkedAndKept() {
    let watch = QuietMachine()
    let rounds = rounds([contender("a", 0.01)], watch: watch)
    _ = rounds.playRound { _, _ in true }
    watch.taints = [.waited(share: 0.3)]
    _ = rounds.playRound { _, _ in true }
    rounds.estimate()
    #expect(rounds.rows[0].samples.map(\.taints) == [[], [.waited(share: 0.3)]])
    #expect(rounds.rows[0].statistics?.count == 2 && rounds.rows[0].taintedCount == 1)
  }

  @Test func roundsOfASlowClockAreMarkedEvenIfTheFastestCameLater() {
    let watch = QuietMachine()
    watch.clocks = [80, 80, 99, 100, 90]
    let rounds = rounds([contender("a", 0.01)], watch: watch)
    for _ in 0..<4 { _ = rounds.playRound { _, _ in true } }
    rounds.estimate()
    rounds.estimate()
    let marked = rounds.rows[0].samples.map { $0.taints.map(\.word) }
    #expect(marked == [["slow-clock"], ["slow-clock"], [], ["slow-clock"]])
    #expect(rounds.clock.map { $0.now == 0.9 && $0.slowest == 0.8 } == true)
  }
}
