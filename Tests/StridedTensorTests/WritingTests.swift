import StridedTensor
import Testing

@Suite struct WritingTests {
  @Test func writingLeavesOtherTensorsAlone() throws {
    let original = try Tensor<Float>(shape: [2, 3], repeating: 0)
    var view = try original.transposed()
    try view.write(5, at: [2, 0])
    #expect(view.elements() == [0, 0, 0, 0, 5, 0])
    #expect(original.elements() == [0, 0, 0, 0, 0, 0])
    #expect(throws: StridedTensorError.indexOutOfRange(index: [0, 2], shape: [3, 2])) { try view.write(1, at: [0, 2]) }
    #expect(throws: StridedTensorError.self) { try view.element(at: [0]) }
  }

  @Test func writingThroughAnOverlapIsRefusedUnlessAskedForByName() throws {
    var view = try Tensor<Float>(shape: [4], repeating: 0).asStrided(shape: [3, 2], strides: [1, 1])
    #expect(
      throws: StridedTensorError.overlappingWrite(index: [1, 0], element: 1, also: [[0, 1]], entries: 2)
    ) { try view.write(7, at: [1, 0]) }
    #expect(view.elements() == [0, 0, 0, 0, 0, 0])
    try view.writeThroughOverlap(7, at: [1, 0])
    #expect(view.elements() == [0, 7, 7, 0, 0, 0])
    // An entry that shares its element with no other is written as anywhere.
    try view.write(5, at: [0, 0])
    #expect(view.elements() == [5, 7, 7, 0, 0, 0])
  }

  @Test func aBroadcastViewListsOnlySomeOfItsEntries() throws {
    var view = try Tensor<Float>(shape: [1], repeating: 0).broadcast(to: [1000])
    #expect(throws: StridedTensorError.self) { try view.write(1, at: [3]) }
    do { try view.write(1, at: [3]) } catch {
      #expect(error.description.hasSuffix("(8) and 991 more"))
    }
  }

  @Test func anUndecidedOverlapIsRefused() throws {
    let strides = [1_000_003, 1_000_033, 1_000_037]
    let size = 8 * strides.reduce(0, +) + 1
    var view = try Tensor<UInt8>(shape: [size], repeating: 0).asStrided(shape: [9, 9, 9], strides: strides)
    #expect(throws: StridedTensorError.undecidedWrite(index: [0, 0, 0], element: 0, also: [])) {
      try view.write(1, at: [0, 0, 0])
    }
  }
}
