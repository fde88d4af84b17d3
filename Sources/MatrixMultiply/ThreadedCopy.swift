import StridedTensor

/// Copies a view into row-major memory on several threads: the copy of `contiguous()`, its outer axis shared out.
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
  let axis = view.shape.firstIndex { $0 > 1 } ?? 0
  guard threads > 1, view.count == target.count, view.count >= worthwhile, !view.shape.isEmpty else {
    return try view.copyElements(into: target)
  }
  let length = view.shape[axis]
  let shares = min(length, threads * 4)
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
    try? parts[share].view.copyElements(into: parts[share].target)
  }
}
