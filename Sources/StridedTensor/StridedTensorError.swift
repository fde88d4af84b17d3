/// What can be wrong with a shape, a view or a write.
public enum StridedTensorError: Error, Hashable, Sendable {
  case rankMismatch(shape: [Int], strides: [Int])
  case rank(expected: Int, shape: [Int])
  case negativeLength(shape: [Int], axis: Int)
  case tooLarge(shape: [Int])
  case notEnoughMemory(elements: Int, itemSize: Int, limit: Int)
  case elementCount(expected: Int, got: Int, shape: [Int])
  /// A view leaves its buffer: the first index in row-major order that does, and the element and byte it would touch.
  case outOfBounds(index: [Int], element: Int, byte: Int, bufferBytes: Int)
  case axisOutOfRange(axis: Int, rank: Int)
  case notAPermutation(axes: [Int], rank: Int)
  case zeroStep
  case cannotBroadcast(shape: [Int], to: [Int])
  case cannotSqueeze(axis: Int, length: Int)
  /// A tile edge that does not divide its axis.
  case tile(Int, axis: Int, length: Int)
  case window(name: String, axis: Int, value: Int)
  case windowLongerThanAxis(axis: Int, span: Int, length: Int)
  case reshape(from: [Int], to: [Int])
  /// An index that is not one of the view's; the same rank and within each length was expected.
  case indexOutOfRange(index: [Int], shape: [Int])
  /// A write to `index` would change `also` with it: a bounded list of the other entries that show the same element.
  case overlappingWrite(index: [Int], element: Int, also: [[Int]], entries: Int?)
  /// Whether the view's entries share memory was not found out within the work bound, so writing is refused.
  case undecidedWrite(index: [Int], element: Int, also: [[Int]])
  case bufferTooSmall(expected: Int, got: Int)
  case invalidArgument(String)
}

extension StridedTensorError: CustomStringConvertible {
  public var description: String {
    switch self {
    case .rankMismatch(let shape, let strides):
      "expected one stride for each axis, got shape \(shape) with strides \(strides)"
    case .rank(let expected, let shape):
      "expected \(expected) axes, got shape \(shape)"
    case .negativeLength(let shape, let axis):
      "expected lengths of 0 or more, got \(shape[axis]) on axis \(axis) of shape \(shape)"
    case .tooLarge(let shape):
      "shape \(shape) reaches further than memory can be addressed"
    case .notEnoughMemory(let elements, let itemSize, let limit):
      elements > limit / itemSize
        ? "\(elements) elements of \(itemSize) bytes are more than this machine's memory of \(limit) bytes"
        : "the system gives no memory for \(elements) elements of \(itemSize) bytes"
    case .elementCount(let expected, let got, let shape):
      "shape \(shape) needs \(expected) elements, got \(got)"
    case .outOfBounds(let index, let element, let byte, let bufferBytes):
      "the view leaves its buffer: index \(tuple(index)) is element \(element), "
        + "byte \(byte), and the buffer is bytes 0..<\(bufferBytes)"
    case .axisOutOfRange(let axis, let rank):
      rank == 0 ? "expected no axis, the rank is 0, got \(axis)" : "expected an axis in 0..<\(rank), got \(axis)"
    case .notAPermutation(let axes, let rank):
      "expected each axis of 0..<\(rank) once, got \(axes)"
    case .zeroStep:
      "expected a step other than 0"
    case .cannotBroadcast(let shape, let target):
      "shape \(shape) does not broadcast to \(target): lengths must be equal or 1, compared from the last axis"
    case .cannotSqueeze(let axis, let length):
      "expected length 1 on axis \(axis) to drop it, got \(length)"
    case .tile(let edge, let axis, let length):
      edge < 1
        ? "expected a tile of at least 1, got \(edge)"
        : "a tile of \(edge) does not divide axis \(axis) of length \(length): \(length % edge) would be left over"
    case .window(let name, let axis, let value):
      "expected a window \(name) of at least 1 on axis \(axis), got \(value)"
    case .windowLongerThanAxis(let axis, let span, let length):
      "a window that spans \(span) does not fit on axis \(axis) of length \(length)"
    case .reshape(let shape, let target):
      "shape \(shape) cannot become \(target): the element counts differ"
    case .indexOutOfRange(let index, let shape):
      "expected an index within shape \(shape), got \(tuple(index))"
    case .overlappingWrite(let index, let element, let also, let entries):
      "entries of this view share memory: writing \(tuple(index)), element \(element), would also change "
        + list(also, of: entries.map { $0 - 1 })
    case .undecidedWrite(let index, let element, let also):
      "whether entries of this view share memory could not be decided within the work bound; writing "
        + "\(tuple(index)), element \(element), would " + (also.isEmpty ? "perhaps change others" : "also change ")
        + (also.isEmpty ? "" : list(also, of: nil))
    case .bufferTooSmall(let expected, let got):
      "expected a buffer of \(expected) elements, got \(got)"
    case .invalidArgument(let message):
      message
    }
  }

  private func tuple(_ index: [Int]) -> String { "(\(index.map(String.init).joined(separator: ",")))" }

  private func list(_ indices: [[Int]], of total: Int?) -> String {
    let shown = indices.map(tuple).joined(separator: " ")
    guard let total, total > indices.count else { return shown }
    return indices.isEmpty ? "\(total) other entries" : "\(shown) and \(total - indices.count) more"
  }
}
