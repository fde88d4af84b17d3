import Convolution
import Testing

@Suite struct GeometryTests {
  /// Output lengths by walking: a window is put down for every start at which it still fits.
  @Test func outputLengthsAgreeWithWalking() throws {
    for input in 1...8 {
      for kernel in 1...4 {
        for stride in 1...4 {
          for dilation in 1...3 {
            for (before, after) in [(0, 0), (1, 1), (0, 2), (3, 1)] {
              let span = (kernel - 1) * dilation + 1
              let starts = Array(Swift.stride(from: 0, through: input + before + after - span, by: stride))
              let parameters = ConvolutionParameters(
                stride: AxisPair(stride, 1), padding: .explicit(Padding(top: before, bottom: after, left: 0, right: 0)),
                dilation: AxisPair(dilation, 1))
              guard !starts.isEmpty else {
                #expect(
                  throws: ConvolutionError.kernelLargerThanInput(
                    axis: "height", span: span, kernel: kernel, dilation: dilation, padded: input + before + after)
                ) {
                  try ConvolutionGeometry(input: [1, input, 5, 1], weight: [kernel, 1, 1, 1], parameters: parameters)
                }
                continue
              }
              let geometry = try ConvolutionGeometry(
                input: [1, input, 5, 1], weight: [kernel, 1, 1, 1], parameters: parameters)
              #expect(geometry.outputHeight == starts.count)
              #expect(geometry.outputWidth == 5)
              #expect(geometry.fieldHeight == span)
            }
          }
        }
      }
    }
  }

  @Test func sameMakesTheOutputTheInputOverTheStride() throws {
    for input in 1...9 {
      for kernel in 1...5 {
        for stride in 1...4 {
          for dilation in 1...3 {
            let geometry = try ConvolutionGeometry(
              input: [1, input, input, 1], weight: [kernel, kernel, 1, 1],
              parameters: ConvolutionParameters(
                stride: AxisPair(stride), padding: .same, dilation: AxisPair(dilation)))
            #expect(geometry.outputHeight == (input + stride - 1) / stride)
            #expect(geometry.outputWidth == geometry.outputHeight)
            // The odd pixel goes to the end, and there is never more padding than the last window needs.
            let padding = geometry.padding
            #expect(padding.bottom - padding.top == (padding.top + padding.bottom) % 2)
            #expect(padding.right == padding.bottom && padding.left == padding.top)
            let needed = (geometry.outputHeight - 1) * stride + geometry.fieldHeight
            #expect(padding.top + padding.bottom == max(needed - input, 0))
          }
        }
      }
    }
  }

  @Test(arguments: [
    ([1, 2, 3], [1, 1, 1, 1], ConvolutionError.rank(of: "input", expected: "N×H×W×C", shape: [1, 2, 3])),
    ([1, 2, 3, 1], [1, 1], .rank(of: "weight", expected: "Kh×Kw×Cin×Cout", shape: [1, 1])),
    ([1, 0, 3, 1], [1, 1, 1, 1], .empty("input", shape: [1, 0, 3, 1])),
    ([1, -2, 3, 1], [1, 1, 1, 1], .empty("input", shape: [1, -2, 3, 1])),
    ([1, 2, 3, 1], [1, 1, 1, 0], .empty("weight", shape: [1, 1, 1, 0])),
    ([1, 2, 3, 3], [1, 1, 2, 4], .channels(input: 3, groups: 1, weight: 2)),
    ([1, 2, 2, 1], [1, 3, 1, 1], .kernelLargerThanInput(axis: "width", span: 3, kernel: 3, dilation: 1, padded: 2)),
    ([1, 1 << 41, 2, 1], [1, 1, 1, 1], .tooLarge),
    ([1 << 39, 1 << 39, 1, 1], [1, 1, 1, 1], .tooLarge),
  ])
  func shapesThatCannotBeAreNamed(input: [Int], weight: [Int], error: ConvolutionError) {
    #expect(throws: error) { try ConvolutionGeometry(input: input, weight: weight) }
    #expect(!error.description.isEmpty)
  }

  @Test func parametersThatCannotBeAreNamed() {
    func expect(
      _ error: ConvolutionError, input: [Int] = [1, 5, 5, 4], weight: [Int] = [3, 3, 4, 4],
      _ parameters: ConvolutionParameters
    ) {
      #expect(throws: error) { try ConvolutionGeometry(input: input, weight: weight, parameters: parameters) }
    }
    expect(.notPositive("stride", 0), ConvolutionParameters(stride: AxisPair(0, 1)))
    expect(.notPositive("stride", -1), ConvolutionParameters(stride: AxisPair(1, -1)))
    expect(.notPositive("dilation", 0), ConvolutionParameters(dilation: AxisPair(1, 0)))
    expect(.notPositive("groups", 0), ConvolutionParameters(groups: 0))
    expect(
      .negativePadding(-1), ConvolutionParameters(padding: .explicit(Padding(top: 0, bottom: -1, left: 0, right: 0))))
    expect(.groups(3, divide: "input", channels: 4), ConvolutionParameters(groups: 3))
    expect(.groups(2, divide: "output", channels: 3), weight: [3, 3, 2, 3], ConvolutionParameters(groups: 2))
    expect(.channels(input: 4, groups: 2, weight: 4), ConvolutionParameters(groups: 2))
    expect(.tooLarge, ConvolutionParameters(stride: AxisPair(Int.max)))
    expect(.tooLarge, ConvolutionParameters(padding: .explicit(Padding(Int.max))))
    expect(.tooLarge, ConvolutionParameters(padding: .explicit(Padding(1 << 39))))
    expect(.tooLarge, ConvolutionParameters(dilation: AxisPair(Int.max)))
    expect(.tooLarge, ConvolutionParameters(padding: .same, dilation: AxisPair(1 << 39)))
    expect(
      .kernelLargerThanInput(axis: "height", span: 7, kernel: 3, dilation: 3, padded: 5),
      ConvolutionParameters(dilation: AxisPair(3)))
  }
}
