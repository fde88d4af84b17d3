import Convolution

/// im2col as a walk: first the patch matrix row by row, then the product; or, without a patch matrix, one product for each
/// kernel offset.
///
/// The product goes row by row (or tile by tile), a step being a row of the left factor times the whole right one; each row
/// can be taken apart into its multiplications.
public struct PatchMatrixWalkthrough: Hashable, Sendable {
  public let matrix: PatchMatrix
  public let form: MatrixProductWalkthrough.Form
  /// Edge of the product's tiles; nil for row by row.
  public let tile: Int?

  public init(matrix: PatchMatrix, form: MatrixProductWalkthrough.Form = .patchMatrix, tile: Int? = nil) {
    self.matrix = matrix
    self.form = form
    self.tile = tile
  }

  /// The product in its smallest steps: multiplications, or tiles.
  public var product: MatrixProductWalkthrough {
    MatrixProductWalkthrough(matrix: matrix, form: form, tile: tile ?? 1)
  }

  /// Steps that build the patch matrix; none where there is no patch matrix.
  public var copySteps: Int { form == .patchMatrix ? matrix.rows : 0 }
  public var productSteps: Int { tile == nil ? matrix.rows * product.products : product.count }
  /// Multiplications of one row of the product.
  public var multipliesPerRow: Int { product.columns * product.depth }
  public var count: Int { copySteps + productSteps }

  /// What step `t` does; `t` is brought into range.
  ///
  /// - Complexity: O(1).
  public func step(at t: Int) -> PatchMatrixStep {
    let t = min(max(t, 0), count - 1)
    guard t >= copySteps else { return .copyRow(t) }
    let product = product
    guard tile == nil else {
      let step = product.step(at: t - copySteps)
      return .multiply(
        ProductPart(
          rows: step.rows, columns: step.columns,
          terms: step.patchColumn(depth: step.depths.lowerBound)..<step.patchColumn(depth: step.depths.upperBound)))
    }
    let (number, row) = ((t - copySteps) / matrix.rows, (t - copySteps) % matrix.rows)
    return .multiply(
      ProductPart(
        rows: row..<row + 1, columns: 0..<product.columns,
        terms: number * product.depth..<(number + 1) * product.depth))
  }

  /// The step nearest in kind to `t` that is at a row of the matrix: in the building, or in the same product.
  public func step(atRow row: Int, like t: Int) -> Int {
    guard t >= copySteps else { return min(row, copySteps - 1) }
    return productStep(atRow: row, like: t)
  }

  /// The step that multiplies a row; of several products the one that `t` is in, else the first.
  public func productStep(atRow row: Int, like t: Int) -> Int {
    let within = max(t - copySteps, 0)
    guard tile == nil else {
      let number = product.step(at: within).product
      return copySteps + product.stepIndex(row: row, column: 0, depth: 0, product: number)
    }
    return copySteps + within / matrix.rows * matrix.rows + row
  }

  /// How many terms of its sum, in (i, j, c) order, an element of the output holds once step `t` is done.
  ///
  /// - Parameters:
  ///   - row: of the output, as a matrix.
  ///   - column: within the group.
  ///   - t: a step of the walk.
  ///   - multiply: the last multiplication that is done within the step; nil for all of them.
  /// - Complexity: O(1).
  public func termsSummed(row: Int, column: Int, after t: Int, multiply: Int? = nil) -> Int {
    guard t >= copySteps else { return 0 }
    let within = min(t, count - 1) - copySteps
    guard tile == nil else { return product.termsSummed(row: row, column: column, after: within) }
    let each = multipliesPerRow
    let last = multiply.map { min(max($0, 0), each - 1) } ?? each - 1
    return product.termsSummed(row: row, column: column, after: within * each + last)
  }

  /// Where multiplication `m` of step `t` stands, row by row: the output's column and the term; nil while copying.
  public func place(ofMultiply m: Int, in t: Int) -> (row: Int, column: Int, term: Int)? {
    guard tile == nil, case .multiply(let part) = step(at: t) else { return nil }
    let m = min(max(m, 0), multipliesPerRow - 1)
    return (part.rows.lowerBound, m / product.depth, part.terms.lowerBound + m % product.depth)
  }
}

/// One step of im2col.
public enum PatchMatrixStep: Hashable, Sendable {
  /// One receptive field is copied into one row of the patch matrix.
  case copyRow(Int)
  /// A part of the product: all output channels of one position, or a tile.
  case multiply(ProductPart)

  /// The row of the patch matrix that is written or read; of a tile the first.
  public var row: Int {
    switch self {
    case .copyRow(let row): row
    case .multiply(let part): part.rows.lowerBound
    }
  }
}

/// A part of the product: out[rows, columns] += A[rows, terms] · W[terms, columns].
public struct ProductPart: Hashable, Sendable {
  public let rows: Range<Int>
  /// Columns within the group.
  public let columns: Range<Int>
  /// Columns of the patch matrix, rows of the weight matrix.
  public let terms: Range<Int>
}
