import Explorer
import Measuring
import Screens
import Testing

/// What Timing says of samples, points and ceilings that something disturbed, and how far it goes in naming a first.
@Suite struct TimingMarksTests {
  /// A median of disturbed samples does not look like the others, with colour or without.
  @Test func aMostlyTaintedMedianIsMarked() throws {
    let quiet = try TimingTests.measured(size: Size(columns: 120, rows: 36))
    #expect(!draw(quiet).text.contains("mostly tainted"))
    func marked(_ state: State) -> Bool {
      draw(state).lines.contains { $0.contains("E direct") && $0.contains("?") }
    }
    #expect(!marked(quiet))
    var state = try state(TimingTests.lecture, size: Size(columns: 120, rows: 36))
    for case .measure(let request, let generation) in update(&state, .terminal(.woken)) {
      var report = SyntheticMeasurement.report(of: request, rounds: 20, isFinished: true, hasPyTorch: false)
      for k in report.cases[0].contenders[4].samples.indices {
        report.cases[0].contenders[4].samples[k].taints = [.waited(share: 0.2)]
      }
      _ = update(&state, .measured(report, generation: generation))
    }
    #expect(draw(state).text.contains("? median, mostly tainted") && marked(state))
  }

  /// The first place is given only as far as the samples tell.
  @Test func theHeadlineHasItsReserve() throws {
    func headline(_ lead: Lead?, rounds: Int = 20) throws -> String {
      var state = try state(TimingTests.lecture, size: Size(columns: 120, rows: 36))
      let first = try #require(TimingTests.measurement(update(&state, .terminal(.woken))))
      var report = SyntheticMeasurement.report(of: first.request, rounds: rounds)
      report.cases[0].lead = lead
      _ = update(&state, .measured(report, generation: first.generation))
      return draw(state).lines[1]
    }
    #expect(try headline(Lead(first: "direct")).hasPrefix("direct is the fastest: 248 µs;"))
    let shared = try headline(Lead(first: "direct", sharing: ["lazy-im2col"], doubtful: ["direct"]))
    #expect(shared.hasPrefix("direct and lazy-im2col share the lead, 248 µs: no difference is shown;"))
    let three = try headline(Lead(first: "direct", sharing: ["lazy-im2col", "winograd"]))
    #expect(three.hasPrefix("direct, lazy-im2col and winograd share the lead"))
    let doubtful = try headline(Lead(first: "direct", doubtful: ["lazy-im2col"]))
    #expect(doubtful.hasPrefix("direct leads, 248 µs, but most samples of lazy-im2col are tainted"))
    let early = try headline(Lead(first: "direct", sharing: ["lazy-im2col", "naive"]), rounds: 3)
    #expect(early.hasPrefix("direct has the smallest median so far, 2"))
    #expect(early.contains("; 3 rounds show no lead yet"))
    #expect(try headline(Lead(first: "direct"), rounds: 1).contains("; one round shows no lead yet"))
  }

  /// Points of the curve and of the roofline, and ceilings, that something disturbed are marked, and the marks explained.
  @Test(arguments: GoldenScreenTests.sizes)
  func whatIsDisturbedIsMarkedEverywhere(_ size: Size) throws {
    func screen(_ pane: String, disturbed: Bool) throws -> String {
      var state = try state(TimingTests.lecture + " --sweep cin --side \(pane)", size: size)
      for _ in 0..<3 {
        for case .measure(let request, let generation) in update(&state, .terminal(.woken)) {
          var report = SyntheticMeasurement.report(of: request)
          if disturbed { SyntheticMeasurement.disturb(&report) }
          for case .measure(let request, let generation) in update(&state, .measured(report, generation: generation)) {
            var report = SyntheticMeasurement.report(of: request)
            if disturbed { SyntheticMeasurement.disturb(&report) }
            _ = update(&state, .measured(report, generation: generation))
          }
        }
      }
      return draw(state).text
    }
    for (pane, marks) in [
      ("sweep", ["E?", "? mostly tainted"]), ("roofline", ["E?", "95.0? GFLOP/s, 1 thread", "? disturbed"]),
      ("machine", ["95.0? GFLOP/s", "may be higher"]),
    ] {
      for mark in marks {
        #expect(try screen(pane, disturbed: true).contains(mark), "\(pane) \(mark)")
        #expect(try !screen(pane, disturbed: false).contains(mark), "\(pane) \(mark)")
      }
    }
  }

  /// Peaks that share a line, as those of a disturbed machine do, have one name, that of the threads which count.
  @Test(arguments: GoldenScreenTests.sizes)
  func peaksOnOneLineHaveOneName(_ size: Size) throws {
    var state = try state(TimingTests.lecture + " --side roofline", size: size)
    let first = try #require(TimingTests.measurement(update(&state, .terminal(.woken))))
    var report = SyntheticMeasurement.report(of: first.request)
    let levels = report.ceilings[0].levels
    report.ceilings = [
      Ceilings(threads: 1, peakGigaflops: 95, levels: levels),
      Ceilings(threads: 2, peakGigaflops: 95, levels: levels, peakTaints: [.waited(share: 0.5)]),
    ]
    _ = update(&state, .measured(report, generation: first.generation))
    #expect(draw(state).text.contains("─ 95.0 GFLOP/s, 1 thread"))
    report.ceilings[1] = Ceilings(threads: 2, peakGigaflops: 950, levels: levels)
    _ = update(&state, .measured(report, generation: first.generation))
    #expect(draw(state).text.contains(" 950 GFLOP/s, 2 threads"))
  }
}
