import Explorer
import Screens
import Testing

/// What is marked can be read on every ground, and nothing that is said is cut on the smallest screen.
@Suite struct ReadabilityTests {
  /// The copies' colours go from one end of the scale to the other, and the selected cell may stand on any of them.
  @Test(arguments: [Theme.dark, .light, .projector], ["0,0", "1,1", "2,2"])
  func theSelectedCellIsReadableOnTheCopiesMap(theme: Theme, cell: String) throws {
    let appearance = Appearance(theme: theme, depth: .truecolor)
    let state = try state(
      "arange:6x6 --weight arange:3x3 --scene im2col --step 15 --select \(cell)", appearance: appearance)
    let frame = draw(state)
    var palette = Palette(appearance)
    var seen = 0
    for row in 0..<frame.size.rows {
      for column in 1..<22 where frame[Point(column: column - 1, row: row)].glyph == "[" {
        let style = palette.resolve(frame[Point(column: column, row: row)].style)
        guard let text = style.foreground.rgb, let ground = style.background.rgb else { continue }
        seen += 1
        #expect(text.contrast(with: ground) >= 4.5, "\(text) on \(ground)")
      }
    }
    #expect(seen == 1)
  }

  /// Why something is impossible is said to the end.
  @Test func aLongNoticeTakesTwoLines() throws {
    var state = try state("picture --stride 5 --dilation 16")
    state.press("wwwwwwwwwwwwwwwwwwwwwwwwwwwwww")
    let lines = draw(state).lines
    let said = lines[22...].map { $0.split(separator: " ").joined(separator: " ") }.joined(separator: " ")
    #expect(said.hasPrefix("unchanged: the kernel does not fit"), "\(said)")
    #expect(!said.contains("…"), "\(said)")
    state.press(".")
    #expect(draw(state).lines[22].contains("step"))
  }

  @Test(arguments: ["?", "??"])
  func noLineOfTheHelpIsCut(keys: String) throws {
    var state = try state("arange:6x6 --weight arange:3x3")
    state.press(keys)
    for _ in 0..<12 {
      for line in draw(state).lines[2..<21] {
        let inside = Array(line)[3..<77]
        #expect(inside.last == " ", "\(line)")
      }
      state.press(keys: [.pageDown])
    }
  }

  /// The cell that is typed into is named as it is on the screen.
  @Test func aWrongNumberIsSaidOfItsCell() throws {
    var state = try state("arange:6x6 --weight arange:3x3 --focus weight")
    state.press("ex")
    state.press(keys: [.enter])
    #expect(draw(state).lines[23].contains(" W[0,0,0,0]: expected a number, got 'x'"))
  }

  /// Between its brackets the cursor is the number, whatever blanks stand before that.
  @Test func theCursorLeavesNoGap() throws {
    let frame = draw(try state("arange:6x6 --weight arange:3x3 --scene orders --step 14"))
    for row in 0..<frame.size.rows {
      for column in 1..<frame.size.columns where frame[Point(column: column, row: row)].glyph == "[" {
        let before = frame[Point(column: column - 1, row: row)]
        #expect(!before.style.attributes.contains(.reverse))
      }
    }
  }
}
