import StridedTensor
import TestSupport
import Testing

@Suite struct ReshapeTests {
  @Test func windowAxesDoNotMergeAndTheErrorProvesIt() throws {
    let view = try Layout.rowMajor([6, 6]).windows(AxisWindow(axis: 0, length: 3), AxisWindow(axis: 1, length: 3))
    guard case .mustCopy(let pair) = try view.reshape(to: [16, 9]) else {
      Issue.record("expected a copy")
      return
    }
    #expect(pair == UnmergedAxes(outer: 0, inner: 1, outerStride: 6, innerStride: 1, innerLength: 4))
    #expect(pair.explanation(names: ["y", "x"]) == "y and x do not merge: 6 ≠ 1·4")
  }

  /// A reshape is a view exactly if some strides show it: the axes of the target are solved for by looking.
  @Test(arguments: 0..<40 as Range<UInt64>) func viewsShowTheSameElementsAndCopiesAreNeeded(seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    for _ in 0..<50 {
      let layout = try randomLayout(&random)
      let target = factorization(of: layout.count, &random)
      let offsets = BruteForce.offsets(layout)
      switch try layout.reshape(to: target) {
      case .view(let view):
        #expect(view.shape == target)
        #expect(BruteForce.offsets(view) == offsets, "seed \(seed): \(layout) to \(target)")
      case .mustCopy(let pair):
        #expect(!strided(offsets, target), "seed \(seed): \(layout) to \(target)")
        #expect(layout.strides[pair.outer] != layout.strides[pair.inner] * layout.shape[pair.inner])
      }
    }
  }

  /// Whether a list of offsets is that of some layout of a shape.
  private func strided(_ offsets: [Int], _ shape: [Int]) -> Bool {
    guard let first = offsets.first else { return true }
    var run = offsets.count
    var strides: [Int] = []
    for length in shape {
      run /= length
      strides.append(length > 1 ? offsets[run] - first : 0)
    }
    return (try? Layout(shape: shape, strides: strides, offset: first)).map { BruteForce.offsets($0) == offsets }
      ?? false
  }

  private func randomLayout(_ random: inout SeededGenerator) throws -> Layout {
    var layout = try Layout.rowMajor((0..<random.int(1...4)).map { _ in random.int(1...4) })
    layout = try layout.permuted(layout.shape.indices.shuffled(using: &random))
    if random.int(0...1) == 0 { layout = try layout.slice(axis: 0, step: [-1, 2][random.int(0...1)]) }
    if random.int(0...2) == 0 { layout = try layout.expanded(axis: 0).broadcast(to: [2] + layout.shape) }
    return layout
  }

  private func factorization(of count: Int, _ random: inout SeededGenerator) -> [Int] {
    var rest = count
    var factors: [Int] = []
    while rest > 1 {
      let divisors = (1...rest).filter { rest % $0 == 0 }
      let factor = divisors[random.int(0...(divisors.count - 1))]
      factors.append(factor)
      rest /= factor
    }
    return factors
  }

  @Test func openAndImpossibleShapes() throws {
    let layout = try Layout.rowMajor([4, 6])
    #expect(try layout.reshape(to: [-1, 8]) == .view(.rowMajor([3, 8])))
    #expect(try layout.reshape(to: [24]) == .view(.rowMajor([24])))
    for target in [[5, 5], [-1, 7], [-1, 0], [Int.max, 2], [24, 0]] {
      #expect(throws: StridedTensorError.reshape(from: [4, 6], to: target)) { try layout.reshape(to: target) }
    }
    #expect(throws: StridedTensorError.negativeLength(shape: [-1, -1], axis: 1)) { try layout.reshape(to: [-1, -1]) }
    #expect(try Layout.rowMajor([0, 3]).reshape(to: [7, 0]) == .view(.rowMajor([7, 0])))
    #expect(try Layout.rowMajor([1, 1]).reshape(to: []) == .view(.rowMajor([])))
    #expect(try Layout.rowMajor([]).reshape(to: [1, 1]) == .view(.rowMajor([1, 1])))
  }
}
