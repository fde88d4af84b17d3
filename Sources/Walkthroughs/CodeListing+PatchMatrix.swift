import Convolution
import StridedTensor

extension PatchMatrixWalkthrough {
  /// The lines of im2col that the two phases run.
  public struct Code: Hashable, Sendable {
    public let listing: CodeListing
    /// The reshape that copies, and the product.
    public let copyLine: Int
    public let productLine: Int

    public func line(of step: PatchMatrixStep) -> Int {
      switch step {
      case .copyRow: copyLine
      case .multiply: productLine
      }
    }
  }

  /// The lecture's `conv_im2col` with this geometry's numbers; with groups, for one of them.
  public var code: Code {
    let g = matrix.geometry
    let (array, preparation) = g.paddedArray
    func times(_ factor: Int, _ name: String) -> String { factor == 1 ? name : "\(factor)*\(name)" }
    let channels = g.groupInputChannels
    let (first, last) = (matrix.group * channels, (matrix.group + 1) * channels)
    let source = g.groups == 1 ? array : "\(array)[...,\(first):\(last)]"
    let outputs = g.groupOutputChannels
    let weight = g.groups == 1 ? "W" : "W[...,\(matrix.group * outputs):\((matrix.group + 1) * outputs)]"
    var lines = preparation
    lines.append("sN, sH, sW, sC = \(array).strides")
    lines.append("V = as_strided(\(source),")
    lines.append(
      "  shape=(\(g.batch), \(g.outputHeight), \(g.outputWidth), \(g.kernelHeight), \(g.kernelWidth), \(channels)),")
    lines.append(
      "  strides=(sN, \(times(g.stride.vertical, "sH")), \(times(g.stride.horizontal, "sW")), "
        + "\(times(g.dilation.vertical, "sH")), \(times(g.dilation.horizontal, "sW")), sC))")
    let copyLine = lines.count
    lines.append("A = V.reshape(\(matrix.rows), \(matrix.columns))")
    let productLine = lines.count
    lines.append("out = A @ \(weight).reshape(\(matrix.columns), \(outputs))")
    lines.append("out = out.reshape(\(g.batch), \(g.outputHeight), \(g.outputWidth), \(outputs))")
    return Code(listing: CodeListing(lines), copyLine: copyLine, productLine: productLine)
  }
}
