import Convolution
import Measuring
import StridedTensor
import Testing

@Suite struct ConvolutionCaseTests {
  private func padded() throws -> ConvolutionCase<Float> {
    try ConvolutionCase(
      ConvolutionGeometry(
        input: [2, 12, 12, 4], weight: [3, 3, 4, 5], parameters: ConvolutionParameters(padding: .same)), threads: 1)
  }

  @Test(arguments: ConvolutionAlgorithm.allCases)
  func whatIsTimedIsTheConvolution(algorithm: ConvolutionAlgorithm) throws {
    let item = try padded()
    let contender = try item.contender(algorithm)
    let timing = try contender.time(2, { false })
    #expect(timing.seconds > 0 && timing.steps.count == contender.steps.count)
    let output = try #require(try contender.output())
    let error = try #require(try ExactOutputs(item).error(of: output))
    #expect(error.largest > 0 && error.largest < 1e-5 && error.relative < 1e-5)
    #expect(error.norm >= error.largest && error.norm < 1e-4 && !error.isSampled)
  }

  @Test(arguments: [1, 2])
  func im2colTellsItsStepsApart(groups: Int) throws {
    let geometry = try ConvolutionGeometry(
      input: [2, 10, 9, 4], weight: [3, 3, 4 / groups, 6],
      parameters: ConvolutionParameters(stride: AxisPair(2, 1), groups: groups))
    let item = try ConvolutionCase<Double>(geometry, threads: 1)
    let contender = try item.contender(.im2col)
    #expect(contender.steps == ["copy", "product"])
    let timing = try contender.time(3, { false })
    #expect(timing.steps.allSatisfy { $0 > 0 } && abs(timing.steps.reduce(0, +) - timing.seconds) < 1e-12)
    let output = try #require(try contender.output())
    let error = try #require(try ExactOutputs(item).error(of: output))
    #expect(error.largest < 1e-13)
  }

  @Test func wrongOutputsAreFarOff() throws {
    let item = try padded()
    let exact = try ExactOutputs(item)
    let shape = item.geometry.outputShape
    #expect(try exact.error(of: Tensor<Float>(shape: shape, repeating: 100)).largest > 90)
    #expect(!(try exact.error(of: Tensor<Float>(shape: shape, repeating: .nan)).largest < 1))
    #expect(throws: ConvolutionError.self) { try exact.error(of: Tensor<Float>(shape: [1], repeating: 0)) }
  }

  @Test func theErrorOfKnownOutputs() throws {
    // One pixel, one weight of 2: the output is twice the input.
    let geometry = try ConvolutionGeometry(input: [1, 2, 2, 1], weight: [1, 1, 1, 1])
    let item = try ConvolutionCase(
      geometry, input: Tensor<Double>(shape: [1, 2, 2, 1], elements: [1, 2, 3, 4]),
      weight: Tensor<Double>(shape: [1, 1, 1, 1], elements: [2]))
    let error = try ExactOutputs(item).error(of: Tensor<Double>(shape: [1, 2, 2, 1], elements: [2, 7, 6, 4]))
    #expect(error.largest == 4 && error.relative == 0.5 && error.norm == 5 && error.compared == 4)
  }

  @Test(arguments: [
    ("100,32,32,8,3,16", "14 of 100 pictures"), ("4,500,500,3,5,8,p2", "50 of 500 rows of one picture"),
    ("1,40,40,2048,3,2048,p1,s2", "40 of 2048 channels of one row"),
    ("1,21,40000,4,21,2", "8503 of 39980 columns of one row in one channel"),
  ])
  func naiveIsMeasuredOnAPartOfBigShapes(text: String, part: String) throws {
    let geometry = try ShapeSpecification(text).geometry
    let contender = try ConvolutionCase<Float>(geometry, threads: 1).contender(.naive)
    #expect(contender.part == part)
    #expect(contender.scale > 1 && contender.scale.isFinite)
  }

  @Test func autoTellsWhatItTook() throws {
    let geometry = try ShapeSpecification("1,12,12,32,3,32,p1").geometry
    let item = try ConvolutionCase<Float>(geometry, threads: 1)
    #expect(try item.contender(.auto).chosen == .winograd)
    #expect(try item.contender(.auto, isExact: true).chosen == .direct)
  }
}
