/// One picture axis resolved: padding in numbers and the output length.
struct AxisGeometry {
  let before: Int
  let after: Int
  let output: Int

  init(
    axis: String, input: Int, kernel: Int, stride: Int, dilation: Int, rule: PaddingRule,
    before beforeSide: KeyPath<Padding, Int>, after afterSide: KeyPath<Padding, Int>
  ) throws(ConvolutionError) {
    let (reach, overflow) = (kernel - 1).multipliedReportingOverflow(by: dilation)
    guard !overflow, reach < ConvolutionGeometry.longestAxis else { throw .tooLarge }
    let span = reach + 1
    switch rule {
    case .explicit(let padding):
      before = padding[keyPath: beforeSide]
      after = padding[keyPath: afterSide]
    case .same:
      let wanted = (input + stride - 1) / stride
      let total = max((wanted - 1) * stride + span - input, 0)
      before = total / 2
      after = total - before
    }
    let padded = input + before + after
    guard span <= padded else {
      throw .kernelLargerThanInput(axis: axis, span: span, kernel: kernel, dilation: dilation, padded: padded)
    }
    output = (padded - span) / stride + 1
  }
}

extension ConvolutionGeometry {
  /// Longest axis, padding or step accepted: far beyond use, and small enough that sums of them never overflow.
  static let longestAxis = 1 << 40

  static func checkShapes(
    input: [Int], weight: [Int], parameters: ConvolutionParameters
  ) throws(ConvolutionError) {
    guard input.count == 4 else { throw .rank(of: "input", expected: "N×H×W×C", shape: input) }
    guard weight.count == 4 else { throw .rank(of: "weight", expected: "Kh×Kw×Cin×Cout", shape: weight) }
    for (name, shape) in [("input", input), ("weight", weight)] {
      guard shape.allSatisfy({ $0 > 0 }) else { throw .empty(name, shape: shape) }
      guard shape.allSatisfy({ $0 < longestAxis }) else { throw .tooLarge }
    }
    for (name, pair) in [("stride", parameters.stride), ("dilation", parameters.dilation)] {
      for value in [pair.vertical, pair.horizontal] {
        guard value >= 1 else { throw .notPositive(name, value) }
        guard value < longestAxis else { throw .tooLarge }
      }
    }
    if case .explicit(let padding) = parameters.padding {
      for value in [padding.top, padding.bottom, padding.left, padding.right] {
        guard value >= 0 else { throw .negativePadding(value) }
        guard value < longestAxis else { throw .tooLarge }
      }
    }
    let groups = parameters.groups
    guard groups >= 1 else { throw .notPositive("groups", groups) }
    guard input[3] % groups == 0 else { throw .groups(groups, divide: "input", channels: input[3]) }
    guard weight[3] % groups == 0 else { throw .groups(groups, divide: "output", channels: weight[3]) }
    guard weight[2] == input[3] / groups else {
      throw .channels(input: input[3], groups: groups, weight: weight[2])
    }
  }

  /// Throws unless tensors have the shapes that this geometry was made for.
  func check(input: [Int], weight: [Int]? = nil, bias: [Int]? = nil) throws(ConvolutionError) {
    guard isInputShape(input) else { throw .shape(of: "input", expected: inputShape, got: input) }
    if let weight, weight != weightShape { throw .shape(of: "weight", expected: weightShape, got: weight) }
    if let bias, bias != [outputChannels] { throw .bias(expected: outputChannels, shape: bias) }
  }

  /// Whether a shape is `inputShape`, without an array of numbers to compare with: small convolutions take less time than that.
  private func isInputShape(_ shape: [Int]) -> Bool {
    shape.count == 4 && shape[0] == batch && shape[1] == inputHeight && shape[2] == inputWidth
      && shape[3] == inputChannels
  }

  /// Every product of sizes that algorithms and screens form must fit in an `Int` with room to spare.
  func checkTotals() throws(ConvolutionError) {
    for shape in [inputShape, paddedShape, weightShape, outputShape] { _ = try Self.checkedProduct([16] + shape) }
    let rows = try Self.checkedProduct([batch, outputHeight, outputWidth])
    let columns = try Self.checkedProduct([kernelHeight, kernelWidth, groupInputChannels])
    _ = try Self.checkedProduct([2, rows, columns, outputChannels])
    _ = try Self.checkedProduct([16, rows, columns, groups])
  }

  private static func checkedProduct(_ factors: [Int]) throws(ConvolutionError) -> Int {
    var product = 1
    for factor in factors {
      let (next, overflow) = product.multipliedReportingOverflow(by: factor)
      guard !overflow, next < 1 << 60 else { throw .tooLarge }
      product = next
    }
    return product
  }
}
