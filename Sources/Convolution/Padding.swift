/// Rows and columns of zeros around the input, each side on its own.
public struct Padding: Hashable, Sendable {
  public var top: Int
  public var bottom: Int
  public var left: Int
  public var right: Int

  public init(top: Int, bottom: Int, left: Int, right: Int) {
    self.top = top
    self.bottom = bottom
    self.left = left
    self.right = right
  }

  /// The same padding on all four sides.
  public init(_ all: Int) { self.init(top: all, bottom: all, left: all, right: all) }

  public static let none = Padding(0)

  public var isNone: Bool { self == .none }
}

/// What was asked for as padding: numbers, or TensorFlow's `same`.
public enum PaddingRule: Hashable, Sendable {
  case explicit(Padding)
  /// Output length = ceil(input / stride); the odd pixel goes to the bottom and right.
  case same

  public static let valid = PaddingRule.explicit(.none)
}
