import NcursesTerminal
import Screens
import Testing

/// The bytes of keys and of the mouse, without a terminal.
@Suite struct DecoderTests {
  static let start = ContinuousClock.now

  private func events(_ bytes: some Sequence<UInt8>, isUTF8: Bool = true) -> [TerminalEvent] {
    var decoder = InputDecoder(isUTF8: isUTF8)
    return decoder.decode(bytes, now: Self.start) + decoder.abandon()
  }

  static let sequences: [(String, [TerminalEvent])] = [
    ("\u{1B}[A", [.key(.up)]), ("\u{1B}OA", [.key(.up)]), ("\u{1B}[1;5A", [.key(.up)]), ("\u{1B}OD", [.key(.left)]),
    ("\u{1B}[1~", [.key(.home)]), ("\u{1B}[7~", [.key(.home)]), ("\u{1B}[4~", [.key(.end)]),
    ("\u{1B}[8~", [.key(.end)]),
    ("\u{1B}[[A", [.key(.function(1))]), ("\u{1B}[11~", [.key(.function(1))]), ("\u{1B}[1;2P", [.key(.function(1))]),
    ("\u{1B}[24~", [.key(.function(12))]), ("\u{1B}[3;5~", [.key(.delete)]), ("\u{8}", [.key(.backspace)]),
    ("\n", [.key(.enter)]), ("\u{1B}OM", [.key(.enter)]), ("\u{1B}\u{1B}[A", [.key(.escape), .key(.up)]),
    ("\u{1B}q", [.key(.escape), .key(.character("q"))]), ("\u{1B}", [.key(.escape)]),
    ("\u{1B}[M !!a", [.mouse(MouseEvent(.press, at: Point(column: 0, row: 0))), .key(.character("a"))]),
    (
      "\u{1B}[200~a\rb\u{1B}[201~\r",
      [
        .key(.character("a")), .key(.character("\n")), .key(.character("b")), .key(.enter),
      ]
    ),
    ("\u{1B}[<35;1;1M\u{1B}[<2;1;1M\u{1B}[<2;1;1m\u{1B}[<66;1;1M\u{1B}[<128;1;1M", []),
    (
      "\u{1B}[<0;99999999999999999999;1M\u{1B}[<0;0;0M\u{1B}[<0;1M\u{1B}[<M\u{1B}[99999999999999999999~é",
      [
        .mouse(MouseEvent(.press, at: Point(column: 999_998, row: 0))), .key(.character("é")),
      ]
    ),
    ("\u{1B}[?1;2cx\u{1B}]0;title\u{1B}\\y\u{1B}_z\u{1B}\\", [.key(.character("x")), .key(.character("y"))]),
  ]

  @Test(arguments: sequences.indices)
  func sequencesAreRecognised(_ index: Int) {
    let (text, expected) = Self.sequences[index]
    #expect(events(text.utf8) == expected)
  }

  @Test(arguments: sequences.indices)
  func piecesMakeNoDifference(_ index: Int) {
    let bytes = Array(Self.sequences[index].0.utf8)
    for cut in 0...bytes.count {
      var decoder = InputDecoder(isUTF8: true)
      let found =
        decoder.decode(bytes[..<cut], now: Self.start) + decoder.decode(bytes[cut...], now: Self.start)
        + decoder.abandon()
      #expect(found == Self.sequences[index].1, "cut at \(cut)")
    }
  }

  @Test func brokenTextIsDropped() {
    #expect(events([0xC3, 0x61, 0xFF, 0x80, 0xE2, 0x82, 0x62]) == [.key(.character("a")), .key(.character("b"))])
    #expect(events([0xED, 0xA0, 0x80, 0xF4, 0xBF, 0xBF, 0xBF, 0x63]) == [.key(.character("c"))])
    #expect(events("é!".utf8, isUTF8: false) == [.key(.character("!"))])
  }

  @Test(arguments: ["\u{1B}]", "\u{1B}P", "\u{1B}[", "\u{1B}O", "\u{1B}[1;", "\u{1B}[M!", "\u{1B}[["])
  func unfinishedSequencesAreGivenUp(_ text: String) {
    var decoder = InputDecoder(isUTF8: true)
    #expect(decoder.decode(text.utf8, now: Self.start) == [])
    #expect(decoder.patience == InputDecoder.sequenceDelay)
    #expect(decoder.abandon() == [])
    #expect(decoder.patience == nil)
    #expect(decoder.decode("a".utf8, now: Self.start) == [.key(.character("a"))])
  }

  @Test func doubleClicksAreTimed() {
    func kinds(_ gap: Duration, _ secondColumn: Int) -> [MouseEvent.Kind] {
      var decoder = InputDecoder(isUTF8: true)
      let found =
        decoder.decode("\u{1B}[<0;5;5M\u{1B}[<0;5;5m".utf8, now: Self.start)
        + decoder.decode("\u{1B}[<0;\(secondColumn);5M".utf8, now: Self.start + gap)
      return found.compactMap { if case .mouse(let event) = $0 { event.kind } else { nil } }
    }
    #expect(kinds(.milliseconds(100), 5) == [.press, .release, .doubleClick])
    #expect(kinds(.milliseconds(500), 5) == [.press, .release, .press])
    #expect(kinds(.milliseconds(100), 6) == [.press, .release, .press])
  }

  @Test func noBytesTrap() {
    var generator = SystemRandomNumberGenerator()
    let likely = Array("\u{1B}[]O<;0129Mm~ABPX?\u{7}\\".utf8)
    var decoder = InputDecoder(isUTF8: true)
    for _ in 0..<20_000 {
      let byte: UInt8 =
        Bool.random(using: &generator)
        ? likely[Int.random(in: 0..<likely.count, using: &generator)] : .random(in: 0...255)
      _ = decoder.decode([byte], now: Self.start)
    }
    // A string may be open; after its end, keys come through.
    _ = decoder.decode("\u{7}\u{1B}\\zzz".utf8, now: Self.start)
    #expect(decoder.decode("a".utf8, now: Self.start) == [.key(.character("a"))])
  }
}
