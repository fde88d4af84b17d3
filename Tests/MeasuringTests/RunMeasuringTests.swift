import Convolution
import Foundation
import Measuring
import StridedTensor
import Synchronization
import Testing

/// Whole runs of the engine on small shapes, with libraries that behave and libraries that do not.
@Suite struct RunMeasuringTests {
  private func request(
    _ text: String = "1,6,6,2,3,2", rounds: Int = 3, peers: [PeerName] = [],
    algorithms: [ConvolutionAlgorithm] = [.naive, .im2col, .direct]
  ) throws -> MeasuringRequest {
    let geometry = try ShapeSpecification(text).geometry
    var request = MeasuringRequest(
      cases: [MeasuringCase(.convolution(geometry))], algorithms: algorithms, peers: peers, plan: .rounds(rounds))
    request.plan.warmUp = 0.001
    request.plan.leadIn = 0.0005
    request.measuresCeilings = false
    return request
  }

  private func fake(_ script: String, limit: Double = 5) -> (PeerName, Int) throws -> PeerWorker {
    { name, threads in
      try PeerWorker(name, command: ["/bin/sh", "-c", script], threads: threads, requestLimit: limit)
    }
  }

  @Test func aRunTellsAllThatIsPromised() throws {
    var phases: [MeasuringPhase] = []
    let report = runMeasuring(try request(), isCancelled: { false }) { phases.append($0.phase) }
    #expect(report.phase == .finished(.rounds) && phases.last == report.phase && phases.contains(.measuring))
    #expect(report.progress.rounds == 3 && report.failures.isEmpty && report.conditions.samples == 9)
    let rows = report.cases[0].contenders
    #expect(rows.map(\.name) == ["naive", "im2col", "direct"] && report.cases[0].reference == 0)
    for row in rows {
      #expect(row.samples.count == 3 && row.statistics?.count == 3 && (row.coldCall ?? 0) > 0)
      #expect((row.error?.relative ?? 1) < 1e-5 && (row.gigaflops ?? 0) > 0 && (row.intensity ?? 0) > 0)
      #expect(row.steps.allSatisfy { $0.seconds.count == 3 })
    }
    #expect(rows[0].ratio == nil && rows[1].ratio != nil && rows[1].steps.map(\.name) == ["copy", "product"])
  }

  @Test func theUsersOwnNumbersAreMeasured() throws {
    let input = try Tensor<Double>(shape: [1, 3, 3, 1], elements: (0..<9).map(Double.init))
    let weight = try Tensor<Double>(shape: [2, 2, 1, 1], elements: [1, 1, 1, 1])
    let geometry = try ConvolutionGeometry(input: input.shape, weight: weight.shape)
    var request = try request()
    request.elementType = .float64
    request.cases = [
      MeasuringCase(
        .convolution(geometry), numbers: MeasuringNumbers(input: .float64(input), weight: .float64(weight)))
    ]
    let report = runMeasuring(request, isCancelled: { false }) { _ in }
    #expect(report.cases[0].contenders.allSatisfy { $0.error?.largest == 0 })
    // Of another type than asked for they are refused, in one line.
    request.elementType = .float32
    let refused = runMeasuring(request, isCancelled: { false }) { _ in }
    #expect(refused.phase == .finished(.nothingToMeasure) && refused.failures.count == 1)
    #expect(refused.failures[0].description.contains("expected input and weight of float32, got float64"))
  }

  @Test(arguments: [
    // Does not start, says hello and dies, hangs, prints rubbish, tells no ways, lies about time, tells a silly part.
    "exit 1", #"read l; echo '{"version": "1"}'"#, "sleep 60", "echo rubbish; cat",
    #"read l; echo '{"version": "1"}'; read l; echo '{"error": "no\nmemory"}'; cat"#,
    #"read l; echo '{"version": "1"}'; read l; echo '{"ways": ["w"]}'; read l; echo '{"seconds": 900}'; cat"#,
    #"read l; echo '{"version": "1"}'; read l; echo '{"ways": ["w"], "parts": {"w": {"scale": -1}}}'; cat"#,
    #"read l; echo '{"version": "1"}'; read l; echo '{"ways": ["w"]}'; sleep 60"#,
  ])
  func aPeerThatFailsIsOneLineAndDisturbsNothing(script: String) throws {
    let report = runMeasuring(
      try request(peers: [.pytorch]), isCancelled: { false }, startPeer: fake(script, limit: 0.5)
    ) { _ in }
    #expect(report.failures.count == 1, "\(report.failures)")
    let line = report.failures.first?.description ?? ""
    #expect(line.hasPrefix("pytorch: ") || line.hasPrefix("w: pytorch: "))
    #expect(!line.contains("\n"))
    let ours = report.cases[0].contenders.filter { $0.kind.algorithm != nil }
    #expect(ours.count == 3 && ours.allSatisfy { $0.samples.count == 3 && $0.failure == nil })
  }

  @Test func aPeerThatDiesMidwayKeepsWhatItToldBefore() throws {
    // Hello, its one way, cold call, warm-up, two untimed runs and sample of round 1; then it is gone.
    let script =
      #"read l; echo '{"version": "1"}'; read l; echo '{"ways": ["w"]}'; "#
      + #"for k in 1 2 3 4 5; do read l; sleep 0.01; echo '{"seconds": 0.004}'; done"#
    var request = try request(rounds: 5, peers: [.numpy])
    request.checksOutputs = false
    let report = runMeasuring(request, isCancelled: { false }, startPeer: fake(script)) { _ in }
    let row = try #require(report.cases[0].contenders.last)
    #expect(row.name == "w" && row.samples.count == 1 && row.failure?.contains("has ended") == true)
    #expect(report.cases[0].contenders.dropLast().allSatisfy { $0.samples.count == 5 })
  }

  @Test func cancellingDoesNotWaitForAHungPeer() throws {
    let calls = Atomic<Int>(0)
    let report = runMeasuring(
      try request(peers: [.numpy]), isCancelled: { calls.add(1, ordering: .relaxed).newValue > 20 },
      startPeer: { name, threads in
        try PeerWorker(
          name, command: ["/bin/sh", "-c", "sleep 600"], threads: threads, requestLimit: 600,
          isCancelled: { calls.add(1, ordering: .relaxed).newValue > 20 })
      }
    ) { _ in }
    #expect(report.phase == .finished(.cancelled) && report.failures.isEmpty)
  }

  /// A library that takes long to start joins the rounds when it is ready; ours do not wait for it.
  @Test func aSlowPeerJoinsLater() throws {
    var request = try request(peers: [.numpy])
    request.patience = 0
    request.plan.end = .precision(share: 0, atLeast: 1_000_000, seconds: 1)
    let script =
      #"read l; sleep 0.3; echo '{"version": "1"}'; read l; echo '{"ways": ["w"]}'; "#
      + #"while read l; do echo '{"seconds": 0.000001}'; done"#
    var awaited: Set<[PeerName]> = []
    let report = runMeasuring(
      request, isCancelled: { false },
      startPeer: { name, threads in
        try PeerWorker(starting: name, command: ["/bin/sh", "-c", script], threads: threads, requestLimit: 5)
      }
    ) { awaited.insert($0.awaited) }
    let rows = report.cases[0].contenders
    #expect(report.failures.filter { !$0.description.contains("output") }.isEmpty, "\(report.failures)")
    #expect(awaited == [[.numpy], []] && rows.map(\.name) == ["naive", "im2col", "direct", "w"])
    let joined = try #require(rows.last?.samples.first?.round)
    #expect(joined > 0 && rows[0].samples.first?.round == 0)
    #expect(rows[0].samples.count - (rows.last?.samples.count ?? 0) == joined)
  }

  private func timed(_ seconds: Double) throws -> MeasuringRequest {
    var request = try request(peers: [.numpy])
    request.patience = 0
    request.checksOutputs = false
    request.plan.end = .precision(share: 0, atLeast: 1_000_000, seconds: seconds)
    return request
  }

  /// Hello, then one way; seconds of silence before each of its answers.
  private func slow(load: Double, first: Double, then: Double) -> String {
    "read l; echo '{\"version\": \"1\"}'; read l; sleep \(load); echo '{\"ways\": [\"w\"]}'; "
      + "read l; sleep \(first); echo '{\"seconds\": 0.000001}'; "
      + "while read l; do sleep \(then); echo '{\"seconds\": 0.000001}'; done"
  }

  private func starting(
    _ script: String, limit: Double = 60
  ) -> (PeerName, Int) throws -> PeerWorker {
    { name, threads in
      try PeerWorker(
        starting: name, command: ["/bin/sh", "-c", script], threads: threads, requestLimit: limit, patience: 0.05)
    }
  }

  /// A library that takes long over the numbers, or over its first call, holds nobody up, and is named meanwhile.
  @Test(arguments: [PeerSilence.Doing.loading, .timing])
  func aSlowAnswerHoldsNobodyUp(doing: PeerSilence.Doing) throws {
    var (silences, samples): (Set<PeerSilence.Doing>, [Int]) = ([], [])
    let script = slow(load: doing == .loading ? 0.5 : 0, first: doing == .timing ? 0.5 : 0, then: 0)
    let report = runMeasuring(try timed(1), isCancelled: { false }, startPeer: starting(script)) { report in
      guard let silence = report.silences.first, silence.doing == doing else { return }
      silences.insert(silence.doing)
      samples.append(report.cases.last?.contenders.first?.samples.count ?? 0)
      // No longer than the second that there is for all.
      #expect(silence.name == .numpy && silence.limit <= max(silence.seconds, 1.3))
    }
    let rows = report.cases[0].contenders
    #expect(silences == [doing] && (samples.last ?? 0) > (samples.first ?? 0), "ours went on")
    #expect(report.failures.isEmpty && report.silences.isEmpty && rows.map(\.name).last == "w")
    #expect((rows.last?.samples.first?.round ?? 0) > 0)
    #expect((rows.last?.coldCall == nil) == (doing == .timing))
  }

  /// One that hangs over the numbers, or in the middle of the rounds, is dropped in one line; what was measured stays.
  @Test(arguments: [(100.0, 0.0, 0.0), (0, 100, 0), (0, 0, 100)], [0.4, 60])
  func aHangingAnswerIsDropped(sleeps: (load: Double, first: Double, then: Double), limit: Double) throws {
    let script = slow(load: sleeps.load, first: sleeps.first, then: sleeps.then)
    let report = runMeasuring(
      try timed(0.8), isCancelled: { false }, startPeer: starting(script, limit: limit)
    ) { _ in }
    let ours = report.cases[0].contenders.filter { $0.kind.algorithm != nil }
    #expect(ours.count == 3 && ours.allSatisfy { $0.failure == nil && $0.samples.count > 10 })
    #expect(Set(ours.map(\.samples.count)).count == 1)
    #expect(report.failures.count == 1)
    let line = report.failures.first?.description ?? ""
    #expect(line.contains(limit < 1 ? "did not answer within 0.4 s" : "when all others were measured"), "\(line)")
    #expect(line.contains(sleeps.load > 0 ? "numpy" : "w"))
  }

  /// One that never starts keeps nobody waiting: a line says so at the end.
  @Test(arguments: [MeasuringPlan.End.precision(share: 1000, atLeast: 5, seconds: 0.4), .rounds(5)])
  func aPeerThatHangsAtItsStartIsGivenUp(end: MeasuringPlan.End) throws {
    var request = try request(peers: [.numpy])
    request.patience = 0.1
    request.plan.end = end
    let report = runMeasuring(
      request, isCancelled: { false },
      startPeer: { name, threads in
        try PeerWorker(
          starting: name, command: ["/bin/sh", "-c", "sleep 600"], threads: threads, requestLimit: 600)
      }
    ) { _ in }
    #expect(report.failures.map(\.description) == ["numpy: had not started when all others were measured"])
    #expect(report.cases[0].contenders.allSatisfy { $0.samples.count >= 5 } && report.awaited.isEmpty)
  }

  @Test func aPauseTakesNoSamples() throws {
    let asked = Atomic<Int>(0)
    var samples: [Int] = []
    let report = runMeasuring(
      try request(rounds: 2), isCancelled: { false },
      isPaused: {
        let count = asked.add(1, ordering: .relaxed).newValue
        return count > 5 && count < 12
      }
    ) { report in
      if report.phase == .paused { samples.append(report.conditions.samples) }
    }
    #expect(samples.count == 1 && report.phase == .finished(.rounds) && report.conditions.samples == 6)
  }

  @Test func aPrecisePlanEndsByPrecisionOrTime() throws {
    var wide = try request()
    wide.plan.end = .precision(share: 1000, atLeast: 5, seconds: 600)
    #expect(runMeasuring(wide, isCancelled: { false }) { _ in }.phase == .finished(.precision))
    var short = try request()
    short.plan.end = .precision(share: 0, atLeast: 1_000_000, seconds: 0.01)
    #expect(runMeasuring(short, isCancelled: { false }) { _ in }.phase == .finished(.timeLimit))
  }

  @Test func ceilingsAreMeasuredForOneThreadAndAll() throws {
    var request = try request(rounds: 1, algorithms: [.direct])
    request.measuresCeilings = true
    let report = runMeasuring(request, isCancelled: { false }) { _ in }
    #expect(report.ceilings.map(\.threads) == Set([1, report.machine.processors]).sorted())
    for ceilings in report.ceilings {
      #expect(ceilings.peakGigaflops > 0 && ceilings.levels.map(\.level) == MemoryLevel.allCases)
      #expect(ceilings.levels.allSatisfy { $0.read > 0 && $0.copy > 0 })
    }
  }
}
