import Testing
import Walkthroughs

@Suite struct LectureErrataTests {
  /// Each with the number that NumPy gives.
  @Test func theNumbersAreThoseOfTheLayouts() throws {
    let errata = try LectureErrata.all()
    let promised: [[String]] = [
      ["(12, 4)", "(24, 8)"], ["each row", "16×9"], ["(24, 4)", "24 B is not 4 × 4 B", "leading dimension 6"],
      ["36 elements become 16×9 = 144", "144 bytes become 576", "9 times"],
      ["144 bytes of 144", "nbytes of the 3×3 windows is 576", "432 bytes that are not its own"],
      ["128 bytes", "float32 has 64"], ["1.4–1.6", "2.7–3.3", "9 products", "49 MiB"],
    ]
    #expect(errata.count == promised.count)
    for (erratum, numbers) in zip(errata, promised) {
      for number in numbers { #expect((erratum.claim + " " + erratum.truth).contains(number), "\(number): \(erratum)") }
    }
  }
}
