import Screens
import Testing

@Suite struct CanvasTests {
  @Test(arguments: 0..<40)
  func partsNeverWriteOutside(seed: Int) {
    var random = SeededGenerator(seed: UInt64(seed))
    let whole = Rect(size: Size(columns: 20, rows: 10))
    func rect() -> Rect {
      Rect(
        column: Int.random(in: -8...24, using: &random), row: Int.random(in: -6...14, using: &random),
        columns: Int.random(in: -2...20, using: &random), rows: Int.random(in: -2...12, using: &random))
    }
    let (outer, inner, filled) = (rect(), rect(), rect())
    var allowed = whole
    let frame = Frame.drawn(size: whole.size) { canvas in
      let part = canvas.part(outer).part(inner)
      allowed = part.bounds.intersection(canvas.part(outer).bounds).intersection(whole)
      part.fill(filled, Cell("x"))
      part.put("abcdefghijklmnopqrstuvwxyz", column: -3, row: Int.random(in: -3...12, using: &random))
      part.put("漢字漢字漢字漢字漢字漢字", column: -3, row: Int.random(in: -3...12, using: &random))
      part.restyle(column: -1, row: -1) { $0.attributes = .bold }
      part.placeCursor(column: -1, row: 0)
    }
    for row in 0..<10 {
      for column in 0..<20 {
        let point = Point(column: column, row: row)
        if !allowed.contains(point) { #expect(frame[point] == Cell(), "seed \(seed), \(point)") }
      }
    }
    if let cursor = frame.cursor { #expect(allowed.contains(cursor)) }
  }

  @Test func wideGlyphsAreWholeOrBlank() {
    let frame = Frame.drawn(size: Size(columns: 5, rows: 3)) { canvas in
      canvas.put("漢字漢", column: 0, row: 0)
      canvas.put("漢字", column: 0, row: 1)
      canvas.put("x", column: 1, row: 1)
      canvas.put("漢字", column: 0, row: 2)
      canvas.put("語", column: 1, row: 2)
    }
    #expect(frame.lines == ["漢字", " x字", " 語"])
  }

  /// Beside and over wide glyphs too, and cut at the same places.
  @Test(arguments: [-3, 0, 2, 5], [false, true])
  func linesArePutAsTheirCells(column: Int, hasWide: Bool) {
    let line = "ab▀·−f".unicodeScalars.map { Cell($0, Style(.title)) }
    func frame(_ put: (Canvas) -> Void) -> Frame {
      Frame.drawn(size: Size(columns: 9, rows: 1)) { canvas in
        if hasWide { canvas.put("漢字漢字", column: 1, row: 0) }
        put(canvas.part(Rect(column: 1, row: 0, columns: 7, rows: 1)))
      }
    }
    let whole = frame { $0.putNarrow(line[...], column: column, row: 0) }
    let single = frame { canvas in
      for (place, cell) in line.enumerated() { canvas.put(cell, column: column + place, row: 0) }
    }
    #expect(whole == single)
    #expect(whole != frame { _ in })
  }

  @Test func framesSayWhereTheyDiffer() {
    let size = Size(columns: 8, rows: 3)
    let former = Frame.drawn(size: size) { $0.put("abcdefgh", column: 0, row: 1) }
    let latter = Frame.drawn(size: size) { canvas in
      canvas.put("abXdeYgh", column: 0, row: 1)
      canvas.put("z", column: 7, row: 2)
    }
    #expect((0..<3).map { latter.columns(ofRow: $0, differentFrom: former) } == [nil, 2..<6, 7..<8])
  }

  @Test func textReturnsTheColumnAfterIt() {
    _ = Frame.drawn(size: Size(columns: 3, rows: 1)) { canvas in
      #expect(canvas.put("a漢e\u{301}", column: 0, row: 0) == 4)
    }
  }

  /// A place may be computed from a typed number; none is too far.
  @Test func farPlacesAreHarmless() {
    let frame = Frame.drawn(size: Size(columns: 4, rows: 2)) { canvas in
      for far in [Int.max, .min, .max - 1, .min + 1] {
        let part = canvas.part(Rect(column: far, row: far, columns: .max, rows: .max)).part(
          Rect(column: far, row: far, columns: .max, rows: .max))
        for canvas in [canvas, part] {
          canvas.put("漢x", column: far, row: far)
          canvas.put("漢x", column: far, row: 0)
          canvas.restyle(column: far, row: far) { $0 = .plain }
          canvas.placeCursor(column: far, row: far)
          canvas.fill(Rect(column: far, row: far, columns: 3, rows: 3), Cell("x"))
        }
      }
      canvas.fill(Rect(column: -5, row: -5, columns: .max, rows: .max), Cell("y"))
    }
    #expect(frame.lines == ["yyyy", "yyyy"])
    let far = Rect(column: 1, row: .max, columns: .max, rows: 2)
    #expect(far.endColumn == .max && far.endRow == .max)
    #expect(far.intersection(Rect(column: -3, row: .min, columns: 9, rows: 1)).isEmpty)
  }

  @Test(
    arguments: [
      ("a", 1), ("─", 1), ("▀", 1), ("●", 1), ("▶", 1), ("é", 1), ("\u{301}", 0), ("\u{200B}", 0), ("\u{7}", 0),
      ("漢", 2), ("か", 2), ("ｆ", 2), ("한", 2), ("🚀", 2), ("⌚", 2), ("𠀀", 2), ("\u{302A}", 0), ("ﬁ", 1),
    ] as [(Unicode.Scalar, Int)])
  func widths(glyph: Unicode.Scalar, wanted: Int) {
    #expect(glyph.cellWidth == wanted)
  }
}
