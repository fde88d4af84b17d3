import StridedTensor

/// A view of any rank laid out on a plane: some axes run down, the others across, blocks within blocks.
///
/// The axes alternate from the innermost outwards: across, down, across, down; so tiles stand as a grid of grids. Axes of length 1
/// take no place in that order. Pictures with channels keep y down and x, c across.
struct NestedGrid {
  let layout: Layout
  /// The axes that run down and across, outermost first.
  let down: [Int]
  let across: [Int]
  /// Blank lines between the innermost blocks.
  let gap: Int

  init(_ layout: Layout, axes: [String], hasGaps: Bool = false) {
    self.layout = layout
    let long = layout.shape.indices.filter { layout.shape[$0] != 1 }
    var down: [Int] = []
    let order = axes.compactMap { ["n", "y", "x", "i", "j", "c"].firstIndex(of: $0) }
    let isPicture = axes.last == "c" && order.count == layout.rank && order == order.sorted()
    if isPicture {
      down = layout.shape.indices.filter { ["n", "y", "i"].contains(axes[$0]) }
    } else if long.count == 3 {
      down = Array(long.prefix(2))
    } else {
      down = long.reversed().enumerated().filter { $0.offset % 2 == 1 }.map(\.element).reversed()
    }
    self.down = down
    across = layout.shape.indices.filter { !down.contains($0) }
    let blockRows = down.last.map { layout.shape[$0] } ?? 1
    gap = hasGaps && long.count > 2 && blockRows > 1 ? 1 : 0
  }

  private var cellRows: Int { down.reduce(1) { $0 * layout.shape[$1] } }
  /// Rows of the innermost block.
  private var blockRows: Int { max(down.last.map { layout.shape[$0] } ?? 1, 1) }
  /// Columns of the innermost block; all if there is only one.
  var blockColumns: Int {
    let long = across.filter { layout.shape[$0] != 1 }
    // Channels belong to their pixel, so the axis before them is in the block too where there are three axes across.
    guard let last = long.last else { return 1 }
    return long.count > 2 ? long.suffix(2).reduce(1) { $0 * layout.shape[$1] } : layout.shape[last]
  }

  var rows: Int { gap == 0 ? cellRows : cellRows + max(cellRows / blockRows - 1, 0) * gap }
  var columns: Int { across.reduce(1) { $0 * layout.shape[$1] } }

  /// The index that a place shows; nil between blocks.
  func index(row: Int, column: Int) -> [Int]? {
    guard row >= 0, column >= 0, row < rows, column < columns else { return nil }
    let period = blockRows + gap
    guard row % period < blockRows else { return nil }
    var index = [Int](repeating: 0, count: layout.rank)
    var rest = row / period * blockRows + row % period
    for axis in down.reversed() {
      index[axis] = rest % layout.shape[axis]
      rest /= layout.shape[axis]
    }
    rest = column
    for axis in across.reversed() {
      index[axis] = rest % layout.shape[axis]
      rest /= layout.shape[axis]
    }
    return index
  }

  /// The place of an index.
  func place(of index: [Int]) -> (row: Int, column: Int) {
    guard index.count == layout.rank else { return (0, 0) }
    let row = down.reduce(0) { $0 * layout.shape[$1] + index[$1] }
    return (
      row / blockRows * (blockRows + gap) + row % blockRows, across.reduce(0) { $0 * layout.shape[$1] + index[$1] }
    )
  }

  /// The innermost block around a place.
  func block(row: Int, column: Int) -> (rows: Range<Int>, columns: Range<Int>) {
    let top = row / (blockRows + gap) * (blockRows + gap)
    let left = column / max(blockColumns, 1) * max(blockColumns, 1)
    return (top..<top + blockRows, left..<left + blockColumns)
  }
}
