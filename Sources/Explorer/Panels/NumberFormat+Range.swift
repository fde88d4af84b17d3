import Screens

extension NumberFormat {
  /// The format for every number of a range: as wide as the widest can be, so that nothing jumps while it plays.
  ///
  /// - Parameters:
  ///   - decimals: digits after the point that fractions get, fewer where the whole part is long.
  ///   - most: columns that no number may exceed; longer ones are written as powers of ten.
  init(for range: NumberRange, decimals: Int, most: Int = 9) {
    let exact = [range.lowest, range.highest].allSatisfy { abs($0) < 1e15 }
    let tiny = !range.isIntegral && range.magnitude > 0 && range.magnitude < 0.01
    var columns = most
    var digits = range.isIntegral ? 0 : decimals
    if exact && !tiny {
      while digits > 0, NumberFormat.columns(least: range.lowest, greatest: range.highest, decimals: digits) > most {
        digits -= 1
      }
      columns = min(NumberFormat.columns(least: range.lowest, greatest: range.highest, decimals: digits), most)
    } else {
      columns = min(most, 7)
    }
    // Beside numbers with decimals a tiny one is as good as zero; where all are tiny, it is not.
    self.init(
      columns: range.hasNonFinite ? max(columns, 4) : columns, decimals: digits,
      roundsToZero: exact && !tiny && digits > 0)
  }
}
