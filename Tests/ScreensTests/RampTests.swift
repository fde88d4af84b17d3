import Screens
import Testing

@Suite struct RampTests {
  @Test(arguments: Theme.allCases)
  func sequentialIsEvenInLightness(theme: Theme) {
    let lightness = Ramp.sequential(theme).colors.map { Oklab($0).lightness }
    let steps = zip(lightness.dropFirst(), lightness).map { theme.isLight ? $1 - $0 : $0 - $1 }
    #expect(lightness.count == 64)
    #expect(steps.allSatisfy { $0 > 0.003 && $0 < 0.018 }, "\(steps)")
  }

  @Test(arguments: Theme.allCases)
  func divergingLeavesThePaperOnBothSides(theme: Theme) {
    let ramp = Ramp.diverging(theme)
    let perceived = ramp.colors.map(Oklab.init)
    let middle = ramp.colors.count / 2
    #expect(ramp.colors.count % 2 == 1)
    for step in 1...middle {
      for (inner, outer) in [(middle + step - 1, middle + step), (middle - step + 1, middle - step)] {
        let change = perceived[outer].lightness - perceived[inner].lightness
        #expect(theme.isLight ? change < 0 : change > 0, "level \(outer)")
      }
      // Blue below zero, orange above.
      if step > 4 {
        #expect(perceived[middle - step].b < 0 && perceived[middle + step].b > 0)
      }
    }
    #expect(ramp.color(0, limit: 3) == ramp.colors[middle])
    #expect(ramp.color(-3, limit: 3) == ramp.colors.first)
    #expect(ramp.color(9, limit: 3) == ramp.colors.last)
    #expect(ramp.color(1, limit: 0) == ramp.colors[middle])
  }

  @Test func greyIsGreyAndRising() {
    for color in Ramp.grey.colors { #expect(color.red == color.green && color.green == color.blue) }
    #expect(Ramp.grey.colors.first == .black && Ramp.grey.colors.last == .white)
    #expect(zip(Ramp.grey.colors, Ramp.grey.colors.dropFirst()).allSatisfy { $0.red <= $1.red })
  }

  @Test func valuesAreClampedAndOddOnesMarked() {
    for theme in Theme.allCases {
      for ramp in [Ramp.sequential(theme), .diverging(theme), .grey] {
        #expect(!ramp.colors.contains(Ramp.notFinite))
        for value in [Double.nan, .infinity, -.infinity] {
          #expect(ramp.color(share: value) == Ramp.notFinite)
          #expect(ramp.color(value, limit: 1) == Ramp.notFinite)
          #expect(ramp.color(value, from: 0, to: 1) == Ramp.notFinite)
        }
        #expect(ramp.color(share: -3) == ramp.colors.first)
        #expect(ramp.color(share: 3) == ramp.colors.last)
        #expect(ramp.color(5, from: 5, to: 5) == ramp.colors.first)
        let greatest = Double.greatestFiniteMagnitude
        #expect(ramp.color(greatest, from: -greatest, to: greatest) == ramp.colors.last)
      }
    }
  }

  @Test(arguments: [Theme.dark, .light, .projector], [1, 3, 5, 11])
  func kernelColorsAreReadableAndDistinct(theme: Theme, side: Int) {
    let paper: RGB = theme.isLight ? .white : .black
    var grounds: Set<RGB> = []
    for row in 0..<side {
      for column in 0..<side {
        let pair = KernelColors.color(row: row, column: column, rows: side, columns: side, theme: theme)
        grounds.insert(pair.background)
        #expect(pair.foreground.contrast(with: paper) >= 4.5, "\(row) \(column)")
        #expect(pair.text == (theme.isLight ? .black : .white), "\(row) \(column)")
        #expect(pair.text.contrast(with: pair.background) >= 4.5, "\(row) \(column)")
      }
    }
    if side <= 5 { #expect(grounds.count == side * side) }
  }

  @Test func kernelColorsTakeAnyCoordinate() {
    for (row, column, rows, columns) in [(-5, 9, 3, 3), (0, 0, 0, 0), (Int.max, Int.min, 2, 2)] {
      let pair = KernelColors.color(row: row, column: column, rows: rows, columns: columns, theme: .dark)
      #expect(pair.text == .white)
    }
  }

  @Test func oklabGoesThereAndBack() {
    for red in stride(from: 0, through: 255, by: 15) {
      for green in stride(from: 0, through: 255, by: 17) {
        for blue in stride(from: 0, through: 255, by: 51) {
          let color = RGB(UInt8(red), UInt8(green), UInt8(blue))
          #expect(Oklab(color).rgb == color)
        }
      }
    }
    #expect(abs(Oklab(.white).lightness - 1) < 1e-4)
    #expect(RGB.white.contrast(with: .black) == 21)
  }
}
