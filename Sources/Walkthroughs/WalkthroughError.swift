/// What can be wrong with the numbers that a walkthrough is asked for.
public enum WalkthroughError: Error, Hashable, Sendable {
  /// A cache that cannot be built: the reason says what was expected and what came.
  case cache(String)
  /// A `SHAPE:STRIDES:OFFSET` word that cannot be read.
  case viewWord(String, reason: String)
  /// A tile edge below 1 or above the matrix's.
  case tile(Int, matrix: Int)
  /// A matrix size or row padding outside what is walked.
  case matrix(size: Int, rowPadding: Int, limit: Int)
  /// An array that is shorter than its matrix.
  case buffer(expected: Int, got: Int)
  /// A view that a preset cannot make over this input.
  case preset(String, reason: String)
}

extension WalkthroughError: CustomStringConvertible {
  public var description: String {
    switch self {
    case .cache(let reason): reason
    case .viewWord(let word, let reason): "cannot read the view '\(word)': \(reason)"
    case .tile(let edge, let matrix): "expected a tile of 1 to \(matrix), the matrix's edge, got \(edge)"
    case .matrix(let size, let rowPadding, let limit):
      size < 1 || size > limit
        ? "expected a matrix edge of 1 to \(limit), got \(size)"
        : "expected a row padding of 0 to \(limit), got \(rowPadding)"
    case .buffer(let expected, let got): "expected at least \(expected) elements, got \(got)"
    case .preset(let name, let reason): "the view '\(name)' does not exist here: \(reason)"
    }
  }
}
