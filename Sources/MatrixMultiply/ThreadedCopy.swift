import StridedTensor

/// Copies a view into row-major memory on several threads: the copy of `contiguous()`, its outer axis shared out, and one
/// that can be stopped (`WorkerPool.stoppable`).
///
/// - Parameters:
///   - view: what is copied, in row-major order.
///   - target: as many elements as the view shows.
///   - threads: how many threads may work on it; small views are copied by the calling one alone.
/// - Complexity: O(count).
public func copyElements<Element: TensorElement>(
  of view: Tensor<Element>, into target: UnsafeMutableBufferPointer<Element>, threads: Int
) throws(StridedTensorError) {
  let worthwhile = 1 << 16
  let pastCache = Tensor<Element>.exceedsCache(view.count)
  let axis = view.shape.firstIndex { $0 > 1 } ?? 0
  guard threads > 1, view.count == target.count, view.count >= worthwhile, !view.shape.isEmpty else {
    return try copyInPieces(of: view, into: target, pastCache: pastCache)
  }
  let length = view.shape[axis]
  let shares = min(length, min(threads, WorkerPool.threadLimit) * 4)
  let perStep = view.count / length
  var parts: [(view: Tensor<Element>, target: UnsafeMutableBufferPointer<Element>)] = []
  for share in 0..<shares {
    let (start, stop) = (length * share / shares, length * (share + 1) / shares)
    let layout = try view.layout.slice(axis: axis, start: start, stop: stop)
    parts.append(
      (
        try view.asStrided(layout),
        UnsafeMutableBufferPointer(rebasing: target[(start * perStep)..<(stop * perStep)])
      ))
  }
  WorkerPool.shared.run(tasks: shares, threads: threads) { share in
    // Cannot fail: the part of the target has the part's size.
    try? copyInPieces(of: parts[share].view, into: parts[share].target, pastCache: pastCache)
  }
}

extension Tensor {
  /// What `contiguous()` gives, by a copy that can be stopped (`WorkerPool.stoppable`): what has not been copied then is
  /// not defined.
  public func contiguousInPieces() throws(StridedTensorError) -> Tensor {
    guard !layout.isContiguous else { return self }
    var failure: StridedTensorError?
    let copy = try Tensor(shape: shape) { target in
      do throws(StridedTensorError) {
        try copyInPieces(of: self, into: target, pastCache: Self.exceedsCache(count))
      } catch { failure = error }
    }
    if let failure { throw failure }
    return copy
  }
}

/// Elements that are copied in one go, some milliseconds: between two pieces the copy can be stopped.
private let pieceCount = 1 << 20

/// The copy on the calling thread, piece by piece along the outer axes.
private func copyInPieces<Element: TensorElement>(
  of view: Tensor<Element>, into target: UnsafeMutableBufferPointer<Element>, pastCache: Bool
) throws(StridedTensorError) {
  guard view.count > pieceCount, view.count == target.count, let axis = view.shape.firstIndex(where: { $0 > 1 })
  else { return try view.copyElements(into: target, pastCache: pastCache) }
  let length = view.shape[axis]
  let perStep = view.count / length
  let steps = max(pieceCount / perStep, 1)
  for start in stride(from: 0, to: length, by: steps) {
    if WorkerPool.isStopping { return }
    let stop = min(start + steps, length)
    let piece = try view.asStrided(view.layout.slice(axis: axis, start: start, stop: stop))
    try copyInPieces(
      of: piece, into: UnsafeMutableBufferPointer(rebasing: target[start * perStep..<stop * perStep]),
      pastCache: pastCache)
  }
}
