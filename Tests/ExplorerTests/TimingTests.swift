import Explorer
import Foundation
import Measuring
import Screens
import Testing

/// Timing: the life of its background work, and what stands on the screen for made-up figures.
@Suite struct TimingTests {
  static let lecture = "arange:6x6 --weight arange:3x3 --scene timing --shape lecture"

  static func measurement(_ effects: [Effect]) -> (request: MeasuringRequest, generation: Int)? {
    for case .measure(let request, let generation) in effects { return (request, generation) }
    return nil
  }

  private func isCancelling(_ effects: [Effect]) -> Bool {
    effects.contains { if case .cancelMeasuring = $0 { true } else { false } }
  }

  private func pausing(_ effects: [Effect]) -> Bool? {
    for case .pauseMeasuring(let isPaused) in effects { return isPaused }
    return nil
  }

  /// A state whose rows are measured.
  static func measured(
    _ command: String = lecture, size: Size = Size(columns: 80, rows: 24), appearance: Appearance = Appearance(),
    rounds: Int = 20, isFinished: Bool = true, hasPyTorch: Bool = false
  ) throws -> State {
    var state = try state(command, size: size, appearance: appearance)
    // The curve is asked for once the rows are done.
    for _ in 0..<2 {
      for case .measure(let request, let generation) in update(&state, .terminal(.woken)) {
        let report = SyntheticMeasurement.report(
          of: request, rounds: rounds, isFinished: isFinished, hasPyTorch: hasPyTorch)
        for case .measure(let request, let generation) in update(&state, .measured(report, generation: generation)) {
          _ = update(
            &state, .measured(SyntheticMeasurement.report(of: request, rounds: rounds), generation: generation))
        }
      }
    }
    return state
  }

  /// The words on the screen, whatever lines they are broken into.
  private func words(_ state: State) -> String {
    draw(state).text.split { $0.isWhitespace || "│╭╮╰╯─▶".contains($0) }.joined(separator: " ")
  }

  /// Nothing is measured before the scene is seen; coming to it measures.
  @Test func itStartsWhenTheSceneIsSeen() throws {
    var state = try state("arange:6x6 --weight arange:3x3")
    for key in "2345" { #expect(Self.measurement(state.press(keys: [.character(key)])) == nil) }
    let effects = state.press(keys: [.character("6")])
    let started = try #require(Self.measurement(effects))
    #expect(started.request.cases.count == 1)
    #expect(started.request.cases[0].specification == "1,6,6,1,3,1")
    #expect(started.request.cases[0].numbers != nil)
    #expect(started.request.peers == [.numpy, .pytorch])
    #expect(Self.measurement(update(&state, .terminal(.woken))) == nil, "asked for once")
  }

  @Test func whatIsMeasuredRestartsWhenItChanges() throws {
    var state = try state(Self.lecture)
    let first = try #require(Self.measurement(update(&state, .terminal(.woken))))
    #expect(first.request.cases[0].specification == "10,32,32,8,3,16")
    #expect(first.request.cases[0].numbers == nil)
    // Threads, type, shape: each is another question, and the answer to the last one is dropped.
    let threads = state.press(keys: [.character("T")])
    #expect(isCancelling(threads))
    #expect(Self.measurement(threads)?.request.cases[0].threads == 2)
    _ = update(&state, .measured(SyntheticMeasurement.report(of: first.request), generation: first.generation))
    #expect(!draw(state).text.contains("im2col is") && !draw(state).text.contains("248 µs"))
    #expect(Self.measurement(state.press(keys: [.character("F")]))?.request.elementType == .float64)
    #expect(
      Self.measurement(state.press(keys: [.character("b")]))?.request.cases[0].specification == "100,32,32,8,3,16")
    let typed = try #require(Self.measurement(state.type(":shape 1,56,56,64,3,64,p1")))
    #expect(typed.request.cases[0].specification == "1,56,56,64,3,64,p1")
    #expect(Self.measurement(state.type(":shape experiment")) != nil)
    // The experiment's geometry is changed: so is what is measured.
    #expect(Self.measurement(state.press(keys: [.character("p")]))?.request.cases[0].specification == "1,6,6,1,3,1,p1")
    #expect(Self.measurement(state.press(keys: [.character("R")])) != nil)
  }

  @Test func aBadShapeIsSaidAndChangesNothing() throws {
    var state = try Self.measured()
    for (word, said) in [
      ("1,2,3", "N,H,W,Cin,K,Cout"), ("1,2,2,1,5,1", "expected"),
      ("9999999999,9999999999,9999999999,9,3,9", "expected"),
    ] {
      #expect(state.type(":shape \(word)").isEmpty)
      #expect(draw(state).text.contains(said), "\(word)")
      #expect(state.settled.command.contains("--shape 10,32,32,8,3,16"))
    }
  }

  @Test func itIsPausedStoppedAndBegunAgain() throws {
    var state = try state(Self.lecture)
    let first = try #require(Self.measurement(update(&state, .terminal(.woken))))
    _ = update(
      &state,
      .measured(SyntheticMeasurement.report(of: first.request, isFinished: false), generation: first.generation))
    #expect(draw(state).text.contains("round 21 of 40") && draw(state).text.contains("14 s left"))
    // More rounds than were expected.
    _ = update(
      &state,
      .measured(
        SyntheticMeasurement.report(of: first.request, rounds: 40, isFinished: false), generation: first.generation))
    #expect(draw(state).text.contains("round 41 of 41"))
    _ = update(
      &state,
      .measured(SyntheticMeasurement.report(of: first.request, isFinished: false), generation: first.generation))
    #expect(pausing(state.press(keys: [.character(" ")])) == true)
    #expect(draw(state).text.contains("paused, round 21 of 40"))
    #expect(pausing(state.press(keys: [.character(" ")])) == false)
    #expect(isCancelling(state.press(keys: [.escape])))
    #expect(draw(state).text.contains("what was found stays"))
    #expect(update(&state, .terminal(.woken)).isEmpty, "stopped is stopped")
    #expect(draw(state).text.contains("248 µs"))
    #expect(Self.measurement(state.press(keys: [.character(" ")])) != nil)
  }

  /// The other scenes can be used meanwhile; what plays there holds the measuring, because drawing would disturb it.
  @Test func playingElsewhereHoldsIt() throws {
    var state = try state(Self.lecture)
    _ = update(&state, .terminal(.woken))
    #expect(state.press(keys: [.character("1")]).isEmpty)
    #expect(draw(state).lines[0].contains("6 Timing▶"))
    #expect(pausing(state.press(keys: [.character(" ")])) == true)
    #expect(draw(state).lines[0].contains("6 Timing‖"))
    #expect(draw(state).text.contains("measuring waits while this plays"))
    #expect(pausing(state.press(keys: [.character(" ")])) == false)
    // The curves of Tiles are measured too, and never both at once.
    #expect(pausing(state.press(keys: [.character("4")])) == true)
    #expect(pausing(state.press(keys: [.character("6")])) == false)
    // So are the times of Orders.
    let orders = state.press(keys: [.character("5")])
    #expect(pausing(orders) == true && draw(state).text.contains("measuring waits for the times of Orders"))
    for case .timeOrders(_, let generation) in orders {
      #expect(
        pausing(update(&state, .timedOrders(OrderTimes(permute: 1e-7, copy: 1e-6), generation: generation))) == false)
    }
    #expect(draw(state).lines[0].contains("6 Timing▶") && !draw(state).text.contains("measuring waits"))
    // A walk that plays stops where nothing walks.
    state.press("1 ")
    #expect(state.isMoving)
    state.press("6")
    #expect(!state.isMoving)
  }

  @Test func theCurveComesAfterTheRows() throws {
    var state = try state(Self.lecture)
    let rows = try #require(Self.measurement(update(&state, .terminal(.woken))))
    #expect(Self.measurement(state.press(keys: [.character("V")])) == nil)
    #expect(draw(state).text.contains("comes after the rows"))
    let effects = update(&state, .measured(SyntheticMeasurement.report(of: rows.request), generation: rows.generation))
    let sweep = try #require(Self.measurement(effects))
    #expect(sweep.request.sweep == .batch && sweep.request.cases.count > 4)
    _ = update(&state, .measured(SyntheticMeasurement.report(of: sweep.request), generation: sweep.generation))
    let text = draw(state).text
    #expect(text.contains("GFLOP/s over N") && text.contains("E direct"))
    // Esc stops rows and curve alike.
    state.press("R")
    _ = update(&state, .terminal(.woken))
    #expect(isCancelling(state.press(keys: [.escape])))
    #expect(update(&state, .terminal(.woken)).isEmpty)
  }

  /// What a performance engineer asks for stands on the screen, at every size.
  @Test(arguments: GoldenScreenTests.sizes)
  func theFiguresAreShown(_ size: Size) throws {
    let state = try Self.measured(size: size)
    let text = draw(state).text
    // On a small screen these are a key away.
    if size.columns >= 120 {
      for figure in ["eff", "python3 has no module named torch"] { #expect(text.contains(figure), "\(figure)") }
    }
    for figure in [
      "A naive", "C im2col", "copy", "product", "248 µs", "no difference shown", "~12.0 s", "3 of 180 samples tainted",
      "direct is the fastest: 248 µs", "matmul takes 1.50 times as long as im2col",
      "done in 6 s: every median within 1.0 %",
    ] {
      #expect(text.contains(figure), "\(figure)")
    }
  }

  private func click(_ text: String, _ state: inout State) throws {
    let lines = draw(state).lines
    let row = try #require(lines.firstIndex { $0.contains(text) }, "\(text)")
    let line = lines[row]
    let column = try #require(line.range(of: text)).lowerBound
    _ = update(
      &state,
      .terminal(
        .mouse(MouseEvent(.press, at: Point(column: line.distance(from: line.startIndex, to: column), row: row)))))
  }

  @Test(arguments: GoldenScreenTests.sizes)
  func aClickSelectsTheRow(_ size: Size) throws {
    var state = try Self.measured(size: size)
    for (text, name) in [("E direct ", "direct"), ("A naive ", "naive"), ("product  ", "im2col")] {
      try click(text, &state)
      #expect(state.view.timing.contender == name)
      if size.rows > 30 { #expect(draw(state).text.contains("why: ") && draw(state).text.contains(" \(name) ─")) }
    }
    try click("log axis", &state)
    #expect(state.view.timing.contender == "im2col", "the border is no row")
    state = try Self.measured(Self.lecture + " --side figures", size: size)
    try click("594 µs", &state)
    #expect(state.view.timing.contender == "matmul")
  }

  /// Ticks without a label are every second or third, never one in between.
  @Test(arguments: GoldenScreenTests.sizes)
  func theTimeAxisLeavesNoLabelOut(_ size: Size) throws {
    let line = try #require(
      draw(try Self.measured(size: size)).lines.first { $0.contains("100 µs") && !$0.contains("●") })
    let words = line.split { $0 == "│" || $0 == " " }.filter { Int($0) != nil || $0.hasSuffix("s") }
    let labels = stride(from: 0, to: words.count - 1, by: 2).map { "\(words[$0]) \(words[$0 + 1])" }
    let all = ["100 µs", "1 ms", "10 ms", "100 ms", "1 s", "10 s"]
    let step = (1...3).first { step in labels == stride(from: 0, to: all.count, by: step).map { all[$0] } }
    #expect(step != nil, "\(labels)")
    #expect(size.columns < 120 || step == 1)
  }

  /// Letters and labels of the roofline never cover each other.
  @Test(arguments: GoldenScreenTests.sizes)
  func theRooflinesLabelsAreWhole(_ size: Size) throws {
    let text = draw(try Self.measured(Self.lecture + " --side roofline", size: size)).text
    for label in ["95.0 GFLOP/s, 1 thread", "190 GFLOP/s, 2 threads", "L2 90.0 GB/s", "L3 45.0 GB/s", "DRAM 14.0 GB/s"]
    {
      #expect(text.contains(label), "\(label)")
    }
  }

  /// The footer names what the keys do here, and no key that does nothing.
  @Test func theFooterIsAboutMeasuring() throws {
    var state = try state(Self.lecture, size: Size(columns: 200, rows: 60))
    func footer() -> String { draw(state).lines.last ?? "" }
    #expect(footer().contains("Space measure"))
    _ = update(&state, .terminal(.woken))
    #expect(footer().contains("Space pause"))
    state.press(" ")
    #expect(footer().contains("Space go on"))
    for key in [". , step", "[ ] speed", "n N copies"] { #expect(!footer().contains(key)) }
  }

  @Test func theCurveSaysWhose() throws {
    for size in GoldenScreenTests.sizes {
      let text = draw(try Self.measured(Self.lecture + " --sweep cin --side sweep", size: size)).text
      #expect(text.contains("our ways, not the libraries'"))
    }
  }

  /// Until a library has started, that is said; the rows grow meanwhile.
  @Test func aLibraryThatStillStartsIsNamed() throws {
    var state = try state(Self.lecture)
    let first = try #require(Self.measurement(update(&state, .terminal(.woken))))
    #expect(first.request.patience != nil)
    var report = SyntheticMeasurement.report(of: first.request, isFinished: false)
    report.awaited = [.pytorch]
    _ = update(&state, .measured(report, generation: first.generation))
    #expect(draw(state).text.contains("pytorch still starting") && draw(state).text.contains("248 µs"))
    report.awaited = []
    _ = update(&state, .measured(report, generation: first.generation))
    #expect(!draw(state).text.contains("still starting"))
  }

  /// One that does not answer is named, with how long it has been waited for and will be; all else goes on.
  @Test(arguments: [PeerSilence.Doing.loading, .timing])
  func aLibraryThatDoesNotAnswerIsNamed(doing: PeerSilence.Doing) throws {
    for size in GoldenScreenTests.sizes {
      var state = try state(Self.lecture, size: size)
      let first = try #require(Self.measurement(update(&state, .terminal(.woken))))
      var report = SyntheticMeasurement.report(of: first.request, isFinished: false)
      report.silences = [PeerSilence(name: .numpy, doing: doing, seconds: 7.2, limit: 22)]
      _ = update(&state, .measured(report, generation: first.generation))
      let text = draw(state).text
      #expect(text.contains("does not answer: ") && text.contains("7 s of at most 22 s") && text.contains("numpy"))
      #expect(text.contains("ours go on") && text.contains("round 21 of 40"))
      report.silences = []
      _ = update(&state, .measured(report, generation: first.generation))
      #expect(!draw(state).text.contains("does not answer"))
    }
  }

  /// All columns are reached by the arrows that the footer names, each whole, and the command comes back to them.
  @Test func everyColumnIsReachedOnASmallScreen() throws {
    var state = try Self.measured(Self.lecture + " --side figures", hasPyTorch: true)
    func headings() -> [String] { draw(state).lines[3].split { $0 == " " || $0 == "│" }.map(String.init) }
    #expect(headings() == ["min", "GFLOP/s", "moved", "scratch", "error", "norm"])
    #expect(draw(state).lines.last?.contains("← → columns") == true)
    #expect(draw(state).text.contains("← → more: median, ratio, p90, 1st call, tainted"))
    var seen: Set<String> = []
    for _ in 0..<12 {
      seen.formUnion(headings())
      for line in draw(state).lines[4..<15] { #expect(!line.contains("…")) }
      state.press(keys: [.right])
    }
    #expect(
      seen.isSuperset(of: ["median", "min", "GFLOP/s", "speed", "moved", "scratch", "error", "norm", "p90", "tainted"]))
    #expect(headings().last == "tainted")
    #expect(draw(state).text.contains("0.800 (0.776–0.824)") && draw(state).text.contains("K pytorch-nhwc"))
    #expect(try ExplorerTests.state(state.settled.command).view.timing.column == state.view.timing.column)
    state.press(keys: [.left])
    #expect(headings().last != "tainted", "the end is the end: one back is one back")
    // Chosen, the row says what its short name means.
    state = try Self.measured(Self.lecture + " --contender pytorch-channels-last --side why", hasPyTorch: true)
    #expect(words(state).contains("channels-last memory order, NHWC as here (pytorch-nhwc in short)"))
  }

  /// What is not known of PyTorch's inside is said beside its point.
  @Test(arguments: GoldenScreenTests.sizes)
  func theLibrariesHaveTheirPlaceInTheRoofline(_ size: Size) throws {
    let state = try Self.measured(Self.lecture + " --side roofline --contender pytorch", size: size, hasPyTorch: true)
    let text = draw(state).text
    // Python's loops are ten thousand times slower: they do not press all others together.
    #expect((text.contains("▾G") || text.contains("G▾")) && text.contains("small: bytes at least · ▾ far below"))
    if size.columns == 80 { #expect(draw(state).lines[3..<18].contains { $0.contains("j") }) }
    let figures = draw(try Self.measured(Self.lecture + " --side figures", size: size, hasPyTorch: true)).text
    #expect(figures.contains("≥887 KiB") || size.rows >= 52)
  }

  @Test func theReasonsHaveTheNumbers() throws {
    var state = try Self.measured(Self.lecture + " --contender matmul --side why")
    #expect(words(state).contains("9 products, one for each kernel offset, each only 8 deep"))
    state.press("j")
    let text = words(state)
    #expect(text.contains("The patch matrix 9000×72 holds"))
    #expect(text.contains("copy 160 µs (40 %), product 240 µs (60 %)"))
    #expect(text.contains("left to win"))
    state.press("jjj")
    #expect(words(state).contains("called effective"))
  }

  @Test func rowsAreSortedAndTheAxisIsLinear() throws {
    var state = try Self.measured()
    func order() -> [String] {
      draw(state).lines.compactMap { line in
        line.split { $0 == " " || $0 == "│" || $0 == "▶" }.first { $0.count == 1 && $0 >= "A" && $0 <= "I" }.map(
          String.init)
      }
    }
    #expect(order().prefix(3) == ["A", "B", "C"])
    state.press("r")
    #expect(order().prefix(2) == ["E", "D"])
    state.press("v")
    #expect(draw(state).text.contains("bars from zero"))
    // The loops in Python take 50 000 times as long: their bar goes on, and leaves the others a length.
    let lines = draw(state).lines
    #expect(lines.contains { $0.contains("G numpy-naive") && $0.contains("█»") })
    #expect(lines.contains { $0.contains("E direct") && $0.contains("█") && !$0.contains("»") })
    #expect(state.settled.command.contains("--axis linear --sort fastest"))
    #expect(try ExplorerTests.state(state.settled.command).view == state.view)
  }

  /// Keys that have nothing to do here say so.
  @Test(arguments: ["[", "]", "-", "+", "0", "H"])
  func keysWithoutMeaningHereSaySo(_ key: String) throws {
    var state = try Self.measured()
    let before = state.settled.command
    state.press(key)
    #expect(draw(state).lines.last?.contains("in Timing") == true && state.settled.command == before)
  }

  /// The legend of the curve names every way at every size, and no notice stands on the keys.
  @Test(arguments: GoldenScreenTests.sizes)
  func theCurvesLegendIsWhole(_ size: Size) throws {
    var state = try Self.measured(Self.lecture + " --sweep cin --side sweep", size: size)
    for name in ["naive", "matmul", "im2col", "lazy-im2col", "direct", "winograd"] {
      #expect(draw(state).lines.suffix(12).contains { $0.contains(name) }, "\(name)")
    }
    state.press("V")
    #expect(draw(state).lines.last?.contains("q quit") == true)
  }

  /// A library that is missing is said on the smallest screen too, until a row is chosen.
  @Test func whatIsMissingIsSaid() throws {
    var state = try Self.measured()
    #expect(draw(state).text.contains("pytorch: python3 has no module named torch"))
    #expect(!draw(state).text.contains("B matmul: median"))
    state.press("j")
    #expect(draw(state).text.contains("C im2col: median"))
    #expect(!draw(state).text.contains("pytorch: python3"))
  }

  /// A row that could not be measured says why, and the others stand.
  @Test func failuresAreOneLine() throws {
    var state = try state(Self.lecture)
    let first = try #require(Self.measurement(update(&state, .terminal(.woken))))
    var report = SyntheticMeasurement.report(of: first.request)
    report.cases[0].contenders[6].samples = []
    report.cases[0].contenders[6].statistics = nil
    report.cases[0].contenders[6].failure = "numpy: the worker did not answer within 5 s"
    _ = update(&state, .measured(report, generation: first.generation))
    #expect(draw(state).text.contains("the worker did not answer within 5 s"))
    #expect(draw(state).text.contains("248 µs"))
  }
}
