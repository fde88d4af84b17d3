/// A type that a tensor can hold: fixed-size numbers without references.
public protocol TensorElement: Numeric, Comparable, BitwiseCopyable, Sendable {
  /// The name and size of the type, for messages and files.
  static var elementType: ElementType { get }
  /// The value as a Double, for showing; exact but for Int64 beyond 2⁵³.
  var doubleValue: Double { get }
  /// The nearest value of this type; integers round to nearest, saturate, and turn NaN into 0.
  init(nearest value: Double)
  /// The tensor as the case of `AnyTensor` for this type.
  static func erased(_ tensor: Tensor<Self>) -> AnyTensor
}

/// The element types of NumPy that tensors here are made of.
public enum ElementType: String, Hashable, Sendable, CaseIterable {
  case float32, float64, int32, int64, uint8

  /// Bytes of one element.
  public var itemSize: Int {
    switch self {
    case .uint8: 1
    case .float32, .int32: 4
    case .float64, .int64: 8
    }
  }

  /// Whether convolutions run in this type.
  public var isFloating: Bool { self == .float32 || self == .float64 }
}

extension TensorElement where Self: BinaryFloatingPoint {
  public var doubleValue: Double { Double(self) }
  public init(nearest value: Double) { self.init(value) }
}

extension TensorElement where Self: FixedWidthInteger {
  public var doubleValue: Double { Double(self) }
  public init(nearest value: Double) {
    guard !value.isNaN else {
      self = 0
      return
    }
    let rounded = value.rounded()
    if rounded <= Double(Self.min) {
      self = .min
    } else if rounded >= Double(Self.max) {
      self = .max
    } else {
      self = Self(rounded)
    }
  }
}

extension Float: TensorElement {
  public static var elementType: ElementType { .float32 }
  public static func erased(_ tensor: Tensor<Float>) -> AnyTensor { .float32(tensor) }
}

extension Double: TensorElement {
  public static var elementType: ElementType { .float64 }
  public static func erased(_ tensor: Tensor<Double>) -> AnyTensor { .float64(tensor) }
}

extension Int32: TensorElement {
  public static var elementType: ElementType { .int32 }
  public static func erased(_ tensor: Tensor<Int32>) -> AnyTensor { .int32(tensor) }
}

extension Int64: TensorElement {
  public static var elementType: ElementType { .int64 }
  public static func erased(_ tensor: Tensor<Int64>) -> AnyTensor { .int64(tensor) }
}

extension UInt8: TensorElement {
  public static var elementType: ElementType { .uint8 }
  public static func erased(_ tensor: Tensor<UInt8>) -> AnyTensor { .uint8(tensor) }
}
