import Explorer
import Screens
import TestSupport
import Testing

/// Whatever keys are pressed: nothing traps, and the command that the explorer prints renders the identical frame.
@Suite struct RandomKeysTests {
  static let keys: [Key] =
    Array(" .,gG][hjklHJKLnNsSdDpPwWuce:oiyxmvfar-+0z123456123456bB?TFVRX").map(Key.character) + [
      .up, .down, .left, .right, .tab, .backTab, .enter, .escape, .escape, .pageUp, .pageDown, .home, .end, .backspace,
      .function(1), .control("l"),
    ]

  static let starts = [
    "arange:6x6 --weight arange:3x3", "picture", "picture:24x32x3 --padding 1",
    "arange:2x5x6x4 --weight arange:2x3x2x4 --groups 2",
    "arange:6x6 --weight arange:3x3 --scene memory", "picture:24x32x3 --padding 1 --scene memory --view im2col",
    "arange:1x6x6x3 --weight arange:3x3x3x2 --scene orders --step 13",
    "arange:1x5x5x3 --weight arange:3x3x3x4 --scene im2col --product offset --multiply 3",
    "arange:6x6 --weight arange:3x3 --scene im2col --product-tile 4 --step 20",
    "random:1x7x7x3,5 --weight random:3x3x3x4,6 --stride 2", "digit:3 --weight digits-cnn:conv1",
    "arange:1x8x8x3 --weight arange:3x3x3x2 --scene timing --threads 2 --axis linear --sort fastest",
    "arange:6x6 --scene tiles --matrix-size 8 --cache toy", "picture:20x24x3 --scene tiles --tile 3 --matrix-size 12",
  ]

  static let sizes = [
    Size(columns: 80, rows: 24), Size(columns: 100, rows: 30), Size(columns: 120, rows: 36),
    Size(columns: 200, rows: 60),
    Size(columns: 60, rows: 15),
  ]

  @Test(arguments: starts, 0..<12)
  func theCommandRendersTheSameFrame(_ start: String, seed: Int) throws {
    var random = SeededGenerator(seed: UInt64(seed) &* 7919 &+ UInt64(start.count))
    var state = try state(start, size: Self.sizes[seed % Self.sizes.count])
    for _ in 0..<120 {
      let key = Self.keys[Int(random.next() % UInt64(Self.keys.count))]
      state.press(keys: [key])
      if random.next() % 8 == 0 { _ = update(&state, .tick(elapsed: .milliseconds(Int(random.next() % 300)))) }
      if random.next() % 40 == 0 {
        _ = update(&state, .terminal(.resized(Self.sizes[Int(random.next() % UInt64(Self.sizes.count))])))
      }
      if random.next() % 6 == 0 { _ = draw(state) }
    }
    let settled = state.settled
    let again = try ExplorerTests.state(settled.command, size: settled.size)
    #expect(draw(again).lines == draw(settled).lines, "seed \(seed): \(settled.command)")
    #expect(draw(again) == draw(settled), "seed \(seed), styles: \(settled.command)")
  }

  /// The same with the mouse anywhere.
  @Test(arguments: 0..<6)
  func theMouseAnywhereIsHarmless(_ seed: Int) throws {
    var random = SeededGenerator(seed: UInt64(seed))
    var state = try state("picture:24x32x3 --padding 1", size: Self.sizes[seed % Self.sizes.count])
    let kinds: [MouseEvent.Kind] = [.press, .drag, .release, .doubleClick, .wheelUp, .wheelDown]
    for _ in 0..<200 {
      let place = Point(column: Int(random.next() % 210) - 3, row: Int(random.next() % 66) - 3)
      let kind = kinds[Int(random.next() % UInt64(kinds.count))]
      _ = update(&state, .terminal(.mouse(MouseEvent(kind, at: place))))
      if random.next() % 10 == 0 { state.press("2") }
      if random.next() % 10 == 0 { state.press("1") }
      if random.next() % 10 == 0 { state.press("3") }
      _ = draw(state)
    }
    let again = try ExplorerTests.state(state.settled.command, size: state.size)
    #expect(draw(again) == draw(state.settled), "seed \(seed): \(state.settled.command)")
  }
}
