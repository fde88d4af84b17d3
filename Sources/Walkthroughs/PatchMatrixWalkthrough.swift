import Convolution

/// im2col as a walk: first the patch matrix row by row, then the product row by row.
public struct PatchMatrixWalkthrough: Hashable, Sendable {
  public let matrix: PatchMatrix

  public init(matrix: PatchMatrix) { self.matrix = matrix }

  /// Rows of the matrix, then as many rows of the product.
  public var count: Int { 2 * matrix.rows }

  /// What step `t` does; `t` is brought into range.
  ///
  /// - Complexity: O(1).
  public func step(at t: Int) -> PatchMatrixStep {
    let t = min(max(t, 0), count - 1)
    return t < matrix.rows ? .copyRow(t) : .multiplyRow(t - matrix.rows)
  }
}

/// One step of im2col.
public enum PatchMatrixStep: Hashable, Sendable {
  /// One receptive field is copied into one row of the patch matrix.
  case copyRow(Int)
  /// One row of the patch matrix is multiplied by the weight matrix: all output channels of one position.
  case multiplyRow(Int)

  /// The row of the patch matrix that is written or read.
  public var row: Int {
    switch self {
    case .copyRow(let row), .multiplyRow(let row): row
    }
  }
}
