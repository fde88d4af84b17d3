/// What can be wrong with a shape, a view or a write.
public enum StridedTensorError: Error, Hashable, Sendable {
  case rankMismatch(shape: [Int], strides: [Int])
  case negativeLength(shape: [Int], axis: Int)
  case tooLarge(shape: [Int])
  case elementCount(expected: Int, got: Int, shape: [Int])
  /// A view leaves its buffer: the first index in row-major order that does, and the element and byte it would touch.
  case outOfBounds(index: [Int], element: Int, byte: Int, bufferBytes: Int)
  case axisOutOfRange(axis: Int, rank: Int)
  case invalidArgument(String)
}

extension StridedTensorError: CustomStringConvertible {
  public var description: String {
    switch self {
    case .rankMismatch(let shape, let strides):
      "expected one stride for each axis, got shape \(shape) with strides \(strides)"
    case .negativeLength(let shape, let axis):
      "expected lengths of 0 or more, got \(shape[axis]) on axis \(axis) of shape \(shape)"
    case .tooLarge(let shape):
      "shape \(shape) reaches further than memory can be addressed"
    case .elementCount(let expected, let got, let shape):
      "shape \(shape) needs \(expected) elements, got \(got)"
    case .outOfBounds(let index, let element, let byte, let bufferBytes):
      "the view leaves its buffer: index (\(index.map(String.init).joined(separator: ","))) is element \(element), "
        + "byte \(byte), and the buffer is bytes 0..<\(bufferBytes)"
    case .axisOutOfRange(let axis, let rank):
      "expected an axis in 0..<\(rank), got \(axis)"
    case .invalidArgument(let message):
      message
    }
  }
}
