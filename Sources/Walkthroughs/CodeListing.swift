import Convolution

/// An algorithm in NumPy's terms for one geometry; the walk knows which line each step runs.
public struct CodeListing: Hashable, Sendable {
  public let lines: [String]

  init(_ lines: [String]) { self.lines = lines }
}

extension ConvolutionGeometry {
  /// The name of the array that the loops read, and the line that makes it: a padded copy, if there is padding.
  var paddedArray: (name: String, preparation: [String]) {
    guard !padding.isNone else { return ("Z", []) }
    let rows = "(\(padding.top),\(padding.bottom))"
    let columns = "(\(padding.left),\(padding.right))"
    return ("P", ["P = np.pad(Z, ((0,0), \(rows), \(columns), (0,0)))"])
  }

  /// `2*y+i`, `y+3*i`, `y`: an index of the padded input, without the terms that do nothing.
  static func index(output: String, kernel: String, stride: Int, dilation: Int, kernelLength: Int) -> String {
    let base = stride == 1 ? output : "\(stride)*\(output)"
    guard kernelLength > 1 else { return base }
    return base + "+" + (dilation == 1 ? kernel : "\(dilation)*\(kernel)")
  }

  /// `y:y+3`, `2*y:2*y+5:2`: a slice of the padded input under the kernel.
  static func slice(output: String, stride: Int, dilation: Int, span: Int) -> String {
    let base = stride == 1 ? output : "\(stride)*\(output)"
    return "\(base):\(base)+\(span)" + (dilation == 1 ? "" : ":\(dilation)")
  }
}
