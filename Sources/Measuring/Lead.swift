/// Who is the fastest of a case, as far as the samples tell.
public struct Lead: Hashable, Sendable {
  /// The row of the smallest median.
  public let first: String
  /// Rows whose medians are not shown to be larger, the nearest first.
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
  /// The first is held against one row after the other, in the rounds that both took part in, until a difference is shown.
  public init?(of rows: [ContenderReport], _ bootstrap: Bootstrap) {
    func median(_ row: ContenderReport) -> Double { row.statistics?.median ?? .infinity }
    let measured = rows.filter { $0.statistics != nil }.sorted { median($0) < median($1) }
    guard measured.count > 1, let first = measured.first else { return nil }
    var rivals: [ContenderReport] = []
    var sharing: [String] = []
    for row in measured.dropFirst() {
      rivals.append(row)
      guard Self.ratio(first, row, bootstrap)?.showsDifference != true else { break }
      sharing.append(row.name)
    }
    self.first = first.name
    self.sharing = sharing
    doubtful = ([first] + rivals).filter(\.isMostlyTainted).map(\.name)
  }

  private static func ratio(_ one: ContenderReport, _ other: ContenderReport, _ bootstrap: Bootstrap) -> RatioEstimate?
  {
    let rounds = Set(one.samples.map(\.round)).intersection(other.samples.map(\.round))
    let series = [one, other].map { row in row.samples.filter { rounds.contains($0.round) }.map(\.seconds) }
    return bootstrap.estimates(series, reference: 1)[0]?.ratio
  }
}
