/// The rounds that a row took part in: its samples are in their order.
extension ContenderReport {
  /// Whether it took part in the very rounds of another row.
  func playedRounds(of other: ContenderReport) -> Bool {
    samples.count == other.samples.count && zip(samples, other.samples).allSatisfy { $0.round == $1.round }
  }

  /// The seconds of both rows in the rounds that both took part in, in the order of rounds.
  func secondsInCommonRounds(with other: ContenderReport) -> (own: [Double], other: [Double]) {
    var common: (own: [Double], other: [Double]) = ([], [])
    var (own, others) = (0, 0)
    while own < samples.count, others < other.samples.count {
      let (one, two) = (samples[own], other.samples[others])
      if one.round == two.round {
        common.own.append(one.seconds)
        common.other.append(two.seconds)
      }
      if one.round <= two.round { own += 1 }
      if two.round <= one.round { others += 1 }
    }
    return common
  }
}
