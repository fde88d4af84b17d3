import Convolution
import StridedTensor

/// The six-dimensional strided view (n, y, x, i, j, c) of which the patch matrix is the reshape, for one group.
///
/// With padding it lies over a padded row-major copy; without, over the input's own memory, at no cost.
public struct PatchView: Hashable, Sendable {
  /// The letters of the axes, in order.
  public static let axes = ["n", "y", "x", "i", "j", "c"]

  public let layout: Layout
  private let matrixShape: [Int]

  /// - Parameters:
  ///   - matrix: whose entries the view shows.
  ///   - input: the N×H×W×C view of the input.
  public init(matrix: PatchMatrix, input: Layout) throws(StridedTensorError) {
    let g = matrix.geometry
    var base = input.strides
    if !g.padding.isNone { base = try Layout.rowMajor(g.paddedShape).strides }
    layout = try Layout(
      shape: [g.batch, g.outputHeight, g.outputWidth, g.kernelHeight, g.kernelWidth, g.groupInputChannels],
      strides: [
        base[0], base[1] * g.stride.vertical, base[2] * g.stride.horizontal, base[1] * g.dilation.vertical,
        base[2] * g.dilation.horizontal, base[3],
      ])
    matrixShape = [matrix.rows, matrix.columns]
  }

  /// The strides of y, x, i, j: the lecture's `(Hs, Ws, Hs, Ws)`.
  public var pictureStrides: [Int] { Array(layout.strides[1...4]) }

  /// Two neighbouring axes that the reshape to the patch matrix would have to merge and cannot; nil if the matrix is a
  /// view too, as for a 1×1 kernel.
  public var pairThatDoesNotMerge: UnmergedAxes? {
    guard case .mustCopy(let pair)? = try? layout.reshape(to: matrixShape) else { return nil }
    return pair
  }
}
