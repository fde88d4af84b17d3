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

  /// A tile that does not divide the matrix: the padded one and its tiles stand as numbers, whole.
  @Test func paddedTilesAreReadAsNumbers() throws {
    let lines = draw(try state("arange:6x6 --weight arange:3x3 --scene tiles --tile 4 --step 3")).lines
    #expect(lines.contains { $0.contains("18→19→20→21→22→23→ ░→ ░") && $0.contains("18→19→20→21▐   22→23→ ░→ ░") })
  }

  /// A small picture whose numbers do not all fit is read in part, as Slide's output is.
  @Test func tilesOfADigitAreReadInPart() throws {
    let lines = draw(try state("digit:3 --scene tiles --step 5")).lines
    #expect(lines.contains { $0.contains("[1.0]0.8→0.4→") && $0.contains("▌0.6[1.0]") })
  }

  /// A row of a wide kernel's products gives up digits before it gives up numbers.
  @Test func theProductsOfAWideKernelAreNumbers() throws {
    let whole = draw(try state("picture --weight gaussian --kernel-size 5 --step 700")).text
    #expect(whole.contains("0.01 0.03[0.05]0.09 0.02"))
    let short = draw(try state("random:1x12x12x1 --weight random:5x5x1x1 --step 20")).text
    #expect(short.contains("-1.5 -0.6[0.18]0.43 -1.2"))
  }

  /// Where there is no room for a number, one product is said.
  @Test func oneProductOfAVeryWideKernelIsSaid() throws {
    let middle = draw(try state("random:1x12x12x1 --weight random:7x7x1x1 --step 20")).text
    #expect(middle.contains("W[3,3]:") && middle.contains("-1.13·-0.57 = 0.65"))
    let flipped = draw(try state("random:1x12x12x1 --weight random:7x7x1x1 --step 20 --flip --select 3,2")).text
    #expect(flipped.contains("W[6,6]:"))
  }

  @Test(arguments: [
    "random:1x512x512x3 --scene memory --view im2col", "random:1x512x512x3 --scene memory --view experiment",
    "arange:6x6 --weight arange:3x3 --scene memory --view im2col",
  ])
  func theNumbersOfAViewAreNotCut(command: String) throws {
    for size in [Size(columns: 80, rows: 24), Size(columns: 120, rows: 36)] {
      let state = try state(command + " --step 9", size: size)
      let lines = draw(state).lines
      let top = try #require(lines.firstIndex { $0.hasPrefix("╭ the view in numbers") })
      for line in lines[top...].prefix(while: { !$0.hasPrefix("╰") }) {
        let inside = line.dropFirst().prefix { $0 != "│" }
        #expect(!inside.trimmingSuffix { $0 == " " }.hasSuffix("…"), "\(line)")
      }
    }
  }

  /// The three kinds of misses are named in whole words, also where the panel is narrow.
  @Test func theKindsOfMissesAreNotCut() throws {
    let text = draw(try state("arange:6x6 --weight arange:3x3 --scene tiles --tile 4 --side transpose")).text
    #expect(text.contains("capacity") && text.contains("conflict"))
  }
}

extension Substring {
  fileprivate func trimmingSuffix(_ isCut: (Character) -> Bool) -> Substring {
    self[..<(lastIndex { !isCut($0) }.map { index(after: $0) } ?? startIndex)]
  }
}
