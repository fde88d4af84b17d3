import Convolution
import StridedTensor
import TestSupport
import Testing
import Walkthroughs

@Suite struct ViewPresetTests {
  /// Every preset over the lecture's 6×6 float32 matrix with a 3×3 kernel.
  @Test(arguments: [
    (ViewPreset.rowMajor, "6,6:6,1:0"), (.transpose, "6,6:1,6:0"), (.flip, "6,6:6,-1:5"), (.broadcast, "6,6:0,1:0"),
    (.diagonal, "6:7:0"), (.windows, "4,4,3,3:6,1,6,1:0"), (.tiles, "3,3,2,2:12,2,6,1:0"),
    (.patches, "1,4,4,3,3,1:36,6,1,6,1,1:0"), (.experiment, "1,6,6,1:36,6,1,1:0"), (.lecture, "2,3:3,1:0"),
  ])
  func theLecturesViews(preset: ViewPreset, word: String) throws {
    let geometry = try ConvolutionGeometry(input: [1, 6, 6, 1], weight: [3, 3, 1, 1])
    let view = try preset.view(
      of: .rowMajor([1, 6, 6, 1]), bufferCount: 36, elementType: .float32, geometry: geometry)
    #expect(view.word.description == word)
    #expect(view.axes.count == view.layout.rank)
    #expect(view.explanation().isInBounds)
  }

  @Test func theLecturesIntegersHaveByteStrides12And4() throws {
    let geometry = try ConvolutionGeometry(input: [1, 6, 6, 1], weight: [3, 3, 1, 1])
    let view = try ViewPreset.lecture.view(
      of: .rowMajor([1, 6, 6, 1]), bufferCount: 36, elementType: .float64, geometry: geometry)
    #expect(view.elementType == .int32 && view.source == .lecture && view.bufferCount == 6)
    #expect(view.layout.byteStrides(itemSize: view.itemSize) == [12, 4])
    #expect(try ViewPreset.lectureTensor().elementsAsDouble == [1, 2, 3, 4, 5, 6])
    #expect(try ViewPreset.lectureTensor().layout == view.layout)
  }

  /// The values that each view shows, in colour, from both orders of memory and inside a larger buffer.
  @Test(arguments: [[0, 1, 2, 3], [0, 3, 1, 2]])
  func viewsShowWhatTheirNamesSay(order: [Int]) throws {
    let shape = [2, 5, 7, 3]
    let geometry = try ConvolutionGeometry(
      input: shape, weight: [3, 2, 3, 1],
      parameters: ConvolutionParameters(stride: AxisPair(2, 1), dilation: AxisPair(1, 2)))
    let memory = try Layout.rowMajor(order.map { shape[$0] }, offset: 4)
    let input = try memory.permuted(order.indices.map { axis in order.firstIndex(of: axis) ?? 0 })
    #expect(input.shape == shape)
    let addressing = InputAddressing(layout: input)
    func at(_ y: Int, _ x: Int, _ c: Int) -> Int { addressing.offset(of: InputIndex(n: 0, y: y, x: x, c: c)) }
    func view(_ preset: ViewPreset) throws -> (Layout, (([Int]) -> Int)) {
      let view = try preset.view(
        of: input, bufferCount: 4 + 210, elementType: .float32, geometry: geometry, channel: 1)
      #expect(view.explanation().isInBounds)
      return (view.layout, { view.layout.offset(of: $0) })
    }
    func check(_ preset: ViewPreset, _ shape: [Int], _ expected: ([Int]) -> Int) throws {
      let (layout, offset) = try view(preset)
      #expect(layout.shape == shape)
      for index in BruteForce.indices(layout.shape) { #expect(offset(index) == expected(index), "\(preset) \(index)") }
    }
    let isNHWC = order == [0, 1, 2, 3]
    try check(.rowMajor, isNHWC ? [5, 7, 3] : [3, 5, 7]) {
      isNHWC ? at($0[0], $0[1], $0[2]) : at($0[1], $0[2], $0[0])
    }
    #expect(try view(.rowMajor).0.isContiguous)
    try check(.transpose, [7, 5, 3]) { at($0[1], $0[0], $0[2]) }
    try check(.flip, [5, 7, 3]) { at($0[0], 6 - $0[1], $0[2]) }
    try check(.broadcast, [5, 7, 3]) { at(0, $0[1], $0[2]) }
    try check(.diagonal, [5]) { at($0[0], $0[0], 1) }
    try check(.windows, [3, 6, 3, 2]) { at($0[0] + $0[2], $0[1] + $0[3], 1) }
    try check(.tiles, [2, 3, 2, 2]) { at($0[0] * 2 + $0[2], $0[1] * 2 + $0[3], 1) }
    try check(.patches, [2, 2, 5, 3, 2, 3]) { i in
      addressing.offset(of: InputIndex(n: i[0], y: 2 * i[1] + i[3], x: i[2] + 2 * i[4], c: i[5]))
    }
  }

  @Test func patchesOfAPaddedInputMapBackToIt() throws {
    let geometry = try ConvolutionGeometry(
      input: [2, 4, 5, 2], weight: [3, 3, 2, 1],
      parameters: ConvolutionParameters(padding: .explicit(Padding(top: 1, bottom: 0, left: 2, right: 1))))
    let input = try Layout.rowMajor([2, 4, 5, 2])
    let view = try ViewPreset.patches.view(
      of: input, bufferCount: 80, elementType: .float32, geometry: geometry)
    #expect(view.source == .paddedInput && view.bufferCount == geometry.paddedCopyCount)
    for i in BruteForce.indices(view.layout.shape) {
      let field = ReceptiveField(geometry: geometry, n: i[0], y: i[1], x: i[2])
      let expected = InputAddressing(layout: input).address(
        of: field.index(under: KernelIndex(i: i[3], j: i[4], c: i[5])))
      #expect(view.address(of: i, geometry: geometry, input: input) == expected)
    }
  }

  @Test(arguments: [
    "3,3,2,2:12,2,6,1:0", "6,6:6,-1:5", "2:0:-3", "::7", "0,3:1,1:0", "\(Int.max):0:\(Int.min)",
  ])
  func wordsReadBack(word: String) throws {
    #expect(try ViewWord(parsing: word).description == word)
  }

  @Test func wordsAreReadLeniently() throws {
    #expect(try ViewWord(parsing: "2, 3 : -3, \u{2212}1") == ViewWord(shape: [2, 3], strides: [-3, -1], offset: 0))
  }

  @Test(arguments: [
    "", "3", "3:1:0:0", "3,x:1,1:0", "3,:1,1:0", "3:1,1:0", "3:1:", "3:1:1,2", "3.5:1:0", "99999999999999999999:1:0",
    "3:--1:0",
  ])
  func badWordsAreRefused(word: String) {
    #expect(throws: WalkthroughError.self) { try ViewWord(parsing: word) }
  }
}
