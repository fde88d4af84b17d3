import Convolution

/// The product that makes the output, for one group: row × column with a running sum, element by element or tile by tile.
///
/// The sums start at 0 and take their terms in (i, j, c) order, in place, in both forms; so every output element is the same sum
/// bit for bit, whatever the form and the tile. The bias is not part of it.
public struct MatrixProductWalkthrough: Hashable, Sendable {
  public enum Form: String, Hashable, Sendable, CaseIterable {
    /// The patch matrix times the weight matrix: one product of depth Kh·Kw·C/groups.
    case patchMatrix
    /// One product of depth C/groups for each kernel offset (i, j), all added into one output; 1×1 is the case with one.
    case perOffset
  }

  public let matrix: PatchMatrix
  public let form: Form
  /// Edge of the tiles; 1 is element by element, in the order row, column, depth.
  public let tile: Int

  /// - Parameters:
  ///   - matrix: the left factor, of one group.
  ///   - form: one product, or one for each kernel offset.
  ///   - tile: brought into 1...limit.
  public init(matrix: PatchMatrix, form: Form, tile: Int = 1) {
    self.matrix = matrix
    self.form = form
    self.tile = min(max(tile, 1), TiledMatrix.limit)
  }

  private var geometry: ConvolutionGeometry { matrix.geometry }
  /// Rows and columns of the output, of this group.
  public var rows: Int { matrix.rows }
  public var columns: Int { geometry.groupOutputChannels }
  /// Terms of a sum in one product.
  public var depth: Int { form == .patchMatrix ? matrix.columns : geometry.groupInputChannels }
  /// Products that are added: 1, or one for each kernel offset.
  public var products: Int { form == .patchMatrix ? 1 : geometry.kernelHeight * geometry.kernelWidth }

  private func tiles(_ length: Int) -> Int { (length - 1) / tile + 1 }
  private var stepsPerProduct: Int { tiles(rows) * tiles(columns) * tiles(depth) }

  /// Steps in all: one multiplication and addition each, or one tile each.
  public var count: Int { stepsPerProduct * products }

  /// What step `t` does; `t` is brought into range.
  ///
  /// - Complexity: O(1).
  public func step(at t: Int) -> MatrixProductStep {
    var rest = min(max(t, 0), count - 1)
    func part(_ length: Int) -> Range<Int> {
      let start = rest % tiles(length) * tile
      rest /= tiles(length)
      return start..<min(start + tile, length)
    }
    let depths = part(depth)
    let columns = part(columns)
    let rows = part(rows)
    return MatrixProductStep(walk: self, product: rest, rows: rows, columns: columns, depths: depths)
  }

  /// The step that adds the term `depth` of a product to an output element.
  ///
  /// - Complexity: O(1).
  public func stepIndex(row: Int, column: Int, depth: Int, product: Int = 0) -> Int {
    let place = (row / tile * tiles(columns) + column / tile) * tiles(self.depth) + depth / tile
    return product * stepsPerProduct + place
  }

  /// How many terms of its sum, in (i, j, c) order, an output element holds once step `t` is done: 0 before its first.
  ///
  /// - Complexity: O(1).
  public func termsSummed(row: Int, column: Int, after t: Int) -> Int {
    guard t >= 0 else { return 0 }
    let t = min(t, count - 1)
    let first = stepIndex(row: row, column: column, depth: 0)
    let tilesDone = min(max(t % stepsPerProduct - first + 1, 0), tiles(depth))
    return t / stepsPerProduct * depth + min(tilesDone * tile, depth)
  }
}

/// One step of a matrix product: a tile of the output is added to from a tile of each factor.
public struct MatrixProductStep: Hashable, Sendable {
  private let walk: MatrixProductWalkthrough
  /// The number of the product: with one for each kernel offset, i·Kw + j.
  public let product: Int
  public let rows: Range<Int>
  /// Columns within the group.
  public let columns: Range<Int>
  /// Depths within the product.
  public let depths: Range<Int>

  init(walk: MatrixProductWalkthrough, product: Int, rows: Range<Int>, columns: Range<Int>, depths: Range<Int>) {
    self.walk = walk
    self.product = product
    self.rows = rows
    self.columns = columns
    self.depths = depths
  }

  private var geometry: ConvolutionGeometry { walk.matrix.geometry }

  /// The kernel offset whose product this is; nil for the patch matrix's single product.
  public var kernelOffset: (i: Int, j: Int)? {
    walk.form == .perOffset ? (product / geometry.kernelWidth, product % geometry.kernelWidth) : nil
  }

  /// Whether this step begins or ends the sums of its output elements.
  public var beginsSums: Bool { product == 0 && depths.lowerBound == 0 }
  public var endsSums: Bool { product == walk.products - 1 && depths.upperBound == walk.depth }

  /// The column of the patch matrix that a depth stands for, and the row of the weight matrix.
  public func patchColumn(depth: Int) -> Int { product * walk.depth + depth }

  /// The kernel element that a depth stands for.
  public func kernelIndex(depth: Int) -> KernelIndex {
    walk.matrix.kernelIndex(column: patchColumn(depth: depth))
  }

  /// The input index that the left factor shows at a row and depth; it may lie in the padding.
  public func inputIndex(row: Int, depth: Int) -> InputIndex {
    walk.matrix.inputIndex(PatchEntry(row: row, column: patchColumn(depth: depth)))
  }

  /// What the left factor reads: an entry of the patch matrix, or the shifted input itself.
  ///
  /// - Parameters:
  ///   - row: of the left factor.
  ///   - depth: of the product, so a column of the left factor.
  ///   - input: the N×H×W×C addressing of the input.
  public func leftAddress(row: Int, depth: Int, input: InputAddressing) -> Address {
    guard walk.form == .perOffset else {
      return .element(.patchMatrix, offset: row * walk.matrix.columns + depth)
    }
    return input.address(of: inputIndex(row: row, depth: depth))
  }

  /// What the right factor reads, in a row-major Kh×Kw×(C/groups)×Cout weight.
  public func weightAddress(depth: Int, column: Int) -> Address {
    .element(.weight, offset: patchColumn(depth: depth) * geometry.outputChannels + outputChannel(column: column))
  }

  /// What is added to, in a row-major N×Ho×Wo×Cout output.
  public func outputAddress(row: Int, column: Int) -> Address {
    .element(.output, offset: row * geometry.outputChannels + outputChannel(column: column))
  }

  /// The output channel of a column of this group.
  public func outputChannel(column: Int) -> Int { walk.matrix.group * geometry.groupOutputChannels + column }
}
