import StridedTensor
import TestSupport
import Testing

@Suite struct ViewTests {
  let matrix: Tensor<Int32>
  init() throws { matrix = try Tensor(shape: [6, 6], elements: Array(0..<36)) }

  @Test func permuteSwapsShapeAndStrides() throws {
    let tensor = try Tensor<Int32>(shape: [2, 3, 4], elements: Array(0..<24))
    let view = try tensor.permuted([2, 0, 1])
    #expect(view.shape == [4, 2, 3])
    #expect(view.strides == [1, 12, 4])
    #expect(try view.element(at: [3, 1, 2]) == 23)
    #expect(try tensor.transposed().strides == [1, 4, 12])
    for axes in [[0, 1], [0, 0, 1], [0, 1, 3], [-1, 0, 1]] {
      #expect(throws: StridedTensorError.notAPermutation(axes: axes, rank: 3)) { try tensor.permuted(axes) }
    }
  }

  /// Python's rule, by walking: `range(*slice(start, stop, step).indices(n))`.
  @Test func slicesFollowPythonForAllSmallBounds() throws {
    let bounds: [Int?] = [nil] + (-7...7).map { $0 } + [.min, .max]
    for length in 0...5 {
      let tensor = try Tensor<Int32>(shape: [length], elements: (0..<length).map(Int32.init))
      for start in bounds {
        for stop in bounds {
          for step in [-3, -2, -1, 1, 2, 3, Int.max, Int.min] {
            let view = try tensor.slice(axis: 0, start: start, stop: stop, step: step)
            #expect(view.elements() == pythonSlice(length, start, stop, step).map(Int32.init))
          }
        }
      }
    }
    #expect(throws: StridedTensorError.zeroStep) { try matrix.slice(axis: 0, step: 0) }
    #expect(throws: StridedTensorError.axisOutOfRange(axis: 2, rank: 2)) { try matrix.slice(axis: 2) }
  }

  private func pythonSlice(_ length: Int, _ start: Int?, _ stop: Int?, _ step: Int) -> [Int] {
    // An entry k is taken if it lies a multiple of the step from the start, and before the stop.
    func resolved(_ bound: Int) -> Double { Double(bound) + (bound < 0 ? Double(length) : 0) }
    let order = step > 0 ? Array(0..<length) : (0..<length).reversed()
    let first = start.map { step > 0 ? max(resolved($0), 0) : min(resolved($0), Double(length - 1)) }
    var result: [Int] = []
    var next: Double?
    for k in order {
      let position = Double(k)
      if let first, step > 0 ? position < first : position > first { continue }
      if let stop, step > 0 ? position >= resolved(stop) : position <= resolved(stop) { break }
      guard next == nil || position == next else { continue }
      result.append(k)
      next = position + Double(step)
    }
    return result
  }

  @Test func broadcastSqueezeAndExpand() throws {
    let row = try Tensor<Int32>(shape: [1, 3], elements: [1, 2, 3])
    let view = try row.broadcast(to: [2, 2, 3])
    #expect(view.strides == [0, 0, 1])
    #expect(view.elements() == [1, 2, 3, 1, 2, 3, 1, 2, 3, 1, 2, 3])
    #expect(throws: StridedTensorError.cannotBroadcast(shape: [1, 3], to: [2, 4])) { try row.broadcast(to: [2, 4]) }
    #expect(throws: StridedTensorError.cannotBroadcast(shape: [1, 3], to: [3])) { try row.broadcast(to: [3]) }
    #expect(try row.squeezed().shape == [3])
    #expect(try row.squeezed(axis: 0).shape == [3])
    #expect(throws: StridedTensorError.cannotSqueeze(axis: 1, length: 3)) { try row.squeezed(axis: 1) }
    #expect(try row.expanded(axis: 2).shape == [1, 3, 1])
    #expect(throws: StridedTensorError.self) { try row.expanded(axis: 4) }
  }

  @Test func indexingDropsTheAxis() throws {
    #expect(try matrix.at(1).elements() == [6, 7, 8, 9, 10, 11])
    #expect(try matrix.at(-1, axis: 1).elements() == [5, 11, 17, 23, 29, 35])
    #expect(throws: StridedTensorError.self) { try matrix.at(6) }
    #expect(throws: StridedTensorError.self) { try matrix.at(-7) }
  }

  @Test func tilesAreTheLectures() throws {
    let tiles = try matrix.tiled(2)
    #expect(tiles.shape == [3, 3, 2, 2])
    #expect(tiles.strides == [12, 2, 6, 1])
    #expect(
      tiles.elements() == [
        0, 1, 6, 7, 2, 3, 8, 9, 4, 5, 10, 11, 12, 13, 18, 19, 14, 15, 20, 21, 16, 17, 22, 23, 24, 25, 30, 31, 26, 27,
        32, 33, 28, 29, 34, 35,
      ])
    #expect(throws: StridedTensorError.tile(4, axis: 0, length: 6)) { try matrix.tiled(4) }
    #expect(throws: StridedTensorError.rank(expected: 2, shape: [6])) { try matrix.at(0).tiled(2) }
    #expect(throws: StridedTensorError.tile(0, axis: 0, length: 6)) { try matrix.tiled(0) }
  }

  @Test func windowsSkipAndSpread() throws {
    let view = try matrix.windows(
      AxisWindow(axis: 0, length: 2, stride: 2, dilation: 3), AxisWindow(axis: 1, length: 3))
    #expect(view.shape == [2, 4, 2, 3])
    #expect(view.strides == [12, 1, 18, 1])
    #expect(throws: StridedTensorError.windowLongerThanAxis(axis: 0, span: 7, length: 6)) {
      try matrix.windows(AxisWindow(axis: 0, length: 3, dilation: 3), AxisWindow(axis: 1, length: 1))
    }
    #expect(throws: StridedTensorError.window(name: "stride", axis: 1, value: 0)) {
      try matrix.windows(AxisWindow(axis: 0, length: 3), AxisWindow(axis: 1, length: 1, stride: 0))
    }
    #expect(throws: StridedTensorError.self) {
      try matrix.windows(AxisWindow(axis: 0, length: 3), AxisWindow(axis: 0, length: 1))
    }
  }

  @Test func viewsOfAnyTensorAreTheSame() throws {
    let any = matrix.erased
    #expect(try any.tiled(3).contiguous().elementsAsDouble == matrix.tiled(3).elements().map(Double.init))
    #expect(try any.transposed().reshaped(to: [36]).elementsAsDouble == matrix.transposed().elements().map(Double.init))
  }
}
