import Explorer
import Screens
import Testing

/// Outputs that take so many products that a frame sums only some of them.
@Suite struct LargeOutputTests {
  /// 340×340 outputs of 3721 products each: too many for a frame, and for the naive loops.
  private let command = "picture:400x400 --weight random:61x61x1x1,3 --step 100000"

  @Test func isCoarseUntilItIsKnown() throws {
    var state = try state(command, size: Size(columns: 120, rows: 36))
    let before = draw(state)
    #expect(before.contains("at most, coarse"))
    state.finishPendingWork()
    let after = draw(state)
    #expect(!after.contains("at most") && !after.contains("coarse"))
  }
}

extension Frame {
  fileprivate func contains(_ text: String) -> Bool { lines.contains { $0.contains(text) } }
}
