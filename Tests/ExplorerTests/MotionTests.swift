import Explorer
import Screens
import Testing

/// The field glides, a written cell flashes once, and then nothing moves any more.
@Suite struct MotionTests {
  private static let lecture = "arange:6x6 --weight arange:3x3 --step 3"

  private func tick(_ state: inout State, milliseconds: Int) {
    _ = update(&state, .tick(elapsed: .milliseconds(milliseconds)))
  }

  /// The column of the bar before the field in the input's row with `7` in it, or in that with `13`.
  private func fieldColumn(_ state: State, row: Int) -> Int? {
    let line = Array(draw(state).lines[row])
    return line.firstIndex(of: "▌")
  }

  /// From the end of a row of outputs to the beginning of the next: three cells back, one at a time.
  @Test func theFieldGlidesCellByCell() throws {
    var state = try state(Self.lecture)
    state.press(".")
    var seen: [Int] = []
    for _ in 0..<40 {
      if let column = fieldColumn(state, row: 5), seen.last != column { seen.append(column) }
      tick(&state, milliseconds: 10)
    }
    #expect(seen.count == 4, "\(seen)")
    #expect(seen == seen.sorted(by: >), "\(seen)")
  }

  @Test func theNumbersAreTheNewStepsAtOnce() throws {
    var state = try state(Self.lecture)
    state.press(".")
    #expect(draw(state).text.contains("▐582▌"))
    #expect(draw(state).text.contains("sum = 582"))
  }

  @Test func aWrittenCellFlashesOnce() throws {
    var state = try state("arange:6x6 --weight arange:3x3 --step 0")
    let settled = draw(state)
    func isLit() throws -> Bool {
      let frame = draw(state)
      let line = try #require(frame.lines.firstIndex { $0.contains("▐") && $0.contains("▌") && $0.contains("402") })
      let text = Array(frame.lines[line])
      let column = try #require(text.indices.dropLast(2).first { String(text[$0...$0 + 2]) == "402" })
      return frame[Point(column: column, row: line)].style.attributes.contains(.reverse)
    }
    state.press(".")
    var changes: [Bool] = []
    while state.isMoving, changes.count < 100 {
      let isLit = try isLit()
      if changes.last != isLit { changes.append(isLit) }
      tick(&state, milliseconds: 10)
    }
    #expect(changes == [true, false])
    #expect(!state.isMoving)
    state.press(",")
    while state.isMoving { tick(&state, milliseconds: 100) }
    #expect(draw(state) == settled)
  }

  /// The rows of the patch matrix and the copy of Memory flash as they are written.
  @Test(arguments: ["im2col", "memory", "tiles"])
  func whatIsWrittenFlashesInEveryScene(_ scene: String) throws {
    var state = try state("arange:6x6 --weight arange:3x3 --scene \(scene) --step 0")
    state.press(".")
    let lit = draw(state)
    while state.isMoving { tick(&state, milliseconds: 50) }
    #expect(lit != draw(state))
    #expect(lit.lines == draw(state).lines)
  }

  @Test func withoutMotionItSteps() throws {
    var state = try state(Self.lecture, appearance: Appearance(motion: false))
    state.press(".")
    #expect(!state.isMoving)
    #expect(draw(state) == draw(state.settled))
  }

  /// Whatever moves, the command gives the frame that it comes to rest at.
  @Test func theCommandGivesTheFrameAtRest() throws {
    var state = try state(Self.lecture)
    state.press(".")
    let again = try ExplorerTests.state(state.settled.command, size: state.size)
    while state.isMoving { tick(&state, milliseconds: 50) }
    #expect(draw(again) == draw(state.settled))
  }

  /// A key that is held is not shown gliding, and the walk never lags behind it.
  @Test func heldKeysAreNotDweltOn() throws {
    var state = try state("arange:6x6 --weight arange:3x3 --step 0")
    for step in 1..<12 {
      state.press(".")
      #expect(state.view.step == step)
      tick(&state, milliseconds: 33)
      if step > 1 { #expect(draw(state) == draw(state.settled)) }
    }
  }

  /// Motion takes nothing from the speed of a walk.
  @Test(arguments: ["2", "5", "10"])
  func playingKeepsItsSpeed(_ speed: String) throws {
    func steps(motion: Bool) throws -> Int {
      var state = try state("picture --step 0 --speed \(speed)", appearance: Appearance(motion: motion))
      state.press(" ")
      for _ in 0..<300 { tick(&state, milliseconds: 16) }
      return state.view.step
    }
    #expect(try steps(motion: true) == steps(motion: false))
  }
}
