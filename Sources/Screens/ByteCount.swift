/// How sizes of memory are written, everywhere: in powers of 1024, as caches and pages are.
public enum ByteCount {
  /// `144 B`, `31.3 KiB`, `0.98 MiB`: exact below 10 000, else in three digits at most.
  public static func text(_ count: Int) -> String {
    guard abs(count) >= 10_000 else { return "\(count) B" }
    var value = Double(count) / 1024
    var unit = "KiB"
    for next in ["MiB", "GiB", "TiB"] where abs(value) >= 999.5 {
      value /= 1024
      unit = next
    }
    let decimals = abs(value) >= 99.95 ? 0 : abs(value) >= 9.995 ? 1 : 2
    return "\(NumberFormat(columns: 9, decimals: decimals).bare(value)) \(unit)"
  }
}
