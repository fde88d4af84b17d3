import Explorer
import Screens
import Testing

@Suite struct PlaybackTests {
  private func playing(_ command: String) throws -> State {
    var state = try state(command)
    state.press(" ")
    return state
  }

  /// A picture's whole pass takes 8 seconds of ticks, whatever their rhythm.
  @Test(arguments: [16, 100, 33])
  func aWholePassTakesEightSeconds(_ milliseconds: Int) throws {
    var state = try playing("picture")
    var passed = 0
    while state.view.step < 2851, passed < 20_000 {
      _ = update(&state, .tick(elapsed: .milliseconds(milliseconds)))
      passed += milliseconds
    }
    #expect((7900...8200).contains(passed), "\(passed) ms")
    // What is written last may still flash; then all stands still.
    _ = update(&state, .tick(elapsed: .seconds(1)))
    #expect(!state.isMoving)
    #expect(state.view.step == 2851)
  }

  @Test func shortWalksTakeTwoStepsASecond() throws {
    var state = try playing("arange:6x6 --weight arange:3x3")
    for _ in 0..<10 { _ = update(&state, .tick(elapsed: .milliseconds(100))) }
    #expect(state.view.step == 2)
    #expect(draw(state).text.contains("2 steps a second"))
  }

  /// A program that slept does not race to catch up.
  @Test func longGapsAreNotCaughtUp() throws {
    var state = try playing("arange:6x6 --weight arange:3x3")
    _ = update(&state, .tick(elapsed: .seconds(3600)))
    #expect(state.view.step == 0)
  }

  @Test func speedsGoUpAndDownInWords() throws {
    var state = try state("picture")
    #expect(draw(state).text.contains("whole run in 8 s"))
    state.press("]")
    #expect(draw(state).text.contains("whole run in 4 s"))
    state.press("[[")
    #expect(draw(state).text.contains("whole run in 16 s"))
    for _ in 0..<30 { state.press("[") }
    #expect(draw(state).text.contains("a step every 2 seconds"))
  }

  /// The output that was reached stays when the scene changes, and back.
  @Test func scenesShareTheOutputReached() throws {
    var state = try state("arange:6x6 --weight arange:3x3 --step 9")
    state.press("2")
    #expect(state.view.step == 9)
    #expect(draw(state).text.contains("2,1"))
    state.press(".")
    state.press("1")
    #expect(state.view.step == 10)
  }

  @Test func theTransportIsScrubbedByDragging() throws {
    var state = try state("arange:6x6 --weight arange:3x3")
    let row = 22
    let line = Array(draw(state).lines[row])
    let start = try #require(line.firstIndex(of: "●"))
    let end = try #require(line.lastIndex(of: "─"))
    for (column, step) in [(end, 15), (start, 0), ((start + end) / 2, 7)] {
      _ = update(&state, .terminal(.mouse(MouseEvent(.drag, at: Point(column: column, row: row)))))
      #expect(abs(state.view.step - step) <= 1)
    }
  }

  @Test func aClickPinsTheCellUnderIt() throws {
    var state = try state("arange:6x6 --weight arange:3x3 --step 0")
    let lines = draw(state).lines.map { Array($0) }
    let row = try #require(lines.firstIndex { String($0).contains("│ 4 ") })
    let column = try #require(
      String(lines[row]).range(of: " 27 ").map {
        String(lines[row]).distance(from: String(lines[row]).startIndex, to: $0.lowerBound)
      })
    _ = update(&state, .terminal(.mouse(MouseEvent(.press, at: Point(column: column + 1, row: row)))))
    #expect(draw(state).text.contains("[27]"))
    #expect(draw(state).text.contains("pinned [27] at (4,3)"))
  }

  @Test func tooSmallAScreenSaysSoAndObeysQuit() throws {
    var state = try state("picture", size: Size(columns: 60, rows: 15))
    #expect(draw(state).text.contains("80×24"))
    #expect(state.press(keys: [.character("s")]).isEmpty)
    #expect(!state.press(keys: [.character("q")]).isEmpty)
    for columns in 0..<4 { _ = draw(try ExplorerTests.state("picture", size: Size(columns: columns, rows: columns))) }
  }
}
