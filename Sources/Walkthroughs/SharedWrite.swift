import StridedTensor

/// One write through a view, and every entry that changes with it because it shows the same memory.
public struct SharedWrite: Hashable, Sendable {
  public let layout: Layout
  public let index: [Int]
  /// The element that is written.
  public let offset: Int
  /// How many entries change, the written one included; nil if not decided within the work bound.
  public let count: Int?

  /// - Throws: `indexOutOfRange` for an index that is not one of the view's.
  public init(
    at index: [Int], of layout: Layout, workLimit: Int = Layout.analysisWorkLimit
  ) throws(StridedTensorError) {
    try layout.check(index: index)
    self.layout = layout
    self.index = index
    offset = layout.offset(of: index)
    count = layout.multiplicity(of: offset, workLimit: workLimit)
  }

  /// All entries that change, in row-major order, found as they are asked for; the written one is among them.
  public var entries: IndicesShowingElement { layout.indices(showing: offset) }

  /// Whether another entry of the view changes with this one.
  ///
  /// - Complexity: O(1) for an entry that shows the same offset.
  public func changes(_ other: [Int]) -> Bool { layout.offset(of: other) == offset }
}
