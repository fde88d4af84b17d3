/// Neighbouring output positions along one axis whose receptive fields meet the input with the same kernel elements.
///
/// Away from the borders all kernel elements meet the input; near them the first or last ones fall on padding. An axis is
/// a few segments: at most 2·kernel + 1 for a step of 1.
struct AxisSegment: Hashable, Sendable {
  /// Output positions.
  let outputs: Range<Int>
  /// Kernel elements that meet the input, the others fall on padding.
  let taps: Range<Int>
  /// The input position that the first of these meets at the first output.
  let firstInput: Int

  /// Cuts an output axis into segments.
  ///
  /// - Complexity: O(output).
  static func all(
    output: Int, input: Int, kernel: Int, stride: Int, dilation: Int, before: Int
  ) -> [AxisSegment] {
    var result: [AxisSegment] = []
    func taps(at position: Int) -> Range<Int> {
      let start = position * stride - before
      let first = start >= 0 ? 0 : min((-start + dilation - 1) / dilation, kernel)
      let last = start >= input ? 0 : min((input - start + dilation - 1) / dilation, kernel)
      return first < last ? first..<last : 0..<0
    }
    var position = 0
    while position < output {
      let own = taps(at: position)
      var end = position + 1
      while end < output, taps(at: end) == own { end += 1 }
      result.append(
        AxisSegment(
          outputs: position..<end, taps: own,
          firstInput: own.isEmpty ? 0 : position * stride - before + own.lowerBound * dilation))
      position = end
    }
    return result
  }

  /// Outputs whose fields lie on padding alone.
  static func onPadding(outputs: Int) -> AxisSegment { AxisSegment(outputs: 0..<outputs, taps: 0..<0, firstInput: 0) }

  /// All outputs of an axis that meet the input with one kernel element; nil if none does.
  init?(meeting tap: Int, of segments: [AxisSegment], dilation: Int) {
    let meeting = segments.filter { $0.taps.contains(tap) }
    guard let first = meeting.first, let last = meeting.last else { return nil }
    self.init(
      outputs: first.outputs.lowerBound..<last.outputs.upperBound, taps: tap..<(tap + 1),
      firstInput: first.firstInput + (tap - first.taps.lowerBound) * dilation)
  }

  private init(outputs: Range<Int>, taps: Range<Int>, firstInput: Int) {
    self.outputs = outputs
    self.taps = taps
    self.firstInput = firstInput
  }
}

extension ConvolutionGeometry {
  var verticalSegments: [AxisSegment] {
    AxisSegment.all(
      output: outputHeight, input: inputHeight, kernel: kernelHeight, stride: stride.vertical,
      dilation: dilation.vertical, before: padding.top)
  }

  var horizontalSegments: [AxisSegment] {
    AxisSegment.all(
      output: outputWidth, input: inputWidth, kernel: kernelWidth, stride: stride.horizontal,
      dilation: dilation.horizontal, before: padding.left)
  }
}
