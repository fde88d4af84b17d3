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
  let rows: Int
  let columns: Int
  /// Rows of the innermost block.
  private let blockRows: Int
  /// Columns of the innermost block; all if there is only one.
  let blockColumns: Int

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
    let across = layout.shape.indices.filter { !down.contains($0) }
    self.down = down
    self.across = across
    let innerRows = down.last.map { layout.shape[$0] } ?? 1
    gap = hasGaps && long.count > 2 && innerRows > 1 ? 1 : 0
    blockRows = max(innerRows, 1)
    let cellRows = down.reduce(1) { $0 * layout.shape[$1] }
    rows = gap == 0 ? cellRows : cellRows + max(cellRows / blockRows - 1, 0) * gap
    columns = across.reduce(1) { $0 * layout.shape[$1] }
    let longAcross = across.filter { layout.shape[$0] != 1 }
    // Channels belong to their pixel, so the axis before them is in the block too where there are three axes across.
    blockColumns =
      longAcross.count > 2
      ? longAcross.suffix(2).reduce(1) { $0 * layout.shape[$1] } : longAcross.last.map { layout.shape[$0] } ?? 1
  }

  /// The index that a place shows; nil between blocks.
  func index(row: Int, column: Int) -> [Int]? {
    var index = [Int](repeating: 0, count: layout.rank)
    return forEachAxis(row: row, column: column) { index[$0] = $1 } ? index : nil
  }

  /// The element that a place shows; nil between blocks.
  func offset(row: Int, column: Int) -> Int? {
    var offset = layout.offset
    return forEachAxis(row: row, column: column) { offset += $1 * layout.strides[$0] } ? offset : nil
  }

  /// The position on each axis that a place shows; false, and none, between blocks.
  @inline(__always)
  private func forEachAxis(row: Int, column: Int, _ take: (_ axis: Int, _ position: Int) -> Void) -> Bool {
    guard row >= 0, column >= 0, row < rows, column < columns else { return false }
    let period = blockRows + gap
    guard row % period < blockRows else { return false }
    func split(_ place: Int, _ axes: [Int]) {
      var rest = place
      for axis in axes.reversed() {
        let (quotient, position) = rest.quotientAndRemainder(dividingBy: layout.shape[axis])
        take(axis, position)
        rest = quotient
      }
    }
    split(row / period * blockRows + row % period, down)
    split(column, across)
    return true
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
