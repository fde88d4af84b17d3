import StridedTensor
import TestSupport
import Testing

/// Copies of views against fetching each element by its own address.
@Suite struct ContiguousTests {
  @Test(arguments: 0..<40 as Range<UInt64>) func copiesAgreeForRandomViews(seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    for _ in 0..<20 {
      let layout = try BruteForce.layout(rank: random.int(0...5), using: &random)
      let shift = max(0, -(layout.touchedOffsets?.lowerBound ?? 0))
      let size = max(1, (layout.touchedOffsets?.upperBound ?? 0) + shift + 1)
      let moved = try Layout(shape: layout.shape, strides: layout.strides, offset: layout.offset + shift)
      try check(Tensor<UInt8>(shape: [size], elements: (0..<size).map { UInt8($0 % 251) }), moved, seed)
      try check(Tensor<Float>(shape: [size], elements: (0..<size).map(Float.init)), moved, seed)
      try check(Tensor<Int64>(shape: [size], elements: (0..<size).map(Int64.init)), moved, seed)
    }
  }

  private func check<E: TensorElement>(_ buffer: Tensor<E>, _ layout: Layout, _ seed: UInt64) throws {
    let view = try buffer.asStrided(layout)
    let expected = BruteForce.elements(view)
    #expect(view.elements() == expected, "seed \(seed): \(layout)")
    for limit in [-1, 0, 1, 5, expected.count] {
      #expect(view.elements(first: limit) == Array(expected.prefix(max(limit, 0))).compactMap { $0 })
    }
    let copy = try view.contiguous()
    #expect(copy.isContiguous && copy.shape == view.shape)
    if layout.count > 0 { #expect(try layout.contiguousCopy == Layout.rowMajor(layout.shape)) }
    #expect(copy.elements() == expected, "seed \(seed): \(layout)")
  }

  /// Axes around one without elements may be longer than can be numbered.
  @Test func emptyViewsHaveACopyToo() throws {
    let layout = try Layout(shape: [1 << 40, 0, 1 << 40], strides: [0, 0, 0])
    #expect(throws: StridedTensorError.self) { try Layout.rowMajor(layout.shape) }
    #expect(layout.contiguousCopy.shape == layout.shape && layout.contiguousCopy.count == 0)
  }

  @Test func longRunsAndTransposesOfAwkwardSizes() throws {
    for (rows, columns) in [(1, 300), (17, 33), (64, 64), (129, 50), (300, 1)] {
      let tensor = try Tensor<Float>(shape: [rows, columns, 3], elements: (0..<rows * columns * 3).map(Float.init))
      for axes in [[0, 1, 2], [1, 0, 2], [2, 1, 0], [2, 0, 1], [0, 2, 1], [1, 2, 0]] {
        let view = try tensor.permuted(axes)
        #expect(view.elements() == BruteForce.elements(view))
        let backwards = try view.slice(axis: 1, step: -1)
        #expect(backwards.elements() == BruteForce.elements(backwards))
      }
    }
  }

  /// Runs from one element to several vectors, in overlapping rows; kept in the cache and written past it, from every element
  /// of a vector on.
  @Test func runsOfEveryLength() throws {
    let numbers = try Tensor<Float>(shape: [400], elements: (0..<400).map(Float.init))
    let bytes = try Tensor<UInt8>(shape: [400], elements: (0..<400).map { UInt8($0 % 251) })
    for length in 1...90 {
      let layout = try Layout(shape: [3, 5, length], strides: [100, 7, 1], offset: 1)
      let view = try numbers.asStrided(layout)
      #expect(try view.copied().elements() == BruteForce.elements(view), "\(length)")
      let ofBytes = try bytes.asStrided(layout)
      #expect(try ofBytes.copied().elements() == BruteForce.elements(ofBytes), "\(length) bytes")
      for first in 0..<8 {
        var target = try Tensor<Float>(shape: [view.count + 16], repeating: -1)
        try target.withUnsafeMutableBuffer { (buffer) throws(StridedTensorError) in
          let part = buffer[first..<(first + view.count)]
          try view.copyElements(into: UnsafeMutableBufferPointer(rebasing: part), pastCache: true)
        }
        let expected =
          Array(repeating: -1, count: first) + BruteForce.elements(view).compactMap { $0 }
          + Array(repeating: -1, count: 16 - first)
        #expect(target.elements() == expected, "\(length) from \(first)")
      }
    }
  }

  /// Parts one by one and several at once are the copy of the whole, whatever the inner axes are: runs, single elements, a
  /// transposed box, more than three axes, none, and none with elements.
  @Test func partsMakeTheWhole() throws {
    let numbers = try Tensor<Float>(shape: [4000], elements: (0..<4000).map(Float.init))
    let views: [(shape: [Int], strides: [Int])] = [
      ([3, 5, 7], [100, 9, 1]), ([2, 3, 4, 2, 3, 5], [1000, 200, 30, 60, 7, 2]), ([3, 4, 6, 5], [300, 40, 1, 7]),
      ([6, 20], [-20, 1]), ([2, 3, 0], [1, 1, 1]), ([2, 0, 3], [1, 1, 1]),
    ]
    for (shape, strides) in views {
      let view = try numbers.asStrided(Layout(shape: shape, strides: strides, offset: 150))
      let whole = BruteForce.elements(view).compactMap { $0 }
      for outerAxes in 0...shape.count {
        let copy = try PartwiseCopy(of: view, outerAxes: outerAxes)
        #expect(copy.count * copy.partCount == view.count)
        for several in [1, 2, 5] {
          var target = [Float](repeating: -1, count: view.count + 3)
          try target.withUnsafeMutableBufferPointer { (buffer) throws(StridedTensorError) in
            for first in stride(from: 0, to: copy.count, by: several) {
              let parts = first..<min(first + several, copy.count)
              try copy(parts, into: UnsafeMutableBufferPointer(rebasing: buffer[(first * copy.partCount)...]))
            }
          }
          #expect(target == whole + [-1, -1, -1], "\(shape) \(outerAxes) \(several)")
        }
      }
    }
  }

  @Test func partsThatDoNotExistOrDoNotFitAreRefused() throws {
    let tensor = try Tensor<Float>(shape: [3, 4], repeating: 1)
    #expect(throws: StridedTensorError.axisOutOfRange(axis: 3, rank: 2)) { try PartwiseCopy(of: tensor, outerAxes: 3) }
    let copy = try PartwiseCopy(of: tensor, outerAxes: 1)
    var target = [Float](repeating: 0, count: 7)
    target.withUnsafeMutableBufferPointer { buffer -> Void in
      #expect(throws: StridedTensorError.indexOutOfRange(index: [3], shape: [3])) { try copy(2..<4, into: buffer) }
      #expect(throws: StridedTensorError.indexOutOfRange(index: [-1], shape: [3])) { try copy(-1..<1, into: buffer) }
      #expect(throws: StridedTensorError.bufferTooSmall(expected: 8, got: 7)) { try copy(0..<2, into: buffer) }
    }
    #expect(target.allSatisfy { $0 == 0 })
    let nothing = try tensor.asStrided(Layout(shape: [1 << 40, 1 << 40, 0], strides: [1, 1, 1]))
    #expect(try PartwiseCopy(of: nothing, outerAxes: 2).count == 0)
  }

  /// Large buffers are used again, those too that the system may have taken pages of; each tensor still has its own.
  @Test(arguments: [(1 << 18, 20), (3 << 18, 20), (5 << 20, 20), (18 << 20, 4)])
  func largeBuffersUsedAgainAreNotShared(count: Int, rounds: Int) throws {
    for round in 0..<rounds {
      let one = try Tensor<Float>(shape: [count], repeating: Float(round))
      var other = try one.copied()
      try other.write(-1, at: [count - 1])
      let smaller = try Tensor<Float>(shape: [count - count / 8], repeating: -2)
      #expect(one.element(atOffset: 0) == Float(round) && one.element(atOffset: count - 1) == Float(round))
      #expect(other.element(atOffset: 0) == Float(round) && other.element(atOffset: count - 1) == -1)
      #expect(smaller.bufferCount == count - count / 8 && smaller.element(atOffset: 0) == -2)
    }
  }

  /// Copies that are so large that they are written past the cache.
  @Test(arguments: [8, 7]) func copiesBeyondTheCache(columns: Int) throws {
    let picture = try Tensor<Float>(shape: [560_000], elements: (0..<560_000).map(Float.init))
    let view = try picture.asStrided(Layout(shape: [65_000, 10, columns], strides: [8, 24, 1]))
    #expect(Tensor<Float>.exceedsCache(view.count) && !Tensor<Float>.exceedsCache(view.count / 2))
    let copy = try view.copied()
    let faults = copy.withUnsafeBuffer { buffer in
      buffer.indices.count(where: { at in
        let (row, column) = at.quotientAndRemainder(dividingBy: columns)
        return buffer[at] != Float(row / 10 * 8 + row % 10 * 24 + column)
      })
    }
    #expect(faults == 0)
  }

  @Test func aContiguousViewIsNotCopied() throws {
    let tensor = try Tensor<Float>(shape: [4, 4], repeating: 1)
    #expect(try tensor.slice(axis: 0, start: 2).contiguous().bufferCount == 16)
    #expect(try tensor.slice(axis: 0, start: 2).copied().bufferCount == 8)
  }

  @Test func aVastViewIsReadInPartAndNotCopied() throws {
    let view = try Tensor<Float>(shape: [2, 1], elements: [1, 2]).broadcast(to: [1 << 20, 2, 1 << 30])
    #expect(view.elements(first: 3) == [1, 1, 1])
    #expect(view.erased.elementsAsDouble(first: 2) == [1, 1])
    #expect(throws: StridedTensorError.self) { try view.contiguous() }
    #expect(throws: StridedTensorError.self) { try view.map { $0 } }
  }

  @Test func aBufferThatIsTooSmallIsRefused() throws {
    let tensor = try Tensor<Float>(shape: [4], repeating: 1)
    var target = [Float](repeating: 0, count: 3)
    target.withUnsafeMutableBufferPointer { buffer -> Void in
      #expect(throws: StridedTensorError.bufferTooSmall(expected: 4, got: 3)) { try tensor.copyElements(into: buffer) }
    }
    #expect(target == [0, 0, 0])
  }

  @Test func conversionRoundsSaturatesAndKeepsLargeIntegers() throws {
    let values = try Tensor<Double>(shape: [6], elements: [-1, 0.5, 2.5, 300, .nan, .infinity])
    #expect(try values.converted(to: UInt8.self).elements() == [0, 1, 3, 255, 0, 255])
    let large = try Tensor<Int64>(shape: [3], elements: [1 << 60 + 1, -5, 1 << 40])
    #expect(try large.converted(to: Int64.self).elements() == [1 << 60 + 1, -5, 1 << 40])
    // Between two floats, a little nearer the upper one; by way of a double it would be the lower.
    let between = try Tensor<Int64>(shape: [1], elements: [1 << 60 + 1 << 36 + 1])
    #expect(try between.converted(to: Float.self).elements() == [Float(1 << 60 + 1 << 37)])
    #expect(try large.converted(to: Int32.self).elements() == [.max, -5, .max])
    #expect(try large.converted(to: UInt8.self).elements() == [255, 0, 255])
    for type in ElementType.allCases {
      let any = try values.slice(axis: 0, start: 1, stop: 2).map { $0 * 4 }.erased.converted(to: type)
      #expect(any.elementType == type)
      #expect(any.elementsAsDouble == [2])
    }
  }
}
