import Experiments
import Testing

/// The random numbers that must be the same on every machine.
@Suite struct NormalNumbersTests {
  @Test func splitMixGivesItsPublishedStream() {
    var bits = SplitMix64(seed: 0)
    #expect((0..<3).map { _ in bits.next() } == [0xE220_A839_7B1D_CDAF, 0x6E78_9E6A_A1B9_65F4, 0x06C4_5D18_8009_454F])
  }

  /// Computed by the same algorithm written independently in Python.
  @Test func knownValues() {
    var first = NormalNumbers(seed: 0)
    #expect(
      (0..<5).map { _ in first.next() } == [
        -0.39646797562881353, 0.3111874133214949, 0.7969781808377971, -0.1355488263791902, 0.2586572588421808,
      ])
    var second = NormalNumbers(seed: 1)
    #expect(
      (0..<5).map { _ in second.next() } == [
        -0.43596539982472504, -1.5978521730455875, -0.8233355831249656, -1.8601551492682034, 0.7380883353088866,
      ])
  }

  @Test func theDistributionIsStandardNormal() {
    var numbers = NormalNumbers(seed: 7)
    let count = 100_000
    let drawn = (0..<count).map { _ in numbers.next() }
    func mean(_ term: (Double) -> Double) -> Double { drawn.reduce(0) { $0 + term($1) } / Double(count) }
    // About four standard errors each.
    #expect(abs(mean { $0 }) < 0.013)
    #expect(abs(mean { $0 * $0 } - 1) < 0.018)
    #expect(abs(mean { $0 * $0 * $0 }) < 0.05)
    #expect(abs(mean { $0 * $0 * $0 * $0 } - 3) < 0.13)
    #expect(abs(mean { abs($0) < 1 ? 1 : 0 } - 0.682689) < 0.006)
    #expect(abs(mean { abs($0) < 2 ? 1 : 0 } - 0.954500) < 0.003)
  }
}
