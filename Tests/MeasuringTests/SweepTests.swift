import Convolution
import Measuring
import Testing

@Suite struct SweepTests {
  private func geometry(_ text: String) throws -> ConvolutionGeometry { try ShapeSpecification(text).geometry }

  @Test(arguments: [
    (SweepParameter.batch, 7, "7,32,24,8,3,16,p1"), (.height, 64, "2,64,48,8,3,16,p1"),
    (.inputChannels, 3, "2,32,24,3,3,16,p1"), (.outputChannels, 5, "2,32,24,8,3,5,p1"),
    // Padding that kept the size keeps it.
    (.kernel, 5, "2,32,24,8,5,16,p2"), (.kernel, 2, "2,32,24,8,2,16,p0x1x0x1"),
  ])
  func oneNumberChanges(parameter: SweepParameter, value: Int, expected: String) throws {
    let cases = MeasuringRequest.cases(
      of: try geometry("2,32,24,8,3,16,p1"), threads: 2, along: parameter, values: [value])
    #expect(cases.map(\.specification) == [expected] && cases[0].threads == 2 && cases[0].sweepValue == value)
  }

  @Test func threadsChangeWithoutTheShape() throws {
    let cases = MeasuringRequest.cases(of: try geometry("1,8,8,1,3,1"), threads: 1, along: .threads, values: [1, 2, 0])
    #expect(cases.map(\.threads) == [1, 2] && Set(cases.map(\.specification)).count == 1)
  }

  @Test func valuesWithoutAConvolutionAreLeftOut() throws {
    let grouped = try geometry("1,8,8,4,3,4,g4")
    let cases = MeasuringRequest.cases(of: grouped, threads: 1, along: .inputChannels, values: [1, 4, 6, 8, 1 << 50])
    #expect(cases.map(\.sweepValue) == [4, 8])
    #expect(MeasuringRequest.cases(of: grouped, threads: 1, along: .kernel, values: [9, 0, -3]).isEmpty)
  }

  @Test(arguments: SweepParameter.allCases)
  func valuesWorthALookAreThere(parameter: SweepParameter) throws {
    let shape = try geometry("10,32,32,8,3,16")
    let values = MeasuringRequest.values(of: shape, along: parameter, processors: 2)
    #expect(values == values.sorted() && !values.isEmpty)
    #expect(MeasuringRequest.cases(of: shape, threads: 1, along: parameter, values: values).count == values.count)
  }

  @Test func aSweepIsARunOfManyCases() throws {
    let shape = try geometry("1,6,6,2,3,2")
    var request = MeasuringRequest(
      cases: MeasuringRequest.cases(of: shape, threads: 1, along: .batch, values: [1, 2, 3]), sweep: .batch,
      algorithms: [.direct], plan: .rounds(2))
    request.plan.warmUp = 0.001
    request.measuresCeilings = false
    let report = runMeasuring(request, isCancelled: { false }) { _ in }
    #expect(report.cases.map(\.measured.sweepValue) == [1, 2, 3])
    #expect(report.cases.allSatisfy { $0.contenders[0].samples.count == 2 })
  }

  /// What is left of a curve is all its points to come, not the rest of the one that is measured.
  @Test func whatIsLeftIsOfTheWhole() {
    var progress = MeasuringProgress()
    progress.caseCount = 8
    #expect(progress.whole.share == 0 && progress.whole.secondsLeft == nil)
    (progress.currentCase, progress.rounds, progress.expectedRounds) = (1, 5, 10)
    (progress.secondsSpent, progress.secondsLeft) = (6, 2)
    #expect(progress.whole.share == 1.5 / 8 && abs((progress.whole.secondsLeft ?? 0) - 26) < 1e-9)
    progress.caseCount = 1
    #expect(progress.whole.share == 0.75 && progress.whole.secondsLeft == 2)
    progress.secondsLeft = nil
    #expect(progress.whole.share == 0 && progress.whole.secondsLeft == nil)
  }
}
