import Convolution

/// The kernels that have a name; each is a matrix that acts on every channel by itself.
public enum BuiltInKernel: String, Hashable, Sendable, CaseIterable {
  case sobelX = "sobel-x"
  case sobelY = "sobel-y"
  case laplacian, gaussian, box, sharpen, emboss, identity
}

extension BuiltInKernel {
  /// The longest side of a kernel made of binomial coefficients: they stay exact, and the numbers readable.
  static let longestBinomial = 31

  /// The kernel's values, row by row.
  ///
  /// Sobel's operators smooth with binomial coefficients along one axis and differentiate along the other, Gaussian's smooth
  /// along both; so they exist in all sizes, even ones too. `laplacian`, `sharpen` and `emboss` are 3×3 only.
  func values(_ size: AxisPair) throws(WordsError) -> [Double] {
    let (height, width) = (size.vertical, size.horizontal)
    switch self {
    case .sobelX:
      return outer(try binomial(height, size), try difference(width, size))
    case .sobelY:
      return outer(try difference(height, size), try binomial(width, size))
    case .gaussian:
      let (rows, columns) = (try binomial(height, size), try binomial(width, size))
      let total = rows.reduce(0, +) * columns.reduce(0, +)
      return outer(rows, columns).map { $0 / total }
    case .box:
      try checkArea(size)
      return [Double](repeating: 1 / Double(height * width), count: height * width)
    case .identity:
      try checkArea(size)
      var values = [Double](repeating: 0, count: height * width)
      values[(height - 1) / 2 * width + (width - 1) / 2] = 1
      return values
    case .laplacian: return try fixed([0, 1, 0, 1, -4, 1, 0, 1, 0], size)
    case .sharpen: return try fixed([0, -1, 0, -1, 5, -1, 0, -1, 0], size)
    case .emboss: return try fixed([-2, -1, 0, -1, 1, 1, 0, 1, 2], size)
    }
  }

  private func error(_ expected: String, _ size: AxisPair) -> WordsError {
    WordsError(option: "kernel-size", expected: "\(expected) for \(rawValue)", got: size.word)
  }

  private func fixed(_ values: [Double], _ size: AxisPair) throws(WordsError) -> [Double] {
    guard size == AxisPair(3) else { throw error("3", size) }
    return values
  }

  private func checkArea(_ size: AxisPair) throws(WordsError) {
    guard 1...4096 ~= size.vertical, 1...4096 ~= size.horizontal else { throw error("1 to 4096", size) }
  }

  /// A row of Pascal's triangle, `count` long.
  private func binomial(_ count: Int, _ size: AxisPair) throws(WordsError) -> [Double] {
    guard 1...Self.longestBinomial ~= count else { throw error("1 to \(Self.longestBinomial)", size) }
    var row: [Double] = [1]
    for _ in 1..<count { row = zip(row + [0], [0] + row).map { $0 + $1 } }
    return row
  }

  /// The differences of a smoothed row: −1 1, −1 0 1, −1 −1 1 1, −1 −2 0 2 1 and so on.
  private func difference(_ count: Int, _ size: AxisPair) throws(WordsError) -> [Double] {
    guard 2...Self.longestBinomial ~= count else { throw error("2 to \(Self.longestBinomial) across the edges", size) }
    let smooth = try binomial(count - 1, size)
    return zip([0] + smooth, smooth + [0]).map { $0 - $1 }
  }

  private func outer(_ rows: [Double], _ columns: [Double]) -> [Double] {
    rows.flatMap { row in columns.map { row * $0 } }
  }
}
