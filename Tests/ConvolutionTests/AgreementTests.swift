import Convolution
import StridedTensor
import TestSupport
import Testing

/// All algorithms against a sum written out per output element, and so against each other.
@Suite struct AgreementTests {
  /// Small integers: every sum is exact, so results must be equal whatever the order of the additions.
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
                try expectAgreement(of: Float.self, geometry, &random)
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
      let groups = random.int(1...3)
      let groupChannels = random.int(1...3)
      let parameters = ConvolutionParameters(
        stride: AxisPair(random.int(1...3), random.int(1...3)),
        padding: .explicit(
          Padding(top: random.int(0...3), bottom: random.int(0...3), left: random.int(0...3), right: random.int(0...3))),
        dilation: AxisPair(random.int(1...3), random.int(1...3)), groups: groups)
      guard
        let geometry = try? ConvolutionGeometry(
          input: [random.int(1...2), random.int(1...10), random.int(1...10), groups * groupChannels],
          weight: [random.int(1...4), random.int(1...4), groupChannels, groups * random.int(1...3)],
          parameters: parameters)
      else { continue }
      try expectAgreement(of: Double.self, geometry, &random, seed: seed)
    }
  }

  @Test func infinitiesAndNaNComeOutAlike() throws {
    var random = SeededGenerator(seed: 1)
    let geometry = try ConvolutionGeometry(
      input: [1, 7, 7, 2], weight: [3, 3, 2, 2], parameters: ConvolutionParameters(padding: .same))
    var input = try integers(geometry.inputShape, &random, as: Float.self)
    for (k, value) in [Float.nan, .infinity, -.infinity].enumerated() { try input.write(value, at: [0, 3 * k, 3, 1]) }
    let weight = try integers(geometry.weightShape, &random, as: Float.self)
    let expected = try convolve(input, weight, geometry: geometry, algorithm: .naive).elements()
    #expect(expected.contains { $0.isNaN } && expected.contains { $0.isInfinite })
    // Winograd mixes the pixels of a tile, and one infinity makes NaN of all of them.
    for algorithm in ConvolutionAlgorithm.allCases where algorithm != .winograd {
      let output = try convolve(input, weight, geometry: geometry, algorithm: algorithm).elements()
      #expect(zip(output, expected).allSatisfy { $0 == $1 || $0.isNaN && $1.isNaN }, "\(algorithm)")
    }
  }

  private func expectAgreement<E: ConvolutionElement>(
    of type: E.Type, _ geometry: ConvolutionGeometry, _ random: inout SeededGenerator, seed: UInt64? = nil
  ) throws {
    let input = try integers(geometry.inputShape, &random, as: type)
    let weight = try integers(geometry.weightShape, &random, as: type)
    let bias = try integers([geometry.outputChannels], &random, as: type)
    let expected = try writtenOut(input, weight, bias, geometry)
    // The same input and weight as views of NCHW and OIKK memory.
    let nchw = try input.permuted(AxisOrder.nchwFromNHWC).copied().permuted(AxisOrder.nhwcFromNCHW)
    let oikk = try weight.permuted(AxisOrder.oikkFromKKIO).copied().permuted(AxisOrder.kkioFromOIKK)
    // Winograd's transforms divide, so it alone is not exact on integers.
    let tolerance = E(expected.reduce(1) { max($0, abs($1)) }) * E.ulpOfOne * 256
    func agrees(_ output: [E], _ algorithm: ConvolutionAlgorithm) -> Bool {
      algorithm == .winograd
        ? zip(output, expected).allSatisfy { abs($0 - $1) <= tolerance } : output == expected
    }
    for algorithm in ConvolutionAlgorithm.allCases where algorithm.covers(geometry) {
      let output = try convolve(input, weight, bias: bias, geometry: geometry, algorithm: algorithm)
      #expect(output.shape == geometry.outputShape && output.isContiguous)
      #expect(agrees(output.elements(), algorithm), "\(algorithm) \(geometry) seed \(seed ?? 0)")
      let ofViews = try convolve(nchw, oikk, bias: bias, geometry: geometry, algorithm: algorithm, threads: 2)
      #expect(agrees(ofViews.elements(), algorithm), "\(algorithm) on NCHW, \(geometry)")
    }
  }

  private func integers<E: ConvolutionElement>(
    _ shape: [Int], _ random: inout SeededGenerator, as type: E.Type
  ) throws -> Tensor<E> {
    try Tensor(shape: shape, elements: (0..<shape.reduce(1, *)).map { _ in E(random.int(-4...4)) })
  }

  /// Each output element from the definition, reading the unpadded input by index.
  private func writtenOut<E: ConvolutionElement>(
    _ input: Tensor<E>, _ weight: Tensor<E>, _ bias: Tensor<E>, _ g: ConvolutionGeometry
  ) throws -> [E] {
    let z = input.elements()
    let w = weight.elements()
    let b = bias.elements()
    var result: [E] = []
    for n in 0..<g.batch {
      for y in 0..<g.outputHeight {
        for x in 0..<g.outputWidth {
          for o in 0..<g.outputChannels {
            var sum = b[o]
            for i in 0..<g.kernelHeight {
              let row = y * g.stride.vertical + i * g.dilation.vertical - g.padding.top
              guard row >= 0, row < g.inputHeight else { continue }
              for j in 0..<g.kernelWidth {
                let column = x * g.stride.horizontal + j * g.dilation.horizontal - g.padding.left
                guard column >= 0, column < g.inputWidth else { continue }
                for c in 0..<g.groupInputChannels {
                  let channel = o / g.groupOutputChannels * g.groupInputChannels + c
                  sum +=
                    z[((n * g.inputHeight + row) * g.inputWidth + column) * g.inputChannels + channel]
                    * w[((i * g.kernelWidth + j) * g.groupInputChannels + c) * g.outputChannels + o]
                }
              }
            }
            result.append(sum)
          }
        }
      }
    }
    return result
  }
}
