import Convolution
import StridedTensor
import Walkthroughs

/// A small convolution with values that round: the walk's sums must round as the algorithm's do.
struct WalkthroughCase: CustomStringConvertible {
  let geometry: ConvolutionGeometry
  let input: Tensor<Float>
  let weight: Tensor<Float>
  let bias: Tensor<Float>?

  init(
    input: [Int], weight: [Int], parameters: ConvolutionParameters = ConvolutionParameters(), bias: Bool = false
  ) throws {
    geometry = try ConvolutionGeometry(input: input, weight: weight, parameters: parameters)
    self.input = try Tensor(shape: input, elements: Self.numbers(count: input.reduce(1, *), seed: 1))
    self.weight = try Tensor(shape: weight, elements: Self.numbers(count: weight.reduce(1, *), seed: 2))
    self.bias = bias ? try Tensor(shape: [weight[3]], elements: Self.numbers(count: weight[3], seed: 3)) : nil
  }

  var values: ConvolutionValues {
    ConvolutionValues(
      input: .float32(input), weight: .float32(weight), bias: bias.map(AnyTensor.float32), geometry: geometry)
  }

  var description: String { "\(geometry)" }

  /// Thirds and sevenths between −2 and 2: none of them exact in binary.
  private static func numbers(count: Int, seed: Int) -> [Float] {
    (0..<count).map { Float(($0 * 37 + seed * 11) % 29 - 14) / 7.3 }
  }

  static let all: [WalkthroughCase] = {
    do {
      return [
        try WalkthroughCase(input: [1, 6, 6, 1], weight: [3, 3, 1, 1]),
        try WalkthroughCase(
          input: [2, 5, 6, 3], weight: [3, 2, 3, 4],
          parameters: ConvolutionParameters(stride: AxisPair(2, 1), padding: .explicit(Padding(1)))),
        try WalkthroughCase(
          input: [1, 7, 8, 4], weight: [2, 3, 2, 6],
          parameters: ConvolutionParameters(
            padding: .explicit(Padding(top: 0, bottom: 2, left: 1, right: 0)), dilation: AxisPair(2, 1), groups: 2),
          bias: true),
        try WalkthroughCase(
          input: [1, 5, 5, 3], weight: [3, 3, 1, 3], parameters: ConvolutionParameters(padding: .same, groups: 3)),
        try WalkthroughCase(input: [1, 4, 5, 2], weight: [1, 1, 2, 3]),
        try WalkthroughCase(
          input: [1, 9, 9, 1], weight: [2, 2, 1, 1], parameters: ConvolutionParameters(stride: AxisPair(3))),
      ]
    } catch {
      preconditionFailure("a test case is impossible: \(error)")
    }
  }()
}
