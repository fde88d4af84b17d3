import Experiments
import Measuring
import Testing

/// Who is said to be the fastest, of samples whose answer is known.
@Suite struct LeadTests {
  private func row(
    _ name: String, around center: Double, spread: Double = 0.1, rounds: Range<Int> = 0..<40, tainted: Int = 0
  ) -> ContenderReport {
    var random = SplitMix64(seed: UInt64(name.unicodeScalars.reduce(0) { $0 + Int($1.value) }))
    var row = ContenderReport(
      name: name, kind: .product, threads: 1, work: ContenderWork(directOperations: 1))
    row.samples = rounds.enumerated().map { place, round in
      Sample(
        round: round, seconds: center * (1 + Double.random(in: -spread...spread, using: &random)),
        taints: place < tainted ? [.waited(share: 0.3)] : [])
    }
    row.statistics = SampleStatistics(row.samples.map(\.seconds))
    return row
  }

  private func lead(_ rows: [ContenderReport]) -> Lead? { Lead(of: rows, Bootstrap(seed: 3)) }

  @Test func aClearLeadIsOne() {
    #expect(lead([row("slow", around: 3), row("fast", around: 1), row("middle", around: 2)]) == Lead(first: "fast"))
  }

  @Test func whoIsNotShownToBeSlowerSharesIt() {
    let lead = lead([row("c", around: 4), row("a", around: 1), row("b", around: 1)])
    #expect(lead.map { Set([$0.first] + $0.sharing) } == ["a", "b"] && lead?.doubtful == [])
  }

  /// A row that joined late is held against the first in the rounds that both played.
  @Test func onlyCommonRoundsCount() {
    var first = row("first", around: 1)
    // Before the other one came the machine was twice as fast.
    for k in 0..<10 {
      first.samples[k] = Sample(round: k, seconds: first.samples[k].seconds / 2)
    }
    first.statistics = SampleStatistics(first.samples.map(\.seconds))
    let late = row("late", around: 1.001, rounds: 10..<40)
    #expect(lead([first, late])?.sharing == ["late"])
  }

  /// A smaller median that is owed to rounds which the other did not play is no lead.
  @Test func roundsOfAFasterMachineWinNothing() {
    var first = row("first", around: 1)
    for k in 0..<30 { first.samples[k] = Sample(round: k, seconds: first.samples[k].seconds / 2) }
    first.statistics = SampleStatistics(first.samples.map(\.seconds))
    let late = row("late", around: 0.7, rounds: 30..<40)
    #expect(lead([first, late]) == Lead(first: "late"))
    #expect(lead([late, first, row("slow", around: 5)]) == Lead(first: "late"))
    let near = lead([first, late, row("near", around: 0.7, rounds: 30..<40)])
    #expect(near.map { Set([$0.first] + $0.sharing) } == ["late", "near"])
  }

  /// Few rounds show nothing, however far they lie apart.
  @Test(arguments: [(1, false), (5, false), (6, true)])
  func fewRoundsShowNothing(rounds: Int, isShown: Bool) {
    let lead = lead([row("a", around: 1, rounds: 0..<rounds), row("b", around: 2, rounds: 0..<rounds)])
    #expect(lead?.first == "a" && lead?.sharing == (isShown ? [] : ["b"]))
  }

  @Test func disturbedSamplesAreADoubt() {
    let third = row("third", around: 9, tainted: 40)
    #expect(lead([row("a", around: 1, tainted: 21), row("b", around: 2), third])?.doubtful == ["a"])
    #expect(lead([row("a", around: 1), row("b", around: 2, tainted: 21), third])?.doubtful == ["b"])
    #expect(lead([row("a", around: 1, tainted: 20), row("b", around: 2, tainted: 20), third])?.doubtful == [])
  }

  @Test func oneRowLeadsNobody() {
    #expect(lead([row("alone", around: 1)]) == nil)
  }
}
