import Explorer
import Screens
import Testing

/// Single multiplications play, scrub and jump through both phases of im2col.
@Suite struct MultiplyClockTests {
  static let commands = [
    "arange:6x6 --weight arange:3x3", "arange:1x4x5x2 --weight arange:2x3x2x3",
    "arange:1x4x5x2 --weight arange:2x3x2x3 --product offset", "arange:1x5x5x4 --weight arange:3x3x2x4 --groups 2",
  ]

  /// Forward to the end and back again, every moment comes once in each direction.
  @Test(arguments: commands)
  func everyPartComesOnceThereAndBack(_ command: String) throws {
    var state = try state(command + " --scene im2col --step 0 --multiply 0")
    var seen: [[Int]] = []
    while seen.count < 10_000 {
      let now = [state.view.step, state.view.multiply ?? -1]
      guard seen.last != now else { break }
      seen.append(now)
      state.press(".")
    }
    #expect(Set(seen).count == seen.count)
    var back: [[Int]] = []
    for _ in seen {
      back.append([state.view.step, state.view.multiply ?? -1])
      state.press(",")
    }
    #expect(back == seen.reversed())
    // Every entry of the matrix copied, where there is one, and every multiplication of the product.
    let (rows, columns, outputs): (Int, Int, Int) =
      switch command {
      case Self.commands[0]: (16, 9, 1)
      case Self.commands[3]: (9, 18, 2)
      default: (9, 12, 3)
      }
    let copies = command.contains("offset") ? 0 : rows * columns
    #expect(seen.count == copies + rows * columns * outputs)
  }

  @Test func endsAndUnknownPlacesAreBroughtIntoRange() throws {
    let command = "arange:6x6 --weight arange:3x3 --scene im2col --multiply 99999 --step "
    #expect(try state(command + "0").view.multiply == 8)
    #expect(try state(command + "99999").view.multiply == 8)
    var state = try state(command + "3")
    state.press("G")
    #expect((state.view.step, state.view.multiply) == (31, 8))
    state.press("g")
    #expect((state.view.step, state.view.multiply) == (0, 0))
    // Tiles are not taken apart; going back to rows is said.
    state.press("ra")
    #expect(state.view.multiply == nil)
    #expect(draw(state).text.contains("r goes back to rows"))
    state.press("ra")
    #expect(state.view.multiply == 0)
  }

  @Test func playingRunsThroughBothPhases() throws {
    var state = try state("arange:6x6 --weight arange:3x3 --scene im2col --step 0 --multiply 0 --speed run:8")
    state.press(" ")
    var passed = 0
    while state.isMoving, passed < 20_000 {
      _ = update(&state, .tick(elapsed: .milliseconds(50)))
      passed += 50
    }
    #expect((7900...8300).contains(passed))
    #expect((state.view.step, state.view.multiply) == (31, 8))
  }
}
