/// What an exercise asks for.
public enum ExerciseKind: String, Hashable, Sendable, CaseIterable {
  /// Rows and columns of the output.
  case size
  /// The number at one output.
  case value
  /// How often the patch matrix copies a pixel.
  case copies
  /// Rows and columns of the patch matrix.
  case matrix
  /// The strides of a view.
  case strides
  /// The elements that given strides show.
  case picture
  /// Whether a reshape copies, and how much.
  case reshape
  /// Whether a view stays in its buffer, and by how much it does not.
  case bounds
  /// The byte at which an element lies.
  case address
  /// Which of two algorithms moves fewer bytes.
  case traffic

  /// What it is called where people read.
  public var title: String {
    switch self {
    case .size: "output size"
    case .value: "one output"
    case .copies: "copies"
    case .matrix: "the patch matrix"
    case .strides: "strides"
    case .picture: "what strides show"
    case .reshape: "reshape"
    case .bounds: "bounds"
    case .address: "addresses"
    case .traffic: "traffic"
    }
  }
}
