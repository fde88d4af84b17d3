import Convolution
import Explorer
import Measuring

/// A report as the measuring hands it out, with times made up by a rule: what is tested is the screen, not the clock.
enum SyntheticMeasurement {
  /// Milliseconds of a run of the lecture's shape, by the name of the row.
  static let milliseconds: [(name: String, kind: ContenderKind, milliseconds: Double)] = [
    ("naive", .algorithm(.naive), 20), ("matmul", .algorithm(.matmul), 0.6), ("im2col", .algorithm(.im2col), 0.4),
    ("lazy-im2col", .algorithm(.lazyIm2col), 0.25), ("direct", .algorithm(.direct), 0.248),
    ("winograd", .algorithm(.winograd), 0.32), ("numpy-naive", .peer(.numpy), 12_000),
    ("numpy-matmul", .peer(.numpy), 3.1), ("numpy-im2col", .peer(.numpy), 1.2),
  ]

  static let pyTorch: [(name: String, kind: ContenderKind, milliseconds: Double)] = [
    ("pytorch", .peer(.pytorch), 0.5), ("pytorch-channels-last", .peer(.pytorch), 0.45),
  ]

  /// - Parameters:
  ///   - rounds: samples of each row.
  ///   - isFinished: whether the run has ended.
  ///   - hasPyTorch: whether it is there, with its two ways.
  static func report(
    of request: MeasuringRequest, rounds: Int = 20, isFinished: Bool = true, hasPyTorch: Bool = false
  ) -> MeasuringReport {
    var report = MeasuringReport(request: request, machine: machine)
    report.phase = isFinished ? .finished(.precision) : .measuring
    report.progress.rounds = rounds
    report.progress.expectedRounds = 40
    report.progress.caseCount = request.cases.count
    report.progress.secondsSpent = 6
    report.progress.secondsLeft = isFinished ? 0 : 14
    report.ceilings = [1, 2].map { threads in
      let scale = Double(threads)
      return Ceilings(
        threads: threads, peakGigaflops: 95 * scale,
        levels: [
          MemoryCeiling(level: .l2, blockBytes: 1 << 18, read: 90 * scale, copy: 80 * scale),
          MemoryCeiling(level: .l3, blockBytes: 1 << 22, read: 45 * scale, copy: 40 * scale),
          MemoryCeiling(level: .dram, blockBytes: 1 << 27, read: 12, copy: 14),
        ])
    }
    report.conditions.allowedProcessors = [0, 1]
    report.conditions.processors = 2
    report.conditions.clock = 1
    report.conditions.slowestClock = 0.97
    report.conditions.stolenSeconds = 0.02
    report.conditions.involuntarySwitches = 12
    report.conditions.waitedSeconds = 0.11
    report.conditions.samples = 180
    report.conditions.taintedSamples = 3
    if !hasPyTorch {
      report.failures = [MeasuringFailure(subject: "pytorch", reason: "python3 has no module named torch")]
    }
    report.cases = request.cases.enumerated().map { index, measured in
      caseReport(
        measured, request, milliseconds + (hasPyTorch ? pyTorch : []), rounds: rounds, scale: Double(index + 1))
    }
    return report
  }

  private static func caseReport(
    _ measured: MeasuringCase, _ request: MeasuringRequest,
    _ milliseconds: [(name: String, kind: ContenderKind, milliseconds: Double)], rounds: Int, scale: Double
  ) -> CaseReport {
    var result = CaseReport(measured)
    guard let geometry = measured.subject.geometry else { return result }
    let listed = milliseconds.filter { row in
      row.kind.algorithm.map { request.algorithms.contains($0) && $0.covers(geometry) } ?? !request.peers.isEmpty
    }
    result.contenders = listed.map { row in
      let work =
        row.kind.algorithm.map {
          ContenderWork(of: $0, geometry, itemSize: request.elementType.itemSize)
        } ?? ContenderWork(ofPeerWay: row.name, geometry, itemSize: request.elementType.itemSize)
      var contender = ContenderReport(name: row.name, kind: row.kind, threads: measured.threads, work: work)
      let median = row.milliseconds * 1e-3 * scale
      // Three of ten are 2, 4 and 15 % slower.
      let factors = [1, 1.02, 1, 0.99, 1, 1.04, 1, 1, 1.15, 1]
      contender.samples = (0..<rounds).map { round in
        Sample(
          round: round, seconds: median * factors[round % 10],
          taints: round % 10 == 8 ? [.waited(share: 0.12)] : [])
      }
      contender.statistics = SampleStatistics(contender.samples.map(\.seconds))
      contender.statistics?.medianLow = median * 0.99
      contender.statistics?.medianHigh = median * 1.01
      contender.coldCall = median * 3
      if row.name == "numpy-naive" {
        contender.scale = 7500
        contender.part = "20 of 144000 outputs"
      }
      if row.name != "im2col" {
        let ratio = 0.4 * scale * 1e-3 / median
        contender.ratio = RatioEstimate(ratio: ratio, low: ratio * 0.97, high: ratio * 1.03)
      }
      if row.name == "im2col" {
        contender.steps = [
          StepReport(name: "copy", seconds: [median * 0.4]), StepReport(name: "product", seconds: [median * 0.6]),
        ]
      }
      if row.name == "lazy-im2col" { contender.ratio = RatioEstimate(ratio: 1.01, low: 0.98, high: 1.05) }
      contender.scratchBytes = row.kind.algorithm.map {
        geometry.scratchBytes(of: $0, itemSize: request.elementType.itemSize)
      }
      let error = row.name == "winograd" ? 3.4e-6 : 2.1e-7
      contender.error = OutputError(
        largest: error * 5, relative: error, norm: error * 100, compared: geometry.outputCount,
        total: geometry.outputCount)
      return contender
    }
    result.reference = result.contenders.firstIndex { $0.name == "im2col" }
    result.lead = Lead(first: "direct")
    return result
  }

  /// Makes all samples and ceilings of a report those of a disturbed machine.
  static func disturb(_ report: inout MeasuringReport) {
    let taints: [Taint] = [.waited(share: 0.3)]
    for (index, item) in report.cases.enumerated() {
      for (row, contender) in item.contenders.enumerated() {
        for k in contender.samples.indices { report.cases[index].contenders[row].samples[k].taints = taints }
      }
    }
    report.ceilings = report.ceilings.map { ceilings in
      Ceilings(
        threads: ceilings.threads, peakGigaflops: ceilings.peakGigaflops,
        levels: ceilings.levels.map {
          MemoryCeiling(level: $0.level, blockBytes: $0.blockBytes, read: $0.read, copy: $0.copy, taints: taints)
        }, peakTaints: taints)
    }
  }

  static let machine = Machine(
    processor: "Example processor", processors: 2, system: "Example system", instructionSet: .baseline,
    caches: [
      CacheDescription(level: 1, bytes: 32 << 10, lineBytes: 64, ways: 8),
      CacheDescription(level: 2, bytes: 512 << 10, lineBytes: 64, ways: 8),
      CacheDescription(level: 3, bytes: 32 << 20, lineBytes: 64, ways: 16),
    ])
}
