import Foundation
import Screens
import Testing

#if canImport(FoundationXML)
  import FoundationXML
#endif

@Suite struct WriterTests {
  /// Only what changes is said; whoever loses an attribute begins afresh.
  @Test func stylesFollowEachOtherInFewBytes() {
    let plain = ResolvedStyle.plain
    let red = ResolvedStyle(foreground: .index(1))
    let tinted = ResolvedStyle(foreground: .index(1), background: .index(205))
    let bold = ResolvedStyle(foreground: .index(9), background: .rgb(10, 0, 255), attributes: [.bold, .underline])
    let trace: [(ResolvedStyle, String)] = [
      (red, "[31m"), (red, ""), (tinted, "[48;5;205m"), (red, "[49m"), (bold, "[0;1;4;91;48;2;10;0;255m"),
      (tinted, "[0;31;48;5;205m"), (plain, "[39;49m"),
    ]
    var former = plain
    for (style, expected) in trace {
      var bytes: [UInt8] = []
      SGR.append(style, after: former, to: &bytes)
      #expect(String(decoding: bytes, as: UTF8.self) == (expected.isEmpty ? "" : "\u{1B}" + expected))
      former = style
    }
  }

  static let frame = Frame.drawn(size: Size(columns: 12, rows: 4)) { canvas in
    canvas.put("╭ a<b ─╮", column: 0, row: 0, Style(.border))
    canvas.put("│", column: 0, row: 1, Style(.border))
    canvas.put("12", column: 2, row: 1, Style(.rgb(255, 0, 0), on: .terminal, .bold))
    canvas.put(" 3 ", column: 4, row: 1, Style(.terminal, on: .rgb(0, 0, 95)))
    canvas.put("▀▀▀", column: 1, row: 2, Style(.rgb(255, 255, 255), on: .rgb(0, 0, 0)))
    canvas.put("漢&", column: 5, row: 2)
  }

  @Test func text() {
    #expect(Self.frame.lines == ["╭ a<b ─╮", "│ 12 3", " ▀▀▀ 漢&", ""])
    #expect(TextWriter().write(Self.frame) == "╭ a<b ─╮\n│ 12 3\n ▀▀▀ 漢&\n\n")
  }

  @Test(arguments: [
    (
      ColorDepth.truecolor,
      "E[0;38;2;108;108;108m╭ a<b ─╮E[0m\nE[0;38;2;108;108;108m│ E[0;1;38;2;255;0;0m12"
        + "E[0;38;2;255;255;255;48;2;0;0;95m 3 E[0m\n E[0;38;2;255;255;255;48;2;0;0;0m▀▀▀E[0m 漢&\n\n"
    ),
    (
      .palette256,
      "E[0;38;5;242m╭ a<b ─╮E[0m\nE[0;38;5;242m│ E[0;1;38;5;196m12"
        + "E[0;38;5;231;48;5;17m 3 E[0m\n E[0;38;5;231;48;5;16m▀▀▀E[0m 漢&\n\n"
    ),
    (
      .palette16,
      "E[0;90m╭ a<b ─╮E[0m\nE[0;90m│ E[0;1;91m12E[0;97;44m 3 E[0m\n E[0;97;40m▀▀▀E[0m 漢&\n\n"
    ),
    (.mono, "╭ a<b ─╮\n│ E[0;1m12 E[0m3\n ▀▀▀ 漢&\n\n"),
  ])
  func ansi(depth: ColorDepth, wanted: String) {
    let text = AnsiWriter(Appearance(theme: .dark, depth: depth)).write(Self.frame)
    #expect(text.replacingOccurrences(of: "\u{1B}", with: "E") == wanted)
  }

  @Test func blankFramesHaveNoSequences() {
    #expect(AnsiWriter(Appearance()).write(Frame(size: Size(columns: 3, rows: 2))) == "\n\n")
  }

  @Test func brokenWideGlyphsDoNotShiftTheirNeighbours() {
    var frame = Frame(size: Size(columns: 4, rows: 1))
    frame[Point(column: 0, row: 0)].glyph = "漢"
    frame[Point(column: 1, row: 0)].glyph = "a"
    frame[Point(column: 2, row: 0)].glyph = Cell.continuation
    frame[Point(column: 3, row: 0)].glyph = "漢"
    #expect(frame.lines == [" a"])
  }

  static let svg = """
    <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 136 124" width="136" height="124">
    <title>a &lt; b</title>
    <rect x="0.5" y="0.5" width="135" height="123" rx="9" fill="#12161c" stroke="#3c3f44"/>
    """

  @Test func svgIsWellFormed() throws {
    for theme in Theme.allCases {
      for depth in ColorDepth.allCases {
        let svg = SvgWriter(Appearance(theme: theme, depth: depth), title: "a < b").write(Self.frame)
        try expectWellFormed(svg)
      }
    }
  }

  @Test func svgOfAFrame() {
    let svg = SvgWriter(Appearance(theme: .dark, depth: .truecolor), title: "a < b").write(Self.frame)
    #expect(svg.hasPrefix(Self.svg))
    // Three half blocks of one colour are one rectangle.
    #expect(svg.contains("<path fill=\"#ffffff\" d=\"M9 36h27v9h-27z\"/>"))
    #expect(svg.contains("<path fill=\"#000000\" d=\"M9 45h27v9h-27z\"/>"))
    #expect(svg.contains(">a&lt;b</text>"))
    #expect(svg.contains("<text x=\"18\" y=\"31.5\" textLength=\"18\" fill=\"#ff0000\" font-weight=\"bold\">12</text>"))
    #expect(svg.contains("textLength=\"27\">漢&amp;</text>"))
  }

  /// A colour first seen as a background must not be painted below a later one.
  @Test func svgPaintsBlocksOverBackgrounds() throws {
    let svg = SvgWriter().write(
      Frame.drawn(size: Size(columns: 2, rows: 1)) { canvas in
        canvas.put(" ", column: 0, row: 0, Style(.terminal, on: .rgb(1, 2, 3)))
        canvas.put("▐", column: 1, row: 0, Style(.rgb(1, 2, 3), on: .rgb(4, 5, 6), .underline))
      })
    let ground = try #require(svg.range(of: "<path fill=\"#040506\" d=\"M9 0h9v18h-9z\"/>"))
    let block = try #require(svg.range(of: "<path fill=\"#010203\" d=\"M13.5 0h4.5v18h-4.5z\"/>"))
    #expect(ground.upperBound <= block.lowerBound)
    #expect(svg.contains("<path fill=\"#010203\" d=\"M9 16h9v1h-9z\"/>"))
  }

  @Test func svgJoinsLinesAndLeavesGaps() {
    let svg = SvgWriter().write(
      Frame.drawn(size: Size(columns: 4, rows: 3)) { canvas in
        canvas.put("─── ", column: 0, row: 0, Style(.rgb(1, 2, 3)))
        canvas.put("│┏ │", column: 0, row: 1, Style(.rgb(1, 2, 3)))
        canvas.put("│╰ │", column: 0, row: 2, Style(.rgb(1, 2, 3)))
        canvas.put("▀ ▀", column: 0, row: 2, Style(.rgb(4, 5, 6)))
      })
    let lines = "M0 8h27v1h-27zM4 18h1v18h-1zM12 25h6v3h-6zM12 25h3v11h-3zM31 18h1v36h-1z"
    #expect(svg.contains("<path fill=\"#010203\" d=\"\(lines)\"/>"))
    #expect(svg.contains("<path fill=\"#040506\" d=\"M0 36h9v9h-9zM18 36h9v9h-9z\"/>"))
    let corner = SvgWriter().write(
      Frame.drawn(size: Size(columns: 1, rows: 1)) { $0.put("╰", column: 0, row: 0, Style(.rgb(1, 2, 3))) })
    #expect(
      corner.contains(
        "<path fill=\"none\" stroke=\"#010203\" stroke-width=\"1\" d=\"M4.5 0V4Q4.5 8.5 9 8.5\"/>"))
  }

  /// Any scalar may come from a file's name or a typed word; the picture must stay well-formed.
  @Test func svgOfRandomFramesIsWellFormed() throws {
    var random = SeededGenerator(seed: 11)
    for _ in 0..<20 {
      var frame = Frame(size: Size(columns: 40, rows: 6))
      for row in 0..<6 {
        for column in 0..<40 {
          let value = UInt32.random(in: 0...0x2FFFF, using: &random)
          let style = Style(
            .role(Role.allCases.randomElement(using: &random) ?? .title), on: .terminal,
            Style.Attributes(rawValue: UInt8.random(in: 0...15, using: &random)))
          frame[Point(column: column, row: row)] = Cell(Unicode.Scalar(value) ?? "?", style)
        }
      }
      try expectWellFormed(SvgWriter(title: "\u{1}&]]>").write(frame))
    }
  }

  @Test func castRecordsWhatChanged() throws {
    let size = Size(columns: 6, rows: 2)
    var cast = CastWriter(size: size, Appearance(depth: .mono))
    #expect(
      cast.header(title: "a \"b\"\n", timestamp: 7)
        == #"{"version": 2, "width": 6, "height": 2, "timestamp": 7, "title": "a \"b\"\n", "env": {"TERM": "xterm-256color"}}"#
        + "\n")
    let first = Frame.drawn(size: size) { $0.put("abc", column: 1, row: 0) }
    let second = Frame.drawn(size: size) { $0.put("axc", column: 1, row: 0) }
    #expect(cast.line(first, at: 0) == #"[0.000000, "o", "\u001b[?25l\u001b[2J\u001b[1;2Habc"]"# + "\n")
    #expect(cast.line(first, at: 0.5) == "")
    #expect(cast.line(second, at: 1.25) == #"[1.250000, "o", "\u001b[1;3Hx"]"# + "\n")
    let parsed = try JSONSerialization.jsonObject(with: Data(cast.line(first, at: 2).utf8))
    #expect((parsed as? [Any])?.count == 3)
  }

  private func expectWellFormed(_ xml: String) throws {
    let parser = XMLParser(data: Data(xml.utf8))
    #expect(parser.parse(), "\(String(describing: parser.parserError))")
  }
}
