import Convolution

/// How many receptive fields read each input cell, in closed form.
///
/// A field is a product of rows and columns, so the count of a cell is (fields over its row) × (fields over its column):
/// a table of H + W numbers tells it for all H·W cells, and for padding cells too.
public struct FieldCoverage: Hashable, Sendable {
  let vertical: AxisCoverage
  let horizontal: AxisCoverage

  public init(geometry: ConvolutionGeometry) {
    vertical = AxisCoverage(
      outputs: geometry.outputHeight, kernel: geometry.kernelHeight, stride: geometry.stride.vertical,
      dilation: geometry.dilation.vertical, padding: geometry.padding.top)
    horizontal = AxisCoverage(
      outputs: geometry.outputWidth, kernel: geometry.kernelWidth, stride: geometry.stride.horizontal,
      dilation: geometry.dilation.horizontal, padding: geometry.padding.left)
  }

  /// Receptive fields (of one group) that read an input cell: its copies in the patch matrix.
  ///
  /// - Complexity: O(Kh + Kw), whatever the picture's size.
  public func copies(y: Int, x: Int) -> Int { vertical.count(at: y) * horizontal.count(at: x) }

  /// Rows of fields that reach an input row, and columns of fields that reach an input column.
  public func rowReaders(of y: Int) -> Int { vertical.count(at: y) }
  public func columnReaders(of x: Int) -> Int { horizontal.count(at: x) }

  /// The largest count of any cell of the picture.
  ///
  /// - Complexity: O((Kh + stride)·Kh) and the same for the width: the counts repeat away from the borders.
  public func mostCopies(geometry: ConvolutionGeometry) -> Int {
    vertical.most(length: geometry.inputHeight) * horizontal.most(length: geometry.inputWidth)
  }

  /// Input rows at the bottom and columns at the right that no field reaches, because the stride does not come out even.
  public func unreachedEnds(geometry: ConvolutionGeometry) -> (rows: Int, columns: Int) {
    (vertical.unreachedEnd(length: geometry.inputHeight), horizontal.unreachedEnd(length: geometry.inputWidth))
  }
}

/// One picture axis: which output positions read an input position, through which kernel element.
struct AxisCoverage: Hashable, Sendable {
  let outputs: Int
  let kernel: Int
  let stride: Int
  let dilation: Int
  let padding: Int

  /// All (output, kernel element) with `output·stride + element·dilation − padding = position`, by rising output.
  ///
  /// - Complexity: O(kernel).
  func readers(of position: Int) -> [(output: Int, element: Int)] {
    var found: [(output: Int, element: Int)] = []
    forEachReader(of: position) { found.append(($0, $1)) }
    return found
  }

  /// - Complexity: O(1) where nothing is skipped, by the stride or by the dilation; else O(kernel).
  func count(at position: Int) -> Int {
    // Where the first kernel element would have to lie.
    let start = position + padding
    guard start >= 0 else { return 0 }
    if dilation == 1 {
      // Outputs whose kernel reaches from at most `start` to at least `start`.
      let first = start < kernel ? 0 : (start - kernel) / stride + 1
      return max(min(start / stride, outputs - 1) - first + 1, 0)
    }
    if stride == 1 {
      let first = start < outputs ? 0 : (start - outputs) / dilation + 1
      return max(min(start / dilation, kernel - 1) - first + 1, 0)
    }
    var count = 0
    forEachReader(of: position) { _, _ in count += 1 }
    return count
  }

  private func forEachReader(of position: Int, _ body: (Int, Int) -> Void) {
    // Larger elements belong to earlier outputs.
    for element in (0..<kernel).reversed() {
      let start = position + padding - element * dilation
      guard start >= 0, start % stride == 0, start / stride < outputs else { continue }
      body(start / stride, element)
    }
  }

  func most(length: Int) -> Int {
    // The count repeats with the stride away from the borders, so both ends and one stride of the middle show all there is.
    let span = (kernel - 1) * dilation + 1 + stride
    guard length > 3 * span else { return (0..<length).map(count(at:)).max() ?? 0 }
    let positions = [0..<span, length / 2..<length / 2 + stride, length - span..<length]
    return positions.joined().map(count(at:)).max() ?? 0
  }

  func unreachedEnd(length: Int) -> Int {
    let last = (outputs - 1) * stride + (kernel - 1) * dilation - padding
    return max(0, length - 1 - last)
  }
}
