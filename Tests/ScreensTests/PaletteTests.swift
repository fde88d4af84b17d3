import Screens
import Testing

@Suite struct PaletteTests {
  /// Role, theme, the background that the theme is made for, and the contrast it promises there.
  static let promises: [(Theme, RGB, Double)] = [(.dark, .black, 4.5), (.light, .white, 4.5), (.projector, .white, 7)]

  @Test(arguments: Role.allCases, [ColorDepth.truecolor, .palette256])
  func rolesAreReadable(role: Role, depth: ColorDepth) throws {
    for (theme, background, ratio) in Self.promises {
      let style = Palette.resolve(Style(role), Appearance(theme: theme, depth: depth))
      let color = try #require(style.foreground.rgb)
      let wanted = role == .border ? 3 : ratio
      #expect(color.contrast(with: background) >= wanted, "\(role) in \(theme): \(color.hexText)")
    }
  }

  @Test(arguments: Role.allCases, [ColorDepth.truecolor, .palette256])
  func textOnRolesIsReadable(role: Role, depth: ColorDepth) throws {
    for theme in [Theme.dark, .light, .projector] {
      let style = Palette.resolve(Style(.terminal, on: .role(role)), Appearance(theme: theme, depth: depth))
      let foreground = try #require(style.foreground.rgb)
      let background = try #require(style.background.rgb)
      #expect(foreground.contrast(with: background) >= 4.5, "\(role) in \(theme)")
    }
  }

  @Test func plainTextKeepsTheTerminalsColors() {
    for theme in Theme.allCases {
      for depth in ColorDepth.allCases {
        #expect(Palette.resolve(.plain, Appearance(theme: theme, depth: depth)) == .plain)
      }
    }
  }

  @Test func monoShowsRolesByAttributes() {
    let mono = Appearance(theme: .mono, depth: .palette256)
    for role in Role.allCases {
      let style = Palette.resolve(Style(.role(role), on: .role(role)), mono)
      #expect(style.foreground == .terminal && style.background == .terminal)
    }
    #expect(Palette.resolve(Style(.selected), mono).attributes == .bold)
    #expect(Palette.resolve(Style(.terminal, on: .role(.field)), mono).attributes == .underline)
    #expect(
      Palette.resolve(Style(.rgb(1, 2, 3), on: .rgb(4, 5, 6), .reverse), mono) == ResolvedStyle(attributes: .reverse))
  }

  @Test func projectorHasNoDimTones() {
    let style = Palette.resolve(Style(.terminal, on: .terminal, [.dim, .bold]), Appearance(theme: .projector))
    #expect(style.attributes == .bold)
  }

  @Test func everyFixedPaletteColorIsNearestToItself() {
    for index in 16...255 {
      let color = TerminalPalette.colors[index]
      let found = TerminalPalette.colors[Int(TerminalPalette.nearestOf256(color))]
      #expect(found == color)
    }
  }

  /// The pruned search against all 240, on a coarse grid of colours.
  @Test func quantizingComesCloseToTheBest() {
    let all = (16...255).map { Oklab(TerminalPalette.colors[$0]) }
    var worse = 0
    var count = 0
    for red in stride(from: 0, through: 255, by: 51) {
      for green in stride(from: 3, through: 255, by: 42) {
        for blue in stride(from: 7, through: 255, by: 31) {
          let color = RGB(UInt8(red), UInt8(green), UInt8(blue))
          let target = Oklab(color)
          let found = target.squaredDistance(to: all[Int(TerminalPalette.nearestOf256(color)) - 16])
          let best = all.map { target.squaredDistance(to: $0) }.min() ?? 0
          count += 1
          if found > best { worse += 1 }
          #expect(found.squareRoot() <= best.squareRoot() + 0.06, "\(color.hexText)")
        }
      }
    }
    #expect(worse * 10 < count, "\(worse) of \(count)")
  }

  @Test func rememberedColorsStayRight() {
    var palette = Palette(Appearance(depth: .palette256))
    for round in 0..<2 {
      for value in 0..<5000 {
        let color = RGB(hex: UInt32(value &* 3271 % 0x1000000))
        let resolved = palette.resolve(Style(color.ink))
        #expect(resolved.foreground == .index(TerminalPalette.nearestOf256(color)), "round \(round)")
      }
    }
  }

  @Test func sixteenColorsAreThoseOfTheUser() {
    for theme in Theme.allCases where theme != .mono {
      for role in Role.allCases {
        let style = Palette.resolve(Style(.role(role), on: .role(role)), Appearance(theme: theme, depth: .palette16))
        for color in [style.foreground, style.background] {
          guard case .index(let index) = color else {
            Issue.record("\(role) in \(theme) is \(color)")
            continue
          }
          #expect(index < 16)
        }
      }
    }
  }
}
