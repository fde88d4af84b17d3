import CNcurses
import Foundation
import Screens
import Testing

/// ncurses lays out by the C library's widths: where frames disagree, glyphs would become question marks.
@Suite struct GlyphWidthTests {
  @Test(
    arguments: [
      0x20...0x7E, 0xA0...0xAC, 0xAE...0x17F, 0x391...0x3C9, 0x2010...0x2027, 0x2190...0x21FF, 0x2200...0x22FF,
      0x2500...0x259F, 0x25A0...0x25FC, 0x25FF...0x25FF, 0x2800...0x28FF, 0x4E00...0x9FFF, 0xAC00...0xD7A3,
    ] as [ClosedRange<UInt32>])
  func widthsAgreeWithTheSystem(_ range: ClosedRange<UInt32>) throws {
    let locale = try #require(newlocale(Int32(LC_CTYPE_MASK), "C.UTF-8", nil))
    let former = uselocale(locale)
    defer {
      uselocale(former)
      freelocale(locale)
    }
    let scalars = range.compactMap(Unicode.Scalar.init).filter { $0.properties.generalCategory != .unassigned }
    #expect(!scalars.isEmpty)
    for scalar in scalars {
      #expect(scalar.cellWidth == Int(terminal_glyph_width(scalar.value)), "U+\(String(scalar.value, radix: 16))")
    }
  }
}
