import StridedTensor

/// Walking a view over its own memory, side by side with walking its contiguous copy: two cursors, one element a step.
///
/// `step(at:)` is O(rank) for any step. Values are looked up by the caller; offsets outside the buffer are given as they
/// are and must not be read.
public struct ContiguousCopyWalkthrough: Hashable, Sendable {
  /// The view, in its own row-major order over the old memory.
  public let view: LayoutWalk
  /// The copy's layout over its own new buffer.
  public let copy: Layout
  public let itemSize: Int

  /// - Parameters:
  ///   - view: what is copied.
  ///   - itemSize: bytes of an element.
  public init(view: Layout, itemSize: Int) {
    self.view = LayoutWalk(view)
    copy = view.contiguousCopy
    self.itemSize = itemSize
  }

  public var count: Int { view.count }

  /// What step `t` touches; `t` is brought into range, and nil is for a view without elements.
  ///
  /// - Complexity: O(rank).
  public func step(at t: Int) -> ContiguousCopyStep? {
    guard count > 0 else { return nil }
    let t = min(max(t, 0), count - 1)
    let index = view.index(at: t)
    let offset = view.offset(at: t)
    var turned = view.layout.rank - 1
    if t > 0 {
      // The innermost axes that are at their start have just been wound back; the one before them has moved on.
      while turned > 0, index[turned] == 0 { turned -= 1 }
    }
    return ContiguousCopyStep(
      t: t, index: index, offset: offset, copyOffset: t,
      jump: t > 0 ? (offset &- view.offset(at: t - 1)) &* itemSize : nil, copyJump: t > 0 ? itemSize : nil,
      movedAxis: t > 0 && view.layout.rank > 0 ? turned : nil)
  }

  /// The jump in bytes of the view's cursor whenever an axis moves on, those within it being wound back.
  ///
  /// Entry k is `strides[k] − Σ (shape[m] − 1)·strides[m]` over the axes m > k, in bytes; the last is the innermost
  /// stride. For a contiguous view all are the item size. Every jump of the walk is one of these.
  public var jumps: [Int] {
    let layout = view.layout
    var result = [Int](repeating: 0, count: layout.rank)
    var wound = 0
    for axis in (0..<layout.rank).reversed() {
      result[axis] = (layout.strides[axis] &- wound) &* itemSize
      wound &+= (layout.shape[axis] - 1) &* layout.strides[axis]
    }
    return result
  }

  /// The loops of the copy and of a pass over it, and which line each step runs.
  ///
  /// - Parameter names: letters of the axes.
  public func code(names: [String] = []) -> (listing: CodeListing, readLine: Int) {
    let layout = view.layout
    let letters = (0..<layout.rank).map { names.indices.contains($0) ? names[$0] : "i\($0)" }
    func list(_ numbers: [Int]) -> String { numbers.map(String.init).joined(separator: ", ") }
    func tuple(_ numbers: [Int]) -> String { "(\(list(numbers))\(numbers.count == 1 ? "," : ""))" }
    let source = layout.offset == 0 ? "A" : "A.ravel()[\(layout.offset):]"
    var lines = [
      "B = as_strided(\(source), shape=\(tuple(layout.shape)),",
      "  strides=\(tuple(layout.byteStrides(itemSize: itemSize))))",
      "C = np.empty(\(layout.count), A.dtype)",
      "t = 0",
    ]
    for axis in 0..<layout.rank {
      lines.append(String(repeating: " ", count: axis) + "for \(letters[axis]) in range(\(layout.shape[axis])):")
    }
    let indent = String(repeating: " ", count: layout.rank)
    let readLine = lines.count
    lines.append(indent + "C[t] = B[\(letters.isEmpty ? "()" : letters.joined(separator: ","))]; t += 1")
    lines.append("C = C.reshape(\(tuple(layout.shape)))  # strides \(tuple(copy.byteStrides(itemSize: itemSize)))")
    return (CodeListing(lines), readLine)
  }
}

/// One step of the race: the two cursors at the same logical index.
public struct ContiguousCopyStep: Hashable, Sendable {
  public let t: Int
  public let index: [Int]
  /// The element of the old memory, in elements; may lie outside a buffer that the view leaves.
  public let offset: Int
  /// The element of the copy: `t` itself.
  public let copyOffset: Int
  /// Bytes from the element of the step before, for each cursor; nil at the first step.
  public let jump: Int?
  public let copyJump: Int?
  /// The axis whose index moved on (those within it went back to 0); nil at the first step.
  public let movedAxis: Int?
}
