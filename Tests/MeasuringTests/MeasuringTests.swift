import Convolution
import Measuring
import StridedTensor
import Testing

@Suite struct StatisticsTests {
  @Test func ofKnownTimes() throws {
    let odd = try #require(Statistics([3, 1, 2]))
    #expect(odd.minimum == 1 && odd.median == 2)
    let even = try #require(Statistics([4, 1, 3, 2]))
    #expect(even.median == 2.5)
    #expect(even.spread == 0.75 / 2.5)
    #expect(Statistics([5])?.spread == 0)
    #expect(Statistics([]) == nil)
  }
}

@Suite struct ShapeSpecificationTests {
  @Test func readsAllItsParts() throws {
    let geometry = try ShapeSpecification("2,20,30,4,3,8,s2,p1,d2,g4").geometry
    #expect(geometry.inputShape == [2, 20, 30, 4])
    #expect(geometry.weightShape == [3, 3, 1, 8])
    #expect(geometry.stride == AxisPair(2) && geometry.dilation == AxisPair(2))
    #expect(geometry.padding == Padding(1) && geometry.groups == 4)
    #expect(try ShapeSpecification("1,8,8,1,3,1,p0").description == "1,8,8,1,3,1,p0")
  }

  @Test(arguments: [
    "", "1,2,3", "1,8,8,1,3,0", "1,8,8,1,3,1,", "1,8,8,1,3,1,s0", "1,8,8,1,3,1,x2", "1,8,8,1,3,1,s2,s2", "a,8,8,1,3,1",
    "1,8,8,1,3,1,p-1", "1,8,8,1,3,99999999999999999999",
  ])
  func refusesWhatIsMalformed(text: String) {
    #expect(throws: MeasuringError.self) { try ShapeSpecification(text) }
  }

  @Test(arguments: ["1,2,2,1,3,1", "1,8,8,3,3,4,g2", "1,9000000000000,9000000000000,9,1,9"])
  func refusesWhatDoesNotFit(text: String) {
    #expect(throws: ConvolutionError.self) { try ShapeSpecification(text) }
  }
}

@Suite struct MeasuringRunTests {
  /// A clock of our own: a contender that always takes as long as it says.
  @Test func batchesAndScales() {
    var asked: [Int] = []
    let contender = Contender(name: "a", scale: 10) { runs in
      asked.append(runs)
      return 0.0001 * Double(runs)
    }
    var plan = MeasuringPlan(repeats: 4)
    plan.warmUp = 0.001
    let outcome = measure([contender], plan: plan, isInterrupted: { false }, progress: { _, _, _ in })
    // Repeats of 0.5 ms are five runs; the warm-up ran one by one until 1 ms was over.
    #expect(asked.suffix(4) == [5, 5, 5, 5])
    #expect(asked.dropLast(4).allSatisfy { $0 == 1 } && asked.count - 4 >= 10)
    #expect(outcome[0].times.allSatisfy { abs($0 - 0.001) < 1e-12 })
  }

  @Test func anInterruptKeepsWhatWasMeasured() {
    var calls = 0
    let contender = Contender(name: "a") { _ in
      calls += 1
      return 0.1
    }
    let outcome = measure(
      [contender, contender], plan: MeasuringPlan(repeats: 100), isInterrupted: { calls >= 7 },
      progress: { _, _, _ in })
    // Two calls were warm-up; the five others are kept.
    #expect(outcome[0].times.count + outcome[1].times.count == 5)
  }

  @Test func errorsOfRightAndWrongOutputs() throws {
    let geometry = try ConvolutionGeometry(
      input: [1, 12, 12, 4], weight: [3, 3, 4, 5], parameters: ConvolutionParameters(padding: .same))
    let item = try ConvolutionCase<Float>(geometry, threads: 1)
    for algorithm in ConvolutionAlgorithm.allCases {
      let error = try item.largestError(of: algorithm, isExact: false)
      #expect(error > 0 && error < 1e-5)
    }
    let wrong = try Tensor<Float>(shape: geometry.outputShape, repeating: 100)
    #expect(try item.largestError(ofOutput: wrong) > 90)
    let undefined = try Tensor<Float>(shape: geometry.outputShape, repeating: .nan)
    #expect(!(try item.largestError(ofOutput: undefined) < 1))
  }

  @Test func naiveIsMeasuredOnAPart() throws {
    let geometry = try ShapeSpecification("4,500,500,3,5,8,p2").geometry
    let item = try ConvolutionCase<Float>(geometry, threads: 1)
    let made = try item.contender(.naive, isExact: false, includesPreparation: false)
    #expect(made.contender.scale > 4)
    #expect(try item.contender(.auto, isExact: true, includesPreparation: false).chosen == .direct)
  }
}
