import Explorer
import Screens
import Testing
import Walkthroughs

/// The scene Tiles: the lecture's figures on the screen, and the life of its background work.
@Suite struct TilesTests {
  private let lecture = "arange:6x6 --weight arange:3x3 --scene tiles"

  /// Numbers between the borders of the panel whose title begins so, labels included.
  private func numbers(_ title: String, in frame: Frame) -> [[Int]] {
    let lines = frame.lines.map { Array($0) }
    let needle = Array("╭ " + title)
    for (row, line) in lines.enumerated() where line.count >= needle.count {
      guard
        let start = (0...line.count - needle.count).first(where: { Array(line[$0..<$0 + needle.count]) == needle }),
        let end = line[start...].firstIndex(of: "╮")
      else { continue }
      return lines[(row + 1)...].prefix { $0.count > end && $0[start] == "│" }.map { below in
        String(below[start + 1..<end].map { $0.isNumber ? $0 : " " }).split(separator: " ").compactMap { Int($0) }
      }
    }
    return []
  }

  /// At the last step the copy's lines are the lecture's memory dump of C.
  @Test(arguments: [Size(columns: 80, rows: 24), Size(columns: 120, rows: 36), Size(columns: 200, rows: 60)])
  func theCopyIsTheLecturesDump(_ size: Size) throws {
    let shown = numbers("C", in: draw(try state(lecture + " --step 35", size: size))).dropFirst()
    let dump = shown.filter { $0.count == 6 }.flatMap { $0.dropFirst(2) }
    #expect(
      dump == [
        0, 1, 6, 7, 2, 3, 8, 9, 4, 5, 10, 11, 12, 13, 18, 19, 14, 15, 20, 21, 16, 17, 22, 23, 24, 25, 30, 31, 26, 27,
        32, 33, 28, 29, 34, 35,
      ])
  }

  @Test func theStridesAreDerivedAt80x24() throws {
    let text = draw(try state(lecture + " --step 5")).text
    for sentence in [
      "+1 in the tile row moves T rows: n·T = 6·2 = 12 elements",
      "+1 in the tile column moves T columns: T = 2 elements", "+1 in the row moves one row: n = 6 elements",
      "B (3,3,2,2) by 12,2,6,1",
      "[3] at (0,3) is B[0,1,0,1]: 0·12 + 1·2 + 0·6 + 1·1 = 3",
      "row by row always +4; tile by tile +4 +20 −20",
    ] {
      #expect(text.contains(sentence), "\(sentence)")
    }
    let full = draw(try state(lecture + " --focus tile-strides --full")).text
    #expect(full.contains("view B: shape (3,3,2,2), strides (12,2,6,1) = (48,8,24,4) B"))
    #expect(full.contains("copy C: shape (3,3,2,2), strides (12,4,2,1) = (48,16,8,4) B"))
    let wide = draw(try state(lecture + " --step 5 --cache toy", size: Size(columns: 200, rows: 60))).text
    #expect(wide.contains("misses in the toy cache: row by row 9, tile by tile 12, copy 9"))
  }

  /// Stride, dilation and padding are the convolution's: the walk stays where it is, and that is said.
  @Test func theConvolutionsGeometryLeavesTheWalkAlone() throws {
    var state = try state(lecture + " --step 5")
    let before = state.view.step
    for key in ["s", "S", "d", "D", "p", "P"] {
      state.press(key)
      #expect(state.view.step == before, "\(key)")
      #expect(draw(state).text.contains("1 and 2 show it"))
    }
  }

  /// What Enter leads to is seen, whatever stands in the shared place.
  @Test func enterShowsWhatItLeadsTo() throws {
    var state = try state(lecture + " --side code --focus tile-rows")
    state.press(keys: [.enter])
    #expect(draw(state).text.contains("▸B (3,3,2,2)"))
  }

  /// The selected memory is lit in the matrix, in the view and in the copy, wherever it stands there.
  @Test func theSelectedMemoryIsLitInAllThree() throws {
    let frame = draw(try state(lecture + " --step 35 --select 2,3"))
    #expect(frame.text.components(separatedBy: "[15]").count - 1 == 4, "three panels and the line below")
  }

  @Test func aTileThatDoesNotDivideIsPaddedAndSaidSo() throws {
    let text = draw(try state(lecture + " --tile 4", size: Size(columns: 120, rows: 36))).text
    #expect(text.contains("4×4 tiles do not divide 6×6: padded with zeros to 8×8 first"))
    #expect(text.contains("a strided view has one length for an axis; padding adds 28 zeros"))
    #expect(
      draw(try state(lecture + " --tile 4 --focus code --full")).text.contains("P = np.pad(A, ((0,2), (0,2)))"))
    #expect(text.contains("░"))
  }

  /// w and W change the tile here, keep the cell that was reached, and can be undone.
  @Test func theTileGrowsAndShrinks() throws {
    var state = try state(lecture + " --step 14")
    let before = state.settled.command
    state.press("w")
    #expect(draw(state).text.contains("w and W, the window's size elsewhere, are the tile's here"))
    #expect(state.view.tile == 3)
    #expect(state.settled.command.contains("arange:3x3"))
    // Step 14 of 2×2 tiles is row 3, column 0; of 3×3 tiles that is step 18.
    #expect(state.view.step == 18)
    state.press("W")
    #expect(state.settled.command == before)
    state.press("uu")
    #expect(state.settled.command == before)
    state.press("W")
    state.press("W")
    #expect(state.view.tile == 1)
    #expect(draw(state).text.contains("a tile has 1 to 6 rows here"))
  }

  @Test func whatTheCurvesDependOnIsEdited() throws {
    var state = try state(lecture + " --matrix-size 8")
    state.press("e")
    state.press(keys: [.tab])
    state.press("12")
    state.press(keys: [.tab])
    state.press("4")
    state.press(keys: [.tab])
    state.press("256,16,3")
    state.press(keys: [.enter])
    #expect(draw(state).text.contains("expected ways that divide"))
    state.press("256,16,2")
    state.press(keys: [.enter])
    let command = state.settled.command
    #expect(command.contains("--matrix-size 12 --row-padding 4 --cache 256,16,2"))
    #expect(try ExplorerTests.state(command).view == state.view)
  }

  /// The sentence and the first line are about the curves when those are looked at.
  @Test func theCurvesAreExplained() throws {
    let text = draw(try state(lecture + " --side transpose")).text
    #expect(text.contains("Reading rows, writing columns: a tile of both stays in the cache"))
    #expect(text.contains("4096 B apart fall into 1 of 64 sets: conflicts"))
    #expect(text.contains("row padding 16 helps"))
  }

  /// The presets of the cache come round.
  @Test func theCachesCycle() throws {
    var state = try state(lecture)
    let before = state.settled.command
    state.press("b")
    #expect(state.settled.command.contains("--cache l2"))
    state.press("b")
    #expect(state.settled.command.contains("--cache toy"))
    state.press("b")
    #expect(state.settled.command == before)
    state.press("B")
    #expect(state.settled.command.contains("--cache toy"))
  }

  /// Few misses are counted at once; many are asked for, and come in one by one.
  @Test func theCurvesFillFromBackgroundWork() throws {
    let roomy = Size(columns: 120, rows: 36)
    #expect(
      draw(try state(lecture + " --matrix-size 16 --cache 256,16,2", size: roomy)).text.contains("best T: 4 by misses"))
    var state = try state(lecture, size: roomy)
    #expect(draw(state).text.contains("not measured"))
    let effects = update(&state, .terminal(.woken))
    guard case .measureTiles(let task, let generation)? = effects.first, effects.count == 1 else {
      Issue.record("\(effects)")
      return
    }
    #expect(task.misses.count == 22 && task.times.count == 22)
    #expect(update(&state, .terminal(.woken)).isEmpty, "asked for once")
    let point = TileSweep.Point(.transpose, tile: 32)
    _ = update(&state, .foundTiles(.seconds(point, 0.00125, share: 1), generation: generation))
    #expect(draw(state).text.contains("1.25 ms"))
    _ = update(
      &state, .foundTiles(.seconds(TileSweep.Point(.product, tile: 1), 13, share: 0.1), generation: generation))
    #expect(draw(state).text.contains("~13.0 s"))
    // Those of another run are dropped.
    _ = update(
      &state, .foundTiles(.seconds(TileSweep.Point(.product, tile: 32), 0.5, share: 1), generation: generation - 1))
    #expect(!draw(state).text.contains("500 ms"))
    // All times in: the best is marked.
    for (place, point) in task.times.enumerated() {
      _ = update(
        &state, .foundTiles(.seconds(point, 0.002 + 0.001 * Double(abs(place - 3)), share: 1), generation: generation))
    }
    #expect(draw(state).text.contains("128 by time; misses: "))
    #expect(draw(state).text.contains("2.00 ms★"))
  }

  @Test func theWorkIsStoppedResumedAndRestarted() throws {
    var state = try state(lecture)
    func isMeasuring(_ effects: [Effect]) -> Bool {
      if case .measureTiles? = effects.last { return true }
      return false
    }
    func isCancelling(_ effects: [Effect]) -> Bool {
      if case .cancelTiles? = effects.first { return true }
      return false
    }
    #expect(isMeasuring(update(&state, .terminal(.woken))))
    #expect(isCancelling(state.press(keys: [.escape])))
    #expect(update(&state, .terminal(.woken)).isEmpty, "stopped")
    state.type(":focus transpose")
    #expect(isMeasuring(state.press(keys: [.enter])))
    // Another cache is another question.
    #expect(isMeasuring(state.type(":cache l2")))
    // The scene is left: nobody looks.
    #expect(isCancelling(state.press(keys: [.character("1")])))
    #expect(state.press(keys: [.character("2")]).isEmpty)
    #expect(isMeasuring(state.type(":scene tiles")))
  }
}
