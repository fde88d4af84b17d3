import Explorer
import Foundation
import Screens
import Testing

/// The Memory tab: any view of the buffer, what is said of it, and what can be done with it.
@Suite struct MemorySceneTests {
  private let lecture = "arange:6x6 --weight arange:3x3 --scene memory"
  private let roomy = Size(columns: 120, rows: 36)

  /// Typing a view that leaves the buffer: no scene or step changes, the hatched cells are explained, Esc brings the view before back.
  @Test(arguments: [Size(columns: 80, rows: 24), Size(columns: 120, rows: 36), Size(columns: 200, rows: 60)])
  func aViewThatLeavesTheBufferIsExplained(_ size: Size) throws {
    var state = try state(lecture + " --step 7", size: size)
    let before = draw(state)
    state.press("e")
    state.press("5,4,3,3")
    state.press(keys: [.tab])
    state.press("6,1,6,1")
    #expect(state.view.scene == .memory)
    #expect(state.view.step == 7)
    let text = draw(state).text
    #expect(text.contains("EDIT"))
    #expect(text.contains("╱╱"))
    #expect(text.contains("12 of 180 cells"))
    #expect(text.contains("first (4,0,2,0)"))
    #expect(text.contains("byte 144"))
    #expect(text.contains("24 bytes too far"))
    state.press(keys: [.escape])
    #expect(draw(state) == before)
  }

  /// A pinned cell is named with its place in the view, and with how often it is there.
  @Test func aPinnedCellIsSaidToBePinned() throws {
    let tiles = draw(try state(lecture + " --select 2,3", size: roomy)).text
    #expect(tiles.contains("pinned [15] = Z[0,2,3,0] is element 15, byte 60 · here B[1,1,0,1] · n goes there"))
    let windows = draw(try state(lecture + " --select 2,3 --view windows", size: roomy)).text
    #expect(windows.contains("here B[0,1,2,2] B[0,2,2,1] B[0,3,2,0] … · n N go round"))
    let outside = draw(try state(lecture + " --select 5,5 --view 2,2:6,1:0", size: roomy)).text
    #expect(outside.contains("no entry of this view shows it"))
    #expect(!draw(try state(lecture, size: roomy)).text.contains("pinned"))
  }

  @Test func theTypedViewStaysAndCanBeUndone() throws {
    var state = try state(lecture, size: roomy)
    let before = draw(state)
    state.press("e5,4,3,3")
    state.press(keys: [.tab])
    state.press("6,1,6,1")
    state.press(keys: [.enter])
    #expect(state.settled.command.contains("--view 5,4,3,3:6,1,6,1:0"))
    #expect(draw(state).text.contains("nothing of them is read"))
    state.press("u")
    #expect(draw(state) == before)
  }

  /// Strides may be typed in bytes, negative ones too; those that no element has are refused.
  @Test func stridesMayBeTypedInBytes() throws {
    var state = try state(lecture)
    state.press("e6,6")
    state.press(keys: [.tab])
    state.press("6,1")
    state.press(keys: [.tab])
    state.press("5")
    state.press(keys: [.tab])
    state.press("24,-4")
    state.press(keys: [.enter])
    #expect(state.settled.command.contains("--view 6,6:6,-1:5"))
    state.press("e")
    state.press(keys: [.backTab])
    state.press("24,6")
    #expect(draw(state).text.contains("multiples of the item size 4"))
    state.press(keys: [.enter])
    #expect(state.settled.command.contains("--view 6,6:6,-1:5"))
    state.press(keys: [.escape])
    #expect(state.settled.command.contains("--view 6,6:6,-1:5"))
  }

  @Test func whatIsNoViewYetIsSaid() throws {
    var state = try state(lecture)
    state.press("e5,4")
    #expect(draw(state).text.contains("not a view yet: expected one stride for each of 2 axes, got 4"))
    state.press(keys: [.enter])
    #expect(draw(state).text.contains("not a view yet"))
    #expect(!state.settled.command.contains("--view"))
  }

  @Test(arguments: [
    "99999999999999999999:1", "1099511627776,1099511627776:1,1", "2:9223372036854775807:0", "-1:1", "0,3:1,1",
    "2,2:0,0:1099511627776", "1:1:-1099511627776", "", ",", "3,3:1", "9,9:-1099511627776,1099511627776",
  ])
  func anythingMayBeTyped(_ word: String) throws {
    var state = try state(lecture, size: roomy)
    state.press("e")
    for part in word.split(separator: ":", omittingEmptySubsequences: false) {
      state.press(String(part))
      _ = draw(state)
      state.press(keys: [.tab])
    }
    _ = draw(state)
    state.press(keys: [.enter])
    _ = draw(state)
    state.press(keys: [.end, .escape, .escape])
    for size in [Size(columns: 80, rows: 24), Size(columns: 200, rows: 60)] {
      state = try ExplorerTests.state(state.settled.command, size: size)
      _ = draw(state)
    }
  }

  @Test func byteStridesGivenAsElementsAreNamed() throws {
    let state = try state(lecture + " --view 3,3,2,2:48,8,24,4", size: roomy)
    #expect(draw(state).text.contains("strides 48,8,24,4 are bytes given as elements"))
  }

  /// One write through the windows, and all nine entries that show the element change; u takes it back.
  @Test func aWriteThroughAnOverlappingViewChangesEveryCopy() throws {
    var state = try state(lecture + " --view 4,4,3,3:6,1,6,1:0 --select 2,2", size: Size(columns: 200, rows: 60))
    let before = draw(state).text.occurrences(of: "99")
    state.press("nn")
    state.press(keys: [.enter])
    state.press("99")
    state.press(keys: [.enter])
    let text = draw(state).text
    #expect(text.contains("one write to element 14 changed 9 entries"))
    #expect(before == 0)
    #expect(text.occurrences(of: "▐99▌") >= 10)
    #expect(state.settled.command.contains("--edit-input 2,2=99"))
    state.press("u")
    #expect(draw(state).text.occurrences(of: "99") == 0)
  }

  /// The figures of the toy cache: tiles 12, transpose 36, contiguous 9.
  @Test(arguments: [("tiles", 12), ("transpose", 36)])
  func missesOfAPass(_ view: String, _ misses: Int) throws {
    let state = try state(lecture + " --view \(view) --step 35", size: roomy)
    let line = try #require(draw(state).lines.first { $0.contains("│ misses ") })
    let start = try #require(line.range(of: "│ misses ")?.upperBound)
    let numbers = line[start...].split(whereSeparator: { !$0.isNumber }).compactMap { Int($0) }
    #expect(numbers.prefix(2) == [misses, 9], "\(line)")
  }

  /// With the lines of a real cache the lecture's 144 bytes are three misses in any order.
  @Test func aRealCacheSeesNoDifferenceInSoLittle() throws {
    let state = try state(lecture + " --step 35 --cache 32768,64,8", size: roomy)
    let line = try #require(draw(state).lines.first { $0.contains("│ misses ") })
    let start = try #require(line.range(of: "│ misses ")?.upperBound)
    #expect(line[start...].split(whereSeparator: { !$0.isNumber }).compactMap { Int($0) }.prefix(2) == [3, 3])
  }

  /// The same memory is shown from the tab before, and is still selected in the next one.
  @Test func theSelectedMemoryGoesAlong() throws {
    var state = try state("arange:6x6 --weight arange:3x3 --select 2,2", size: roomy)
    state.press("3")
    #expect(draw(state).text.contains("[14]"))
    state.press("nn")
    #expect(draw(state).text.contains("[14]"))
    state.press("2")
    #expect(draw(state).text.contains("[14]: 9 copies"))
  }

  /// A view over the padded copy says what is a zero of the padding, and is not written through.
  @Test func aPaddedCopyIsNotWritten() throws {
    var state = try state(lecture + " --padding 1 --view im2col", size: roomy)
    #expect(draw(state).text.contains("padded copy of A, 256 B"))
    state.press(keys: [.enter])
    #expect(draw(state).text.contains("not written: this view lies over a padded copy"))
    state.press("e")
    state.press(keys: [.tab, .tab])
    state.press("9")
    state.press(keys: [.enter])
    #expect(state.settled.command.contains("--view padded:1,6,6,3,3,1:"))
  }

  @Test func theDumpsAreTheLectures() throws {
    let text = draw(try state(lecture, size: roomy)).text
    let inOrder = (0..<36).map { $0 < 10 ? " \($0)" : "\($0)" }.joined(separator: " ")
    #expect(text.contains("│ A \(inOrder)"))
    #expect(text.contains("│ B \(inOrder)"))
    #expect(
      text.contains(
        "│ C  0  1  6  7  2  3  8  9  4  5 10 11 12 13 18 19 14 15 20 21 16 17 22 23 24 25 30 31 26 27 32 33 28 29 34 35"
      ))
    #expect(text.contains("(48,16,8,4)"))
  }

  @Test func presetsAreCycledAndTheSelectedMemoryStays() throws {
    var state = try state(lecture + " --step 5", size: roomy)
    var seen: [String] = []
    for _ in 0..<10 {
      state.press("b")
      seen.append(state.settled.command)
      _ = draw(state)
    }
    #expect(Set(seen).count == 10)
    state.press("B")
    state.press("b")
    #expect(!state.settled.command.contains("--view"))
  }
}

extension String {
  fileprivate func occurrences(of part: String) -> Int { ranges(of: part).count }
}

extension MemorySceneTests {
  /// A walk of 10¹⁵ cells is shown and not weighed.
  @Test func aVastWalkIsNotWeighed() throws {
    var vast = try state(
      "arange:1x1 --padding 10000000 --scene memory --view im2col --focus race", size: Size(columns: 120, rows: 36))
    vast.finishPendingWork()
    #expect(draw(vast).text.contains("too long to weigh"))
  }
}
