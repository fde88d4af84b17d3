/// Who is the fastest of a case, as far as the samples tell.
public struct Lead: Hashable, Sendable {
  /// The row of the smallest median, or one that is shown to be faster in the rounds that both took part in.
  public let first: String
  /// Rows that are not shown to be slower, the nearest first.
  public let sharing: [String]
  /// Rows that the answer rests on, the first and its nearest rivals, of which most samples are tainted.
  public let doubtful: [String]

  public init(first: String, sharing: [String] = [], doubtful: [String] = []) {
    self.first = first
    self.sharing = sharing
    self.doubtful = doubtful
  }

  /// The lead among some rows; nil without two that were measured.
  ///
  /// The first is held against one row after the other, in the rounds that both took part in, until one is shown to be slower.
  public init?(of rows: [ContenderReport], _ bootstrap: Bootstrap) {
    func median(_ row: ContenderReport) -> Double { row.statistics?.median ?? .infinity }
    let measured = rows.filter { $0.statistics != nil }.sorted { median($0) < median($1) }
    guard measured.count > 1, var first = measured.first else { return nil }
    // Who played other rounds than the rest may owe its median to a machine that was faster then.
    var beaten: Set<String> = []
    for row in measured.dropFirst()
    where !first.playedRounds(of: row) && Self.isShownSlower(first, than: row, bootstrap) {
      beaten.insert(first.name)
      first = row
    }
    var rivals: [ContenderReport] = []
    var sharing: [String] = []
    for row in measured where row.name != first.name && !beaten.contains(row.name) {
      rivals.append(row)
      guard !Self.isShownSlower(row, than: first, bootstrap) else { break }
      sharing.append(row.name)
    }
    self.first = first.name
    self.sharing = sharing
    doubtful = ([first] + rivals).filter(\.isMostlyTainted).map(\.name)
  }

  /// Rounds of fewer show nothing: even if one is the faster in all of five, that is chance once in sixteen times.
  public static let fewestRounds = 6

  private static func isShownSlower(_ row: ContenderReport, than first: ContenderReport, _ bootstrap: Bootstrap) -> Bool
  {
    let common = first.secondsInCommonRounds(with: row)
    guard common.own.count >= fewestRounds else { return false }
    let ratio = bootstrap.estimates([common.own, common.other], reference: 1)[0]?.ratio
    return ratio.map { $0.low > 1 } ?? false
  }
}
