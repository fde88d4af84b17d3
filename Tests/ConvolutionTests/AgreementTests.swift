import Convolution
import MatrixMultiply
import StridedTensor
import TestSupport
import Testing

/// All algorithms, element types, instruction sets and thread counts against a sum written out per output element, and so
/// against each other.
@Suite struct AgreementTests {
  static let threadCounts = [1, 2, 3, 8]

  @Test(arguments: 1...4, 1...4) func allSmallShapesExactly(height: Int, width: Int) throws {
    var random = SeededGenerator(seed: UInt64(height * 10 + width))
    for kernelHeight in 1...3 {
      for kernelWidth in 1...3 {
        for stride in [AxisPair(1), AxisPair(2), AxisPair(1, 3)] {
          for dilation in [AxisPair(1), AxisPair(2, 1)] {
            for padding in [PaddingRule.valid, .same, .explicit(Padding(top: 1, bottom: 0, left: 2, right: 1))] {
              for (channels, outputs, groups) in [(1, 1, 1), (2, 3, 1), (4, 4, 2), (2, 4, 2)] {
                let parameters = ConvolutionParameters(
                  stride: stride, padding: padding, dilation: dilation, groups: groups)
                guard
                  let geometry = try? ConvolutionGeometry(
                    input: [2, height, width, channels],
                    weight: [kernelHeight, kernelWidth, channels / groups, outputs], parameters: parameters)
                else { continue }
                try expectAgreement(ExactCase<Float>(geometry, &random))
                try expectAgreement(ExactCase<Double>(geometry, &random))
              }
            }
          }
        }
      }
    }
  }

  @Test(arguments: 0..<40 as Range<UInt64>) func randomGeometriesExactly(seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    for _ in 0..<4 {
      guard let geometry = random.geometry(side: 10, channels: 9) else { continue }
      try expectAgreement(ExactCase<Float>(geometry, &random), seed: seed)
      try expectAgreement(ExactCase<Double>(geometry, &random), seed: seed)
    }
  }

  /// Enough work that it is shared among threads, and enough channels for the widest tiles.
  @Test(arguments: 100..<130 as Range<UInt64>) func randomSharedWorkExactly(seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    for _ in 0..<100 {
      guard let geometry = random.geometry(side: 24, channels: 70), 200_000...6_000_000 ~= geometry.operations else {
        continue
      }
      if random.int(0...1) == 0 {
        return try expectAgreement(ExactCase<Float>(geometry, &random), seed: seed)
      }
      return try expectAgreement(ExactCase<Double>(geometry, &random), seed: seed)
    }
    Issue.record("seed \(seed) gives no geometry")
  }

  /// Inputs and weights whose elements share memory, run backwards, or begin at any address.
  @Test(arguments: 200..<230 as Range<UInt64>) func overlappingAndReversedViews(seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    guard let geometry = random.geometry(side: 12, channels: 8) else { return }
    func view(_ shape: [Int]) throws -> Tensor<Float> {
      let strides = shape.map { _ in random.int(-3...3) }
      let reaches = zip(shape, strides).map { ($0 - 1) * $1 }
      let offset = random.int(0...5) - reaches.filter { $0 < 0 }.reduce(0, +)
      let buffer = try ExactCase<Float>.integers([offset + reaches.filter { $0 > 0 }.reduce(0, +) + 1], &random)
      return try buffer.asStrided(Layout(shape: shape, strides: strides, offset: offset))
    }
    let (input, weight) = (try view(geometry.inputShape), try view(geometry.weightShape))
    let none = [Float](repeating: 0, count: geometry.outputChannels)
    let expected = writtenOut(input.elements(), weight.elements(), none, geometry)
    for algorithm in ConvolutionAlgorithm.allCases where algorithm.covers(geometry) {
      let output = try convolve(input, weight, geometry: geometry, algorithm: algorithm, threads: 2).elements()
      let tolerance: Float = algorithm == .winograd ? 1e-3 : 0
      #expect(
        zip(output, expected).allSatisfy { abs($0 - $1) <= tolerance * max(1, abs($1)) },
        "\(algorithm) \(geometry) seed \(seed)")
    }
  }

  @Test(arguments: InstructionSet.available) func infinitiesAndNaNComeOutAlike(instructionSet: InstructionSet) throws {
    var random = SeededGenerator(seed: 1)
    let geometry = try ConvolutionGeometry(
      input: [1, 7, 7, 2], weight: [3, 3, 2, 2], parameters: ConvolutionParameters(padding: .same))
    var input = try ExactCase<Float>.integers(geometry.inputShape, &random)
    for (k, value) in [Float.nan, .infinity, -.infinity].enumerated() { try input.write(value, at: [0, 3 * k, 3, 1]) }
    let weight = try ExactCase<Float>.integers(geometry.weightShape, &random)
    let expected = try convolve(input, weight, geometry: geometry, algorithm: .naive).elements()
    #expect(expected.contains { $0.isNaN } && expected.contains { $0.isInfinite })
    // Winograd mixes the pixels of a tile, and one infinity makes NaN of all of them.
    for algorithm in ConvolutionAlgorithm.allCases where algorithm != .winograd {
      let output = try convolve(
        input, weight, geometry: geometry, algorithm: algorithm, instructionSet: instructionSet
      ).elements()
      #expect(zip(output, expected).allSatisfy { $0 == $1 || $0.isNaN && $1.isNaN }, "\(algorithm)")
    }
  }

  private func expectAgreement<E: ConvolutionElement>(_ item: ExactCase<E>, seed: UInt64? = nil) throws {
    let geometry = item.geometry
    // The same input and weight as views of NCHW and OIKK memory.
    let nchw = try item.input.permuted(AxisOrder.nchwFromNHWC).copied().permuted(AxisOrder.nhwcFromNCHW)
    let oikk = try item.weight.permuted(AxisOrder.oikkFromKKIO).copied().permuted(AxisOrder.kkioFromOIKK)
    for algorithm in ConvolutionAlgorithm.allCases where algorithm.covers(geometry) {
      // The naive loops have one way only.
      let sets = algorithm == .naive ? [.best] : InstructionSet.available
      for instructionSet in sets {
        for threads in algorithm == .naive ? [1] : Self.threadCounts {
          let isPlanar = threads == 2
          let output = try convolve(
            isPlanar ? nchw : item.input, isPlanar ? oikk : item.weight, bias: item.bias, geometry: geometry,
            algorithm: algorithm, threads: threads, instructionSet: instructionSet)
          #expect(output.shape == geometry.outputShape && output.isContiguous)
          #expect(
            item.agrees(output.elements(), algorithm, runs: 1, instructionSet: instructionSet),
            """
            \(algorithm) \(E.self) \(instructionSet) on \(threads) threads\(isPlanar ? ", NCHW" : ""), \(geometry), \
            seed \(seed ?? 0)
            """)
        }
      }
    }
  }
}
