import StridedTensor
import TestSupport
import Testing
import Walkthroughs

@Suite struct ViewExplanationTests {
  /// The example of the screen's sketch, to the digit.
  @Test func theViewThatEnds24BytesTooFar() throws {
    let layout = try ViewWord(parsing: "5,4,3,3:6,1,6,1:0").layout()
    let explanation = ViewExplanation(layout, bufferCount: 36, itemSize: 4)
    let excess = try #require(explanation.excess)
    #expect(excess.cellsOutside == 12 && layout.count == 180)
    #expect(excess.firstIndex == [4, 0, 2, 0] && excess.element == 36 && excess.byte == 144)
    #expect(excess.bytesPastEnd == 24 && excess.bytesBeforeStart == 0)
    #expect(
      explanation.boundsSentence
        == "12 of 180 cells lie outside the buffer; the first is (4,0,2,0), byte 144, and the view ends 24 bytes too far; nothing is read"
    )
    #expect(!explanation.contains([4, 0, 2, 0]) && explanation.contains([4, 0, 1, 2]))
  }

  @Test func theLecturesWindowsReportFourTimesTheirMemory() throws {
    let layout = try ViewWord(parsing: "4,4,3,3:6,1,6,1").layout()
    let explanation = ViewExplanation(layout, bufferCount: 36, itemSize: 4)
    #expect(explanation.isInBounds && explanation.mistakeSentence == nil && explanation.boundsSentence == nil)
    #expect(explanation.reportedBytes == 576 && explanation.touchedBytes == 144)
    #expect(explanation.bytesSentence == "nbytes says 576; the cells show 144 bytes of memory")
    #expect(explanation.overlap == .some)
    #expect(explanation.axisBreakingContiguity == 2 && explanation.expectedStride == 3)
    #expect(
      explanation.contiguitySentence(names: ["y", "x", "i", "j"])
        == "not contiguous: i steps 24 bytes, row-major order 12")
    #expect(
      explanation.pairThatDoesNotMerge
        == UnmergedAxes(outer: 0, inner: 1, outerStride: 6, innerStride: 1, innerLength: 4))
  }

  @Test(arguments: [
    ("3,3,2,2:48,8,24,4:0", [12, 2, 6, 1], 0), ("4,4,3,3:24,4,24,4:0", [6, 1, 6, 1], 0), ("6,6:4,24:0", [1, 6], 0),
    ("6,6:24,-4:20", [6, -1], 5), ("5,5:24,4:7", [6, 1], 7),
  ])
  func byteStridesAreRecognised(word: String, strides: [Int], offset: Int) throws {
    let layout = try ViewWord(parsing: word).layout()
    let explanation = ViewExplanation(layout, bufferCount: 36, itemSize: 4)
    #expect(explanation.meantInBytes?.strides == strides)
    #expect(explanation.meantInBytes?.offset == offset)
    #expect(explanation.mistakeSentence != nil)
  }

  /// In bounds already, not divisible, too far out even when divided, an item of one byte, no strides at all.
  @Test(arguments: [
    ("2,2:4,8:0", 4), ("6,6:24,5:0", 4), ("60,6:24,4:0", 4), ("7,6:24,4:0", 1), ("3:0:99", 4),
  ])
  func otherViewsAreNotCalledByteStrides(word: String, itemSize: Int) throws {
    let layout = try ViewWord(parsing: word).layout()
    #expect(ViewExplanation(layout, bufferCount: 36, itemSize: itemSize).meantInBytes == nil)
  }

  /// Against looking at every cell.
  @Test func randomViewsAreExplainedAsCountingThemDoes() throws {
    var random = SeededGenerator(seed: 23)
    for _ in 0..<800 {
      let layout = try BruteForce.layout(rank: random.int(0...4), using: &random)
      let bufferCount = random.int(0...40)
      let explanation = ViewExplanation(layout, bufferCount: bufferCount, itemSize: 4)
      let offsets = BruteForce.offsets(layout)
      let outside = offsets.filter { !(0..<bufferCount).contains($0) }
      #expect((explanation.excess == nil) == outside.isEmpty, "\(ViewWord(layout))")
      #expect(explanation.reportedBytes == offsets.count * 4)
      #expect(explanation.touchedBytes == Set(offsets).count * 4)
      if let excess = explanation.excess, let highest = offsets.max(), let lowest = offsets.min() {
        #expect(excess.cellsOutside == outside.count)
        #expect(excess.element == outside.first && excess.byte == excess.element * 4)
        #expect(excess.bytesPastEnd == max(0, (highest + 1 - bufferCount) * 4))
        #expect(excess.bytesBeforeStart == max(0, -lowest * 4))
      }
    }
  }

  @Test func extremeNumbersAreExplainedToo() throws {
    for word in ["2:\(Int.max - 1):0", "1:0:\(Int.min)", "2:-1:\(Int.min + 1)", "3,0:1,1:\(Int.max)", ":: -9"] {
      let layout = try ViewWord(parsing: word).layout()
      let explanation = ViewExplanation(layout, bufferCount: 36, itemSize: 8)
      #expect(explanation.isInBounds == (layout.count == 0))
      _ = (explanation.boundsSentence, explanation.contiguitySentence(), explanation.bytesSentence)
      let walk = ContiguousCopyWalkthrough(view: layout, itemSize: 8)
      _ = (walk.step(at: 1), walk.jumps, walk.costs(after: 3, cache: .toy), walk.cost(cache: CacheSimulation(.toy)))
    }
  }

  @Test func oneWriteChangesEveryEntryThatSharesIt() throws {
    let layout = try ViewWord(parsing: "4,4,3,3:6,1,6,1").layout()
    let write = try SharedWrite(at: [1, 1, 1, 1], of: layout)
    #expect(write.offset == 14 && write.count == 9)
    let expected = BruteForce.indices(layout.shape).filter { layout.offset(of: $0) == 14 }
    #expect(Array(write.entries) == expected)
    // The real write does the same.
    let before = try Tensor(shape: [36], elements: (0..<36).map { Float($0) }).asStrided(layout)
    var after = before
    try after.writeThroughOverlap(-1, at: write.index)
    for index in BruteForce.indices(layout.shape) {
      #expect(try write.changes(index) == (after.element(at: index) != before.element(at: index)))
    }
    #expect(throws: StridedTensorError.self) { try SharedWrite(at: [4, 0, 0, 0], of: layout) }
  }
}
