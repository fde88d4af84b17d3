import Convolution
import MatrixMultiply
import StridedTensor
import TestSupport
import Testing

/// Prepared convolutions on the caller's own memory: at the edge of forbidden pages, at any address, from several threads.
@Suite struct PreparedConvolutionTests {
  static let algorithms: [ConvolutionAlgorithm] = [.lazyIm2col, .direct, .winograd, .auto]

  @Test(arguments: 300..<360 as Range<UInt64>) func staysWithinItsMemory(seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    for _ in 0..<3 {
      guard let geometry = random.geometry(side: 14, channels: random.int(0...2) == 0 ? 40 : 9) else { continue }
      try expectWithinMemory(ExactCase<Float>(geometry, &random), &random, seed)
      try expectWithinMemory(ExactCase<Double>(geometry, &random), &random, seed)
    }
  }

  /// Shapes that have a path of their own: one channel in and out, depthwise, few channels, 1×1.
  @Test(arguments: [
    ([1, 9, 37, 1], [3, 3, 1, 1], 1), ([2, 8, 8, 5], [3, 3, 1, 5], 5), ([1, 7, 9, 33], [3, 3, 1, 33], 33),
    ([1, 12, 12, 3], [5, 5, 3, 8], 1), ([1, 6, 6, 64], [1, 1, 64, 96], 1), ([1, 6, 6, 130], [3, 3, 130, 17], 1),
    ([1, 1, 40, 1], [1, 7, 1, 1], 1), ([1, 40, 1, 2], [7, 1, 2, 2], 1), ([1, 3, 3, 520], [3, 3, 520, 2], 1),
  ])
  func specialShapesStayWithinTheirMemory(input: [Int], weight: [Int], groups: Int) throws {
    var random = SeededGenerator(seed: 5)
    for stride in 1...2 {
      for padding in [PaddingRule.valid, .same] {
        let geometry = try ConvolutionGeometry(
          input: input, weight: weight,
          parameters: ConvolutionParameters(stride: AxisPair(stride), padding: padding, groups: groups))
        try expectWithinMemory(ExactCase<Float>(geometry, &random), &random, 5)
        try expectWithinMemory(ExactCase<Double>(geometry, &random), &random, 5)
      }
    }
  }

  /// So many pixels of few channels that Winograd fetches what its blocks are about to read and write, to the last tile.
  @Test(arguments: [([7, 61, 67, 9], 17), ([3, 160, 50, 24], 40), ([1, 300, 130, 8], 16)])
  func manyBlocksOfTilesAgree(input: [Int], outputs: Int) throws {
    var random = SeededGenerator(seed: 6)
    let geometry = try ConvolutionGeometry(
      input: input, weight: [3, 3, input[3], outputs], parameters: ConvolutionParameters(padding: .same))
    #expect(geometry.automaticChoice(instructionSet: .avx2).algorithm == .winograd)
    let numbers = try ExactCase<Float>.integers(input, &random)
    let weight = try ExactCase<Float>.integers(geometry.weightShape, &random)
    let expected = try convolve(numbers, weight, geometry: geometry, algorithm: .direct).elements()
    for threads in AgreementTests.threadCounts {
      let output = try convolve(numbers, weight, geometry: geometry, algorithm: .winograd, threads: threads).elements()
      #expect(ExactCase.areNearly(output, expected), "\(threads) threads")
    }
  }

  /// Input and output end at forbidden pages or begin after them, and so at any multiple of the element's size.
  private func expectWithinMemory<E: ConvolutionElement>(
    _ item: ExactCase<E>, _ random: inout SeededGenerator, _ seed: UInt64
  ) throws {
    let geometry = item.geometry
    let numbers = item.input.elements()
    for algorithm in Self.algorithms where algorithm.covers(geometry) {
      for instructionSet in InstructionSet.available {
        let prepared = try PreparedConvolution(
          weight: item.weight, bias: item.bias, geometry: geometry, algorithm: algorithm, instructionSet: instructionSet
        )
        for threads in AgreementTests.threadCounts {
          let input = try #require(GuardedMemory(numbers, atStart: random.int(0...1) == 0))
          // What was there before must not show.
          let output = try #require(
            GuardedMemory([E](repeating: .nan, count: geometry.outputCount), atStart: random.int(0...1) == 0))
          prepared.runUnchecked(input.start, into: output.start, threads: threads)
          #expect(
            item.agrees(output.elements, algorithm, instructionSet: instructionSet),
            "\(algorithm) \(E.self) \(instructionSet) on \(threads) threads, \(geometry), seed \(seed)")
          #expect(input.elements == numbers)
        }
      }
    }
  }

  @Test(arguments: algorithms) func runsOnSeveralThreadsAtOnce(algorithm: ConvolutionAlgorithm) async throws {
    var random = SeededGenerator(seed: 7)
    let geometry = try ConvolutionGeometry(
      input: [1, 14, 14, 16], weight: [3, 3, 16, 24], parameters: ConvolutionParameters(padding: .same))
    let weight = try ExactCase<Float>.integers(geometry.weightShape, &random)
    let prepared = try PreparedConvolution(weight: weight, geometry: geometry, algorithm: algorithm)
    let inputs = try (0..<6).map { _ in try ExactCase<Float>.integers(geometry.inputShape, &random) }
    let expected = try inputs.map { try prepared($0).elements() }
    try await withThrowingTaskGroup(of: Void.self) { group in
      for (k, input) in inputs.enumerated() {
        group.addTask {
          for threads in [1, 2, 3, 2, 1] {
            let output = try prepared(input, threads: threads).elements()
            #expect(output == expected[k], "input \(k) on \(threads) threads")
          }
        }
      }
      try await group.waitForAll()
    }
  }

  @Test func saysWhatDoesNotFit() throws {
    let geometry = try ConvolutionGeometry(input: [1, 4, 4, 1], weight: [3, 3, 1, 2])
    let weight = try Tensor<Float>(shape: [3, 3, 1, 2], repeating: 1)
    for algorithm in [ConvolutionAlgorithm.naive, .matmul, .im2col] {
      #expect(throws: ConvolutionError.notPrepared(algorithm)) {
        try PreparedConvolution(weight: weight, geometry: geometry, algorithm: algorithm)
      }
    }
    let prepared = try PreparedConvolution(weight: weight, geometry: geometry)
    #expect(throws: ConvolutionError.shape(of: "input", expected: [1, 4, 4, 1], got: [3, 3, 1, 2])) {
      try prepared(weight)
    }
    let input = try Tensor<Float>(shape: [1, 4, 4, 1], repeating: 1)
    #expect(throws: ConvolutionError.notPositive("threads", 0)) { try prepared(input, threads: 0) }
    var short = [Float](repeating: 0, count: 7)
    #expect(throws: ConvolutionError.shape(of: "output buffer", expected: [8], got: [7])) {
      try short.withUnsafeMutableBufferPointer { buffer throws(ConvolutionError) in
        try prepared.run(input, into: buffer)
      }
    }
  }
}
