import Convolution
import StridedTensor

extension ConvolutionValues {
  /// `productSum` of several columns of a row at once: what a screen full of running sums needs.
  ///
  /// The additions are made in the element type itself, one after the other, so each is the single sum bit for bit.
  ///
  /// - Parameters:
  ///   - row: of the patch matrix.
  ///   - columns: of the group.
  ///   - terms: how many products are summed.
  ///   - matrix: the patch matrix, of one group.
  /// - Complexity: O(terms · columns), a few cycles each.
  public func productSums(row: Int, columns: Range<Int>, terms: Int, of matrix: PatchMatrix) -> [Double] {
    let columns = columns.clamped(to: 0..<geometry.groupOutputChannels)
    switch (input, weight) {
    case (.float32(let input), .float32(let weight)):
      return sums(input, weight, row: row, columns: columns, terms: terms, of: matrix).map(Double.init)
    case (.float64(let input), .float64(let weight)):
      return sums(input, weight, row: row, columns: columns, terms: terms, of: matrix)
    default:
      return columns.map { productSum(row: row, column: $0, terms: terms, of: matrix) }
    }
  }

  private func sums<Element: TensorElement & BinaryFloatingPoint>(
    _ input: Tensor<Element>, _ weight: Tensor<Element>, row: Int, columns: Range<Int>, terms: Int,
    of matrix: PatchMatrix
  ) -> [Element] {
    let (g, field, channels) = (geometry, matrix.field(row: row), geometry.groupInputChannels)
    let strides = weight.strides
    let firstWeight = weight.layout.offset + (matrix.group * g.groupOutputChannels + columns.lowerBound) * strides[3]
    var sums = [Element](repeating: 0, count: columns.count)
    var left = min(max(terms, 0), matrix.columns)
    input.withUnsafeBuffer { inputs in
      weight.withUnsafeBuffer { weights in
        for i in 0..<g.kernelHeight {
          for j in 0..<g.kernelWidth where left > 0 {
            let corner = field.index(under: KernelIndex(i: i, j: j, c: 0))
            let isInside = addressing.contains(corner)
            let from = isInside ? addressing.offset(of: corner) : 0
            let place =
              firstWeight + (flipped ? g.kernelHeight - 1 - i : i) * strides[0]
              + (flipped ? g.kernelWidth - 1 - j : j) * strides[1]
            for c in 0..<min(channels, left) {
              let z = isInside ? inputs[from + c * addressing.layout.strides[3]] : 0
              let start = place + c * strides[2]
              for column in 0..<sums.count { sums[column] += z * weights[start + column * strides[3]] }
            }
            left -= channels
          }
        }
      }
    }
    return sums
  }
}
