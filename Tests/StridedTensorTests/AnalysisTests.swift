import StridedTensor
import TestSupport
import Testing

/// Bounds, overlap and multiplicity against looking at every index.
@Suite struct AnalysisTests {
  @Test(arguments: 0..<60 as Range<UInt64>) func closedFormsAgreeWithEveryIndex(seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    for _ in 0..<40 {
      let layout = try BruteForce.layout(rank: random.int(0...4), using: &random)
      let indices = BruteForce.indices(layout.shape)
      let offsets = BruteForce.offsets(layout)
      let note: Comment = "seed \(seed): \(layout)"

      #expect(layout.count == offsets.count, note)
      #expect(layout.touchedOffsets?.lowerBound == offsets.min(), note)
      #expect(layout.touchedOffsets?.upperBound == offsets.max(), note)

      let lower = random.int(-10...10)
      let range = lower..<(lower + random.int(0...30))
      let firstOutside = zip(indices, offsets).first { !range.contains($1) }?.0
      #expect(layout.firstIndex(outside: range) == firstOutside, note)

      let size = random.int(0...30)
      #expect(layout.countOutside(bufferCount: size) == offsets.count { !(0..<size).contains($0) }, note)

      #expect(layout.distinctCount() == Set(offsets).count, note)
      #expect(layout.overlap() == (Set(offsets).count < offsets.count ? .some : .none), note)
      for offset in -30...60 {
        let showing = zip(indices, offsets).filter { $1 == offset }.map(\.0)
        #expect(layout.multiplicity(of: offset) == showing.count, "\(note) offset \(offset)")
        #expect(Array(layout.indices(showing: offset)) == showing, "\(note) offset \(offset)")
      }
    }
  }

  @Test func windowsOfEverySmallGeometryAgreeWithEveryIndex() throws {
    for (stride, dilation) in [(1, 1), (2, 1), (1, 2), (2, 3), (3, 2), (4, 1)] {
      for kernel in 1...3 {
        let picture = try Layout.rowMajor([2, 8, 9, 2])
        let view = try picture.windows(
          AxisWindow(axis: 1, length: kernel, stride: stride, dilation: dilation),
          AxisWindow(axis: 2, length: kernel, stride: stride, dilation: dilation))
        let counts = Dictionary(grouping: BruteForce.offsets(view), by: { $0 }).mapValues(\.count)
        // No work is granted: windows are separable, so closed forms must do.
        #expect(view.distinctCount(workLimit: 0) == counts.count)
        #expect(view.overlap(workLimit: 0) == (counts.count < view.count ? .some : .none))
        for offset in 0..<picture.count {
          #expect(view.multiplicity(of: offset, workLimit: 0) == counts[offset, default: 0])
        }
      }
    }
  }

  @Test func hugeWindowsAreAnsweredInClosedForm() throws {
    let view = try Layout.rowMajor([1, 2160, 3840, 3]).windows(
      AxisWindow(axis: 1, length: 501), AxisWindow(axis: 2, length: 501))
    #expect(view.multiplicity(of: (1000 * 3840 + 2000) * 3 + 1, workLimit: 0) == 501 * 501)
    #expect(view.distinctCount(workLimit: 0) == 2160 * 3840 * 3)
    #expect(
      Array(view.indices(showing: (1000 * 3840 + 2000) * 3 + 1).prefix(2))
        == [[0, 500, 1500, 500, 500, 1], [0, 500, 1501, 500, 499, 1]])
  }

  @Test func aViewThatLeavesItsBufferIsCountedAndNamed() throws {
    let layout = try Layout(shape: [5, 4, 3, 3], strides: [6, 1, 6, 1])
    #expect(layout.countOutside(bufferCount: 36) == 12)
    #expect(layout.firstIndex(outside: 0..<36) == [4, 0, 2, 0])
    #expect(
      throws: StridedTensorError.outOfBounds(index: [4, 0, 2, 0], element: 36, byte: 144, bufferBytes: 144)
    ) { try layout.check(bufferCount: 36, itemSize: 4) }
    #expect(try #require(layout.touchedOffsets?.upperBound) - 35 == 6)
    #expect(
      throws: StridedTensorError.outOfBounds(index: [0], element: -3, byte: -12, bufferBytes: 144)
    ) { try Layout(shape: [2], strides: [1], offset: -3).check(bufferCount: 36, itemSize: 4) }
  }

  @Test func nothingTrapsNearTheEndsOfInt() throws {
    let extremes = [Int.min, Int.min + 1, Int.min / 2, -3, -1, 0, 1, 2, Int.max / 2, Int.max - 1, Int.max]
    let tensor = try Tensor<Float>(shape: [4], repeating: 1)
    for length in [0, 1, 2, 3, Int.max / 2, Int.max] {
      for stride in extremes {
        for offset in extremes {
          for second in [0, 1, 2, Int.max] {
            guard
              let layout = try? Layout(shape: [length, second], strides: [stride, 1], offset: offset)
            else { continue }
            _ = layout.firstIndex(outside: 0..<4)
            _ = layout.firstIndex(outside: Int.min..<Int.max)
            _ = layout.countOutside(bufferCount: Int.max)
            _ = layout.countOutside(bufferCount: 0, workLimit: 100)
            _ = layout.overlap(workLimit: 100)
            _ = layout.distinctCount(workLimit: 100)
            for probe in extremes {
              _ = layout.multiplicity(of: probe, workLimit: 100)
              _ = Array(layout.indices(showing: probe, workLimit: 100).prefix(3))
              _ = try? layout.slice(axis: 0, start: probe, stop: stride, step: probe)
              _ = try? layout.at(probe)
            }
            _ = layout.merged()
            _ = layout.isContiguous
            _ = layout.reportedBytes(itemSize: 8)
            _ = try? layout.reshape(to: [-1])
            _ = try? layout.windows(
              AxisWindow(axis: 0, length: Int.max, stride: Int.max, dilation: Int.max), AxisWindow(axis: 1, length: 1))
            _ = try? layout.windows(AxisWindow(axis: 0, length: 1, stride: Int.max), AxisWindow(axis: 1, length: 1))
            _ = try? tensor.asStrided(layout)
          }
        }
      }
    }
    #expect(throws: StridedTensorError.self) { try Layout(shape: [Int.max, 3], strides: [1, 1]) }
    #expect(throws: StridedTensorError.self) { try Tensor<Double>(shape: [1 << 58], repeating: 0) }
    #expect(throws: StridedTensorError.self) { try Tensor<UInt8>(shape: [1 << 50], repeating: 0) }
  }

  @Test func aHardLayoutIsNotDecidedBeyondItsWorkBound() throws {
    let layout = try Layout(shape: [9, 9, 9], strides: [1_000_003, 1_000_033, 1_000_037])
    #expect(layout.overlap(workLimit: 10) == .notDecided)
    #expect(layout.distinctCount(workLimit: 10) == nil)
    #expect(layout.multiplicity(of: 4 * 3_000_073, workLimit: 3) == nil)
    #expect(layout.multiplicity(of: 4 * 3_000_073) == 1)
  }

  @Test func bytesReportedAndBytesTouched() throws {
    let view = try Layout(shape: [4, 4, 3, 3], strides: [6, 1, 6, 1])
    #expect(view.reportedBytes(itemSize: 4) == 576)
    #expect(view.touchedBytes(itemSize: 4) == 144)
    #expect(view.axisBreakingContiguity == 2)
  }
}
