import Screens
import Testing

@Suite struct PixelGridTests {
  /// What is kept of a picture is what is drawn of it.
  @Test(arguments: [PixelGrid.Mode.stacked, .wide], [ColorDepth.palette256, .mono])
  func keptCellsAreTheDrawnOnes(mode: PixelGrid.Mode, depth: ColorDepth) {
    let picture = PixelGrid(columns: 5, rows: 5, at: Point(column: 2, row: 1), Appearance(depth: depth), mode: mode)
    func color(_ column: Int, _ row: Int) -> RGB? {
      (column + row) % 3 == 0 ? nil : RGB(UInt8(column * 50), UInt8(row * 50), 99)
    }
    let kept = picture.drawn(empty: Cell("∙"), color)
    let frame = Frame.drawn(size: Size(columns: 14, rows: 7)) { picture.draw(on: $0, empty: Cell("∙"), color) }
    let cells = picture.cells
    for (place, cell) in kept.enumerated() {
      #expect(frame[Point(column: 2 + place % cells.columns, row: 1 + place / cells.columns)] == cell)
    }
    #expect(kept.count == cells.columns * cells.rows)
  }

  @Test(arguments: [PixelGrid.Mode.stacked, .wide])
  func cellsAndPixelsFindEachOther(mode: PixelGrid.Mode) throws {
    for (columns, rows) in [(1, 1), (3, 4), (5, 3)] {
      let grid = PixelGrid(columns: columns, rows: rows, at: Point(column: 2, row: 1), Appearance(), mode: mode)
      for row in -1...rows {
        for column in -1...columns {
          let pixel = Point(column: column, row: row)
          let inside = Rect(column: 0, row: 0, columns: columns, rows: rows).contains(pixel)
          let cells = grid.cells(of: pixel)
          #expect((cells != nil) == inside)
          guard let cells else { continue }
          for cellColumn in cells.column..<cells.endColumn {
            let back = try #require(grid.pixels(at: Point(column: cellColumn, row: cells.row)))
            #expect(back.contains(pixel))
          }
          #expect(grid.cells(of: Rect(column: column, row: row, columns: 1, rows: 1)) == cells)
        }
      }
      #expect(grid.pixels(at: Point(column: 1, row: 1)) == nil)
      #expect(grid.pixels(at: Point(column: grid.cells.endColumn, row: 1)) == nil)
      #expect(grid.cells(of: Rect(column: 90, row: 0, columns: 2, rows: 2)) == nil)
    }
    #expect(
      PixelGrid.pixels(in: Size(columns: 9, rows: 4), mode: mode)
        == (mode == .wide ? Size(columns: 4, rows: 4) : Size(columns: 9, rows: 8)))
  }

  @Test func colorShowsTwoPixelsACell() {
    let frame = draw(Appearance(depth: .truecolor), columns: 3, rows: 3)
    #expect(frame.lines == [" ▀▀▄", " ▀▀▀"])
    #expect(frame[Point(column: 1, row: 0)].style == Style(.rgb(0, 0, 0), on: .rgb(0, 80, 0)))
    #expect(frame[Point(column: 2, row: 1)].style == Style(.rgb(80, 160, 0), on: .terminal))
  }

  @Test func withoutColorsGlyphsShowLightness() {
    func shades(_ appearance: Appearance) -> [String] {
      Frame.drawn(size: Size(columns: 6, rows: 1)) { canvas in
        PixelGrid(columns: 6, rows: 2, at: Point(column: 0, row: 0), appearance).draw(on: canvas) { column, _ in
          RGB(UInt8(column * 51), UInt8(column * 51), UInt8(column * 51))
        }
      }.lines
    }
    #expect(shades(Appearance(depth: .mono)) == [" ░▒▓██"])
    #expect(shades(Appearance(theme: .light, depth: .mono)) == ["█▓▒░"])
    #expect(shades(Appearance(depth: .mono, ascii: true)) == [" -+*%@"])
  }

  @Test func asciiInColorFillsBackgrounds() {
    let frame = draw(Appearance(depth: .truecolor, ascii: true), columns: 2, rows: 2)
    #expect(frame.text.unicodeScalars.allSatisfy { $0.isASCII })
    #expect(frame[Point(column: 1, row: 0)].style.background == .rgb(0, 40, 0))
  }

  /// On pixels as light as itself a mark is black or white; elsewhere it keeps its colour.
  @Test(arguments: [Theme.dark, .light, .projector])
  func marksAreSeenOnAnyPicture(_ theme: Theme) {
    let mark = theme.color(of: .selected)
    for (pixel, isKept) in [(mark, false), (mark.readableText, true)] {
      let frame = Frame.drawn(size: Size(columns: 3, rows: 1)) { canvas in
        let grid = PixelGrid(
          columns: 3, rows: 2, at: Point(column: 0, row: 0), Appearance(theme: theme, depth: .truecolor))
        grid.draw(on: canvas) { _, _ in pixel }
        grid.outline(Rect(column: 1, row: 0, columns: 1, rows: 2), on: canvas, .role(.selected))
      }
      let bar = frame[Point(column: 0, row: 0)].style.foreground
      #expect(bar == (isKept ? .role(.selected) : mark.readableText.ink))
    }
  }

  /// The outline stands beside its pixels: those keep their colours and glyphs.
  @Test func outlinesHideNothingInside() {
    for (row, rows) in [(0, 2), (1, 2), (0, 3), (1, 1), (2, 1)] {
      let area = Rect(column: 1, row: row, columns: 2, rows: rows)
      func picture(outlined: Bool) -> Frame {
        Frame.drawn(size: Size(columns: 8, rows: 3)) { canvas in
          let grid = PixelGrid(columns: 5, rows: 4, at: Point(column: 1, row: 0), Appearance(depth: .truecolor))
          grid.draw(on: canvas) { RGB(UInt8($0 * 50), UInt8($1 * 50), 0) }
          if outlined { grid.outline(area, on: canvas, .role(.field)) }
        }
      }
      let (plain, outlined) = (picture(outlined: false), picture(outlined: true))
      var changed: Set<Int> = []
      for y in 0..<3 {
        for x in 0..<8 where plain[Point(column: x, row: y)] != outlined[Point(column: x, row: y)] { changed.insert(x) }
      }
      #expect(changed == [1, 4], "rows \(row)..<\(row + rows)")
    }
  }

  @Test(arguments: [
    (0, 4, ["▐▀▌", "▐▀▌"]), (1, 2, ["▗▀▖", "▝▀▘"]), (0, 2, ["▐▀▌", "▀▀▀"]), (3, 1, ["▀▀▀", "▗▀▖"]),
    (0, 1, ["▝▀▘", "▀▀▀"]),
  ])
  func outlinesNameTheirHalfOfACell(row: Int, rows: Int, wanted: [String]) {
    let frame = Frame.drawn(size: Size(columns: 3, rows: 2)) { canvas in
      let grid = PixelGrid(columns: 3, rows: 4, at: Point(column: 0, row: 0), Appearance(depth: .truecolor))
      grid.draw(on: canvas) { _, y in y % 2 == 0 ? .white : .black }
      grid.outline(Rect(column: 1, row: row, columns: 1, rows: rows), on: canvas, .role(.written))
    }
    #expect(frame.lines == wanted)
    // Half of the neighbours' colours show beside the bar.
    #expect(frame[Point(column: 0, row: row / 2)].style.background == .rgb(128, 128, 128))
  }

  @Test func tintsOnlyTheirPixels() {
    let frame = Frame.drawn(size: Size(columns: 2, rows: 2)) { canvas in
      let grid = PixelGrid(columns: 2, rows: 4, at: Point(column: 0, row: 0), Appearance(depth: .truecolor))
      grid.draw(on: canvas) { _, _ in .black }
      grid.tint(Rect(column: 0, row: 1, columns: 1, rows: 2), on: canvas, .white, share: 1)
    }
    let (black, white) = (Ink.rgb(0, 0, 0), Ink.rgb(255, 255, 255))
    #expect(frame[Point(column: 0, row: 0)].style == Style(black, on: white))
    #expect(frame[Point(column: 0, row: 1)].style == Style(white, on: black))
    #expect(frame[Point(column: 1, row: 0)].style == Style(black, on: black))
  }

  private func draw(_ appearance: Appearance, columns: Int, rows: Int) -> Frame {
    Frame.drawn(size: Size(columns: columns + 2, rows: (rows + 1) / 2)) { canvas in
      PixelGrid(columns: columns, rows: rows, at: Point(column: 1, row: 0), appearance).draw(on: canvas) { x, y in
        x == 2 && y == 0 ? nil : RGB(UInt8(x * 80), UInt8(y * 80), 0)
      }
    }
  }
}
