/// Conversion between element types: exact between integers that hold the value, saturating otherwise.
enum ElementConversion {
  static func convert<From: TensorElement, To: TensorElement>(
    _ tensor: Tensor<From>
  ) throws(StridedTensorError) -> Tensor<To> {
    // An Int64 beyond 2⁵³ must not pass through a Double on its way to another integer.
    if let integers = tensor as? Tensor<Int64>, let target = To.self as? any (TensorElement & FixedWidthInteger).Type {
      return try convert(integers, through: target)
    }
    // Nor on its way to a Float: it would be rounded twice.
    if To.self == Float.self, let integers = tensor as? Tensor<Int64>,
      let floats = try integers.map(Float.init) as? Tensor<To>
    {
      return floats
    }
    return try tensor.map { To(nearest: $0.doubleValue) }
  }

  private static func convert<Integer: TensorElement & FixedWidthInteger, To: TensorElement>(
    _ tensor: Tensor<Int64>, through type: Integer.Type
  ) throws(StridedTensorError) -> Tensor<To> {
    try tensor.map { (value: Int64) -> To in
      (Integer(clamping: value) as? To) ?? To(nearest: value.doubleValue)
    }
  }
}
