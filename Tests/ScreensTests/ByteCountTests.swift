import Screens
import Testing

@Suite struct ByteCountTests {
  @Test(arguments: [
    (0, "0 B"), (144, "144 B"), (9999, "9999 B"), (10_000, "9.77 KiB"), (10_240, "10.0 KiB"), (32 << 10, "32.0 KiB"),
    (327_680, "320 KiB"), (1 << 20, "1.00 MiB"), (999 << 10, "999 KiB"), (1000 << 10, "0.98 MiB"),
    ((1 << 20) - 1, "1.00 MiB"),
    (150 << 20, "150 MiB"), (5 << 30, "5.00 GiB"), (3 << 40, "3.00 TiB"), (2000 << 40, "2000 TiB"),
  ])
  func sizesAreInPowersOf1024(count: Int, wanted: String) {
    #expect(ByteCount.text(count) == wanted)
  }
}
