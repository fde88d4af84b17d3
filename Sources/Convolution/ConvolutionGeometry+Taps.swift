extension ConvolutionGeometry {
  /// Pairs of an output position and a kernel element that meet the input and not the padding, in all pictures of the batch.
  ///
  /// - Complexity: O(Kh + Kw).
  public var tapsMeetingInput: Double {
    func count(_ output: Int, _ kernel: Int, _ stride: Int, _ dilation: Int, _ before: Int, _ input: Int) -> Int {
      // By kernel element: outputs y with 0 ≤ y·stride + shift < input.
      (0..<kernel).reduce(0) { sum, i in
        let shift = i * dilation - before
        let first = shift >= 0 ? 0 : (-shift + stride - 1) / stride
        let end = input - shift <= 0 ? 0 : min((input - shift - 1) / stride + 1, output)
        return sum + max(end - first, 0)
      }
    }
    let vertical = count(outputHeight, kernelHeight, stride.vertical, dilation.vertical, padding.top, inputHeight)
    let horizontal = count(
      outputWidth, kernelWidth, stride.horizontal, dilation.horizontal, padding.left, inputWidth)
    return Double(batch) * Double(vertical) * Double(horizontal)
  }
}
