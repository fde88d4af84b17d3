import Convolution
import StridedTensor

extension ConvolutionValues {
  /// The products of the first channels of an output's field, added one after the other in the order of the naive loops.
  ///
  /// The additions are made in the element type itself: `partialSum` bit for bit, some ten times as fast.
  ///
  /// - Complexity: O(Kh·Kw·channels), a few cycles each.
  func fieldSum(of output: OutputIndex, channels: Int) -> Double {
    switch (input, weight) {
    case (.float32(let input), .float32(let weight)):
      return Double(fieldSum(input, weight, of: output, channels: channels))
    case (.float64(let input), .float64(let weight)):
      return fieldSum(input, weight, of: output, channels: channels)
    default:
      let step = SlidingStep(geometry: geometry, output: output, channels: 0..<channels)
      return partialSum(of: step, multiplies: geometry.kernelHeight * geometry.kernelWidth * channels, from: 0)
    }
  }

  private func fieldSum<Element: TensorElement & BinaryFloatingPoint>(
    _ input: Tensor<Element>, _ weight: Tensor<Element>, of output: OutputIndex, channels: Int
  ) -> Element {
    let (g, field, strides) = (geometry, ReceptiveField(of: output, geometry: geometry), weight.strides)
    let picture = addressing.layout
    // A flipped kernel is read from its last row and column on.
    let (rowStep, columnStep) = flipped ? (-strides[0], -strides[1]) : (strides[0], strides[1])
    let firstWeight =
      weight.layout.offset + output.o * strides[3]
      + (flipped ? (g.kernelHeight - 1) * strides[0] + (g.kernelWidth - 1) * strides[1] : 0)
    let firstChannel =
      picture.offset + output.n * picture.strides[0] + field.group * g.groupInputChannels * picture.strides[3]
    var sum: Element = 0
    input.withUnsafeBuffer { inputs in
      weight.withUnsafeBuffer { weights in
        for c in 0..<channels {
          for i in 0..<g.kernelHeight {
            let y = field.top + i * g.dilation.vertical
            let isRow = y >= 0 && y < g.inputHeight
            let row = firstChannel + c * picture.strides[3] + y * picture.strides[1]
            let place = firstWeight + c * strides[2] + i * rowStep
            var x = field.left
            for j in 0..<g.kernelWidth {
              let z = isRow && x >= 0 && x < g.inputWidth ? inputs[row + x * picture.strides[2]] : 0
              sum += z * weights[place + j * columnStep]
              x += g.dilation.horizontal
            }
          }
        }
      }
    }
    return sum
  }
}
