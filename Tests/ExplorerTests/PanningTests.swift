import Explorer
import Screens
import Testing

/// Zoomed pictures and long matrices can be moved under their frames.
@Suite struct PanningTests {
  private static let zoomed = "picture --step 700 --zoom numbers --focus input"

  private func labels(_ state: State) -> String { draw(state).lines[3] }

  @Test func keysPanTheFocusedPane() throws {
    var state = try state(Self.zoomed)
    let before = labels(state)
    state.press("L")
    let after = labels(state)
    #expect(before != after)
    state.press("H")
    #expect(labels(state) != after)
    state.press(keys: [.escape])
    #expect(labels(state) == before)
  }

  @Test func thePictureStandsStillWhileItPlays() throws {
    var state = try state(Self.zoomed)
    state.press("JJ")
    let input = draw(state).lines[3..<19].map { $0.prefix(4) }
    state.press(" ")
    for _ in 0..<60 { _ = update(&state, .tick(elapsed: .milliseconds(16))) }
    #expect(state.view.step > 700)
    #expect(draw(state).lines[3..<19].map { $0.prefix(4) } == input)
  }

  /// A cursor that leaves the part shown takes it along.
  @Test func theCursorIsFollowedOutOfSight() throws {
    var state = try state("picture --zoom numbers --select 24,32 --focus input")
    state.press("LLLL")
    #expect(state.view.pan != nil)
    state.press("h")
    #expect(state.view.pan == nil)
  }

  @Test func memoryIsPannedWithoutItsCursor() throws {
    var state = try state("picture --scene memory --step 0 --focus memory")
    let (step, text) = (state.view.step, draw(state).text)
    state.press("JJ")
    #expect(state.view.step == step)
    #expect(draw(state).text != text)
    #expect(state.settled.command.contains("--scroll memory:"))
    let again = try ExplorerTests.state(state.settled.command, size: state.size)
    #expect(draw(again) == draw(state.settled))
    state.press("0")
    #expect(state.view.scroll == nil)
  }

  @Test func whatIsWhollySeenSaysSo() throws {
    var state = try state("arange:6x6 --weight arange:3x3")
    state.press("L")
    #expect(draw(state).text.contains("all of it is in sight"))
    #expect(state.view.pan == nil)
  }

  /// Ends are reached and not passed.
  @Test func panningEndsAtTheEdges() throws {
    var state = try state(Self.zoomed)
    for _ in 0..<60 { state.press("LJ") }
    #expect(labels(state).contains("63"))
    let end = labels(state)
    state.press("L")
    #expect(labels(state) == end)
  }

  @Test func theWheelPansAndStepsOnTheTransport() throws {
    var state = try state(Self.zoomed)
    func wheel(_ kind: MouseEvent.Kind, _ row: Int) {
      _ = update(&state, .terminal(.mouse(MouseEvent(kind, at: Point(column: 10, row: row)))))
    }
    let (step, before) = (state.view.step, draw(state).lines[8].prefix(6))
    wheel(.wheelDown, 8)
    #expect(state.view.step == step)
    #expect(draw(state).lines[8].prefix(6) != before)
    wheel(.wheelDown, 22)
    #expect(state.view.step == step + 1)
  }
}
