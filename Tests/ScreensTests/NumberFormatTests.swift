import Screens
import Testing

@Suite struct NumberFormatTests {
  @Test(
    arguments: [
      (3.0, 4, 0, "   3"), (-12, 4, 0, " -12"), (1234, 4, 0, "1234"), (-12345, 4, 0, "-1e4"), (12345, 3, 0, "1e4"),
      (12345, 2, 0, "**"), (0.5, 6, 2, "  0.50"), (-0.5, 6, 2, " -0.50"), (0.999, 5, 2, " 1.00"),
      (1234.5, 6, 2, "1234.5"), (1234.5, 5, 2, " 1234"), (0.0001, 6, 2, "  1e-4"), (0.00012345, 8, 2, "1.234e-4"),
      (.nan, 5, 2, "  nan"), (.infinity, 5, 0, "  inf"), (-.infinity, 4, 0, "-inf"), (-.infinity, 3, 0, "***"),
      (0, 3, 1, "0.0"), (1e300, 6, 0, " 1e300"), (-1e300, 9, 0, "   -1e300"), (9.9996e20, 6, 0, "  1e21"),
      (1, 0, 0, ""), (.leastNonzeroMagnitude, 8, 1, "4.9e-324"), (1e-9, 3, 0, "  0"), (0.125, 4, 2, "0.12"),
      (0.375, 4, 2, "0.38"),
    ] as [(Double, Int, Int, String)])
  func text(value: Double, columns: Int, decimals: Int, wanted: String) {
    #expect(NumberFormat(columns: columns, decimals: decimals).text(value) == wanted)
  }

  @Test func widthIsExactForAnyNumber() {
    var random = SeededGenerator(seed: 5)
    for _ in 0..<20_000 {
      let value = Double(bitPattern: random.next())
      let format = NumberFormat(
        columns: Int.random(in: -1...14, using: &random), decimals: Int.random(in: -1...20, using: &random))
      #expect(format.text(value).count == format.columns, "\(value), \(format)")
    }
  }

  /// What is printed is the number, to the digits that are printed.
  @Test func printedNumbersReadBack() throws {
    var random = SeededGenerator(seed: 6)
    for _ in 0..<5000 {
      let value = Double.random(in: -9999...9999, using: &random)
      let text = NumberFormat(columns: 12, decimals: 3).text(value).drop { $0 == " " }
      let back = try #require(Double(String(text)))
      #expect(abs(back - value) <= 0.000_500_1, "\(value)")
    }
  }

  @Test func decimalsFollowTheValues() {
    #expect(NumberFormat([0, 35, -7], columns: 4) == NumberFormat(columns: 4))
    #expect(NumberFormat([0.5, 35], columns: 4) == NumberFormat(columns: 4, decimals: 1))
    #expect(NumberFormat([0.5, -0.25], columns: 9) == NumberFormat(columns: 9, decimals: 4))
    #expect(NumberFormat([0.5, 123456], columns: 4) == NumberFormat(columns: 4))
    #expect(NumberFormat([Double.nan, .infinity], columns: 4) == NumberFormat(columns: 4))
    #expect(NumberFormat([], columns: 4) == NumberFormat(columns: 4))
    #expect(NumberFormat.columns(least: -7, greatest: 474) == 3)
    #expect(NumberFormat.columns(least: -7, greatest: 4, decimals: 2) == 5)
    #expect(NumberFormat.columns(least: -.infinity, greatest: 4) == 4)
  }
}
