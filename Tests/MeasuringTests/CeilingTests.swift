import Foundation
import Measuring
import StridedTensor
import Testing

/// What the fastest of some tries is worth, and how a doubtful ceiling is told.
@Suite struct CeilingTests {
  private static let disturbed: [Taint] = [.waited(share: 0.5)]

  @Test(
    arguments: [
      ([(100, false), (90, false)], 100, false),
      // Slower tries may be disturbed as they like.
      ([(100, false), (60, true), (50, true)], 100, false),
      ([(100, true), (60, false)], 100, true),
      // Another one confirms it.
      ([(100, true), (96, false)], 100, false),
      ([(60, true), (70, true)], 70, true), ([], 0, false),
    ] as [([(Double, Bool)], Double, Bool)])
  func theFastestIsDoubtedUnlessConfirmed(tries: [(Double, Bool)], best: Double, isDoubtful: Bool) {
    for order in [tries, tries.reversed()] {
      var sum = CeilingTries()
      for (rate, isDisturbed) in order { sum.add(rate, isDisturbed ? Self.disturbed : []) }
      #expect(sum.best == best && sum.taints == (isDoubtful ? Self.disturbed : []), "\(order)")
    }
  }

  private func json(_ ceilings: Ceilings) throws -> [String: Any] {
    var report = MeasuringReport(request: MeasuringRequest(cases: []), machine: .ofThisProcess())
    report.ceilings = [ceilings]
    let object = try JSONSerialization.jsonObject(with: Data(report.json().utf8)) as? [String: Any]
    let machine = try #require(object?["machine"] as? [String: Any])
    return try #require((machine["ceilings"] as? [[String: Any]])?.first)
  }

  @Test func theFileSaysWhichAreDoubted() throws {
    let quiet = MemoryCeiling(level: .l2, blockBytes: 1, read: 2, copy: 3)
    let loud = MemoryCeiling(level: .dram, blockBytes: 1, read: 2, copy: 3, taints: [.stolen(share: 0.1)])
    let doubted = Ceilings(threads: 2, peakGigaflops: 1, levels: [quiet, loud], peakTaints: Self.disturbed)
    let told = try json(doubted)
    #expect(doubted.isDoubtful && told["peak_tainted"] as? [String] == ["waited"])
    #expect((told["dram"] as? [String: Any])?["tainted"] as? [String] == ["stolen"])
    #expect((told["l2"] as? [String: Any])?["tainted"] == nil)
    let trusted = Ceilings(threads: 2, peakGigaflops: 1, levels: [quiet])
    #expect(try !trusted.isDoubtful && json(trusted)["peak_tainted"] == nil)
  }
}
