import Convolution
import StridedTensor
import TestSupport

/// A convolution on small integers, whose sums are exact whatever the order of the additions, and its result written out
/// from the definition.
struct ExactCase<E: ConvolutionElement> {
  let geometry: ConvolutionGeometry
  let input: Tensor<E>
  let weight: Tensor<E>
  let bias: Tensor<E>
  let expected: [E]

  init(_ geometry: ConvolutionGeometry, _ random: inout SeededGenerator) throws {
    self.geometry = geometry
    input = try Self.integers(geometry.inputShape, &random)
    weight = try Self.integers(geometry.weightShape, &random)
    bias = try Self.integers([geometry.outputChannels], &random)
    expected = writtenOut(input.elements(), weight.elements(), bias.elements(), geometry)
  }

  static func integers(_ shape: [Int], _ random: inout SeededGenerator) throws -> Tensor<E> {
    try Tensor(shape: shape, elements: (0..<shape.reduce(1, *)).map { _ in E(random.int(-4...4)) })
  }

  /// Whether an output is right: equal, and for Winograd, whose transforms divide, nearly so.
  func agrees(
    _ output: [E], _ algorithm: ConvolutionAlgorithm, runs: Int? = nil, instructionSet: InstructionSet
  ) -> Bool {
    let chosen =
      algorithm == .auto ? geometry.automaticChoice(runs: runs, instructionSet: instructionSet).algorithm : algorithm
    return chosen == .winograd ? Self.areNearly(output, expected) : output == expected
  }

  /// Whether outputs differ by no more than Winograd's rounding.
  static func areNearly(_ output: [E], _ expected: [E]) -> Bool {
    let tolerance = E(expected.reduce(1) { max($0, abs($1)) }) * E.ulpOfOne * 256
    return output.count == expected.count && zip(output, expected).allSatisfy { abs($0 - $1) <= tolerance }
  }
}

/// Each output element from the definition, reading the unpadded input by index.
@_specialize(where E == Float)
@_specialize(where E == Double)
func writtenOut<E: ConvolutionElement>(_ z: [E], _ w: [E], _ b: [E], _ g: ConvolutionGeometry) -> [E] {
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

extension SeededGenerator {
  /// A geometry of any kind whose lengths stay below some limits; nil where the numbers make none.
  mutating func geometry(side: Int, channels: Int, kernel: Int = 4) -> ConvolutionGeometry? {
    let groups = int(1...3)
    let depthwise = int(0...4) == 0
    let groupChannels = depthwise ? 1 : int(1...max(channels / groups, 1))
    let groupOutputs = depthwise && int(0...1) == 0 ? 1 : int(1...max(channels / groups, 1))
    let isPlain = int(0...2) == 0
    let parameters = ConvolutionParameters(
      stride: isPlain ? AxisPair(1) : AxisPair(int(1...3), int(1...3)),
      padding: int(0...2) == 0
        ? .same
        : .explicit(Padding(top: int(0...3), bottom: int(0...3), left: int(0...3), right: int(0...3))),
      dilation: isPlain ? AxisPair(1) : AxisPair(int(1...3), int(1...3)), groups: groups)
    let isThree = int(0...2) == 0
    return try? ConvolutionGeometry(
      input: [int(1...3), int(1...side), int(1...side), groups * groupChannels],
      weight: [isThree ? 3 : int(1...kernel), isThree ? 3 : int(1...kernel), groupChannels, groups * groupOutputs],
      parameters: parameters)
  }
}
