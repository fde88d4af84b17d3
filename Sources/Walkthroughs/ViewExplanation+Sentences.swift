import StridedTensor

/// The sentences that a screen shows; numbers first, one thought each.
extension ViewExplanation {
  /// Nil for a view that stays in its buffer.
  public var boundsSentence: String? {
    guard let excess else { return nil }
    let cells = excess.cellsOutside.map { "\($0) of \(layout.count) cells lie" } ?? "cells lie"
    let index = "(\(excess.firstIndex.map(String.init).joined(separator: ",")))"
    var sentence = "\(cells) outside the buffer; the first is \(index), byte \(excess.byte)"
    if excess.bytesPastEnd > 0 { sentence += ", and the view ends \(excess.bytesPastEnd) bytes too far" }
    if excess.bytesBeforeStart > 0 { sentence += ", and it begins \(excess.bytesBeforeStart) bytes too early" }
    return sentence + "; nothing is read"
  }

  /// - Parameter names: letters of the axes.
  public func contiguitySentence(names: [String] = []) -> String {
    guard let axis = axisBreakingContiguity, let expectedStride else { return "contiguous" }
    let name = names.indices.contains(axis) ? names[axis] : "axis \(axis)"
    let found = saturatingProduct(layout.strides[axis], itemSize)
    return
      "not contiguous: \(name) steps \(found) bytes, row-major order \(saturatingProduct(expectedStride, itemSize))"
  }

  /// Bytes as reported against bytes of memory.
  public var bytesSentence: String {
    let touched = touchedBytes.map { "\($0) bytes of memory" } ?? "memory not counted"
    return "nbytes says \(reportedBytes); the cells show \(touched)"
  }

  /// Nil unless byte strides were probably given as elements.
  public var mistakeSentence: String? {
    guard let meantInBytes else { return nil }
    func list(_ numbers: [Int]) -> String { numbers.map(String.init).joined(separator: ",") }
    return "strides \(list(layout.strides)) are bytes given as elements: "
      + "divided by the item size \(itemSize) they are \(list(meantInBytes.strides)), and the view fits"
  }
}
