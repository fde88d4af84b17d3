import Screens
import Testing

@Suite struct PanelTests {
  @Test func unicodeBorder() {
    let frame = Frame.drawn(size: Size(columns: 20, rows: 3)) { canvas in
      let inside = Panel("under", caption: "sum = 39").draw(on: canvas, Rect(size: canvas.size))
      #expect(inside.bounds == Rect(column: 1, row: 1, columns: 18, rows: 1))
      inside.put("0123456789012345678901", column: 0, row: 0)
    }
    #expect(frame.lines == ["╭ under ───────────╮", "│012345678901234567│", "╰─────── sum = 39 ─╯"])
  }

  @Test func asciiBorder() {
    let frame = Frame.drawn(size: Size(columns: 14, rows: 3)) { canvas in
      Panel("a long title", caption: "a long caption", focused: true).draw(
        on: canvas, Rect(size: canvas.size), .ascii, margin: 1
      ).put("x", column: 0, row: 0)
    }
    #expect(frame.lines == ["+ a long ti~ +", "| x          |", "+ a long c~ -+"])
    #expect(frame[Point(column: 0, row: 0)].style.foreground == .role(.focusedBorder))
    #expect(frame.lines.allSatisfy { $0.unicodeScalars.allSatisfy { $0.isASCII } })
  }

  @Test func smallPanelsStayInTheirPlace() {
    for columns in -1...6 {
      for rows in -1...3 {
        let frame = Frame.drawn(size: Size(columns: 10, rows: 5)) { canvas in
          canvas.fill(Rect(size: canvas.size), Cell("x"))
          let rect = Rect(column: 2, row: 1, columns: columns, rows: rows)
          Panel("title", caption: "caption").draw(on: canvas, rect)
            .fill(Rect(column: -9, row: -9, columns: 99, rows: 99), Cell("y"))
          #expect(rect.columns == max(columns, 0))
        }
        for row in 0..<5 {
          for column in 0..<10
          where !Rect(column: 2, row: 1, columns: columns, rows: rows).contains(Point(column: column, row: row)) {
            #expect(frame[Point(column: column, row: row)].glyph == "x")
          }
        }
      }
    }
  }

  @Test func wrapping() {
    #expect(wrapped("A kernel slides over the picture.", 12) == ["A kernel", "slides over", "the picture."])
    #expect(wrapped("a\n\nb", 5) == ["a", "", "b"])
    #expect(wrapped("abcdefgh ij", 3) == ["abc", "def", "gh", "ij"])
    #expect(wrapped("漢字漢字", 3) == ["漢", "字", "漢", "字"])
    #expect(wrapped("漢", 1) == ["漢"])
    #expect(wrapped("x", 0) == [])
    #expect(wrapped("", 4) == [""])
  }

  @Test func wrappedTextKeepsItsWords() {
    var random = SeededGenerator(seed: 3)
    for _ in 0..<300 {
      let words = (0..<Int.random(in: 1...12, using: &random)).map { _ in
        String(repeating: "w", count: Int.random(in: 1...9, using: &random))
      }
      let columns = Int.random(in: 1...20, using: &random)
      let lines = wrapped(words.joined(separator: " "), columns)
      #expect(lines.allSatisfy { $0.cellWidth <= columns })
      #expect(lines.joined().filter { $0 == "w" }.count == words.joined().count)
    }
  }

  @Test func cutting() {
    #expect(truncated("receptive", 9) == "receptive")
    #expect(truncated("receptive", 5) == "rece…")
    #expect(truncated("漢字", 3) == "漢…")
    #expect(truncated("漢字", 2) == "…")
    #expect(truncated("ab", 1, ellipsis: "~") == "~")
    #expect(truncated("ab", 0) == "")
    #expect(aligned("ab", .centre, 5) == " ab  ")
    #expect(aligned("ab", .right, 4) == "  ab")
    #expect(aligned("abc", .left, 2) == "a…")
  }

  @Test func meters() {
    #expect(Meters.bar(0.5, columns: 4) == "██  ")
    #expect(Meters.bar(0.5625, columns: 2) == "█▏")
    #expect(Meters.bar(2, columns: 2, .ascii) == "##")
    #expect(Meters.bar(.nan, columns: 2) == "  ")
    #expect(Meters.sparkline([0, 1, 2, .nan]) == "▁▅█?")
    #expect(Meters.sparkline([.nan]) == "?")
    #expect(Meters.sparkline([]) == "")
    #expect(Meters.progress(0.5, columns: 5) == "━━●──")
    #expect(Meters.progress(1, columns: 4, .ascii) == "===o")
    #expect(Meters.progress(0, columns: 0) == "")
    for columns in 1...9 {
      for column in 0..<columns {
        #expect(Meters.knobColumn(Meters.share(column: column, columns: columns), columns: columns) == column)
      }
    }
  }

  @Test func asciiGlyphsAreASCII() {
    let glyphs = Appearance(ascii: true).glyphs
    let all =
      [glyphs.padding, glyphs.outOfBounds, glyphs.notYet, glyphs.ellipsis, glyphs.play, glyphs.pause, glyphs.dot]
      + [glyphs.times, glyphs.leftArrow, glyphs.rightArrow, glyphs.upArrow, glyphs.downArrow, glyphs.passed]
      + [glyphs.knob, glyphs.ahead, glyphs.written.left, glyphs.written.right, glyphs.field.left, glyphs.field.right]
      + glyphs.heights + glyphs.widths + glyphs.shades
    #expect(all.allSatisfy { $0.isASCII })
    #expect(glyphs.marked("x", glyphs.written) == ">x<")
    #expect(GlyphSet.unicode.marked("618", GlyphSet.unicode.written) == "▐618▌")
    #expect(GlyphSet.unicode.marked("14", GlyphSet.unicode.selected) == "[14]")
  }
}
