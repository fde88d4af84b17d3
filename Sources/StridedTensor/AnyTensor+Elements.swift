extension AnyTensor {
  public func asStrided(_ layout: Layout) throws(StridedTensorError) -> AnyTensor {
    try visit(StridedVisitor(layout: layout))
  }

  /// The same elements in row-major order, copied unless they already are.
  public func contiguous() throws(StridedTensorError) -> AnyTensor { try visit(ContiguousVisitor()) }

  /// The same elements in another shape: a view when strides can show it, else a copy.
  public func reshaped(to shape: [Int]) throws(StridedTensorError) -> AnyTensor {
    try visit(ReshapeVisitor(shape: shape))
  }

  /// The elements as another type, each to the nearest value; this tensor if the type is the same.
  public func converted(to type: ElementType) throws(StridedTensorError) -> AnyTensor {
    if type == elementType { return self }
    return try visit(ConversionVisitor(type: type))
  }

  /// All elements in row-major order, as Doubles.
  public var elementsAsDouble: [Double] { elementsAsDouble(first: .max) }

  /// The first elements in row-major order, at most `limit` of them, as Doubles.
  public func elementsAsDouble(first limit: Int) -> [Double] { visit(DoubleVisitor(limit: limit)) }
}

extension Tensor {
  /// This tensor with its element type forgotten.
  public var erased: AnyTensor { Element.erased(self) }
}

private struct StridedVisitor: TensorVisitor {
  let layout: Layout
  func visit<Element: TensorElement>(_ tensor: Tensor<Element>) throws(StridedTensorError) -> AnyTensor {
    try tensor.asStrided(layout).erased
  }
}

private struct ContiguousVisitor: TensorVisitor {
  func visit<Element: TensorElement>(_ tensor: Tensor<Element>) throws(StridedTensorError) -> AnyTensor {
    try tensor.contiguous().erased
  }
}

private struct ReshapeVisitor: TensorVisitor {
  let shape: [Int]
  func visit<Element: TensorElement>(_ tensor: Tensor<Element>) throws(StridedTensorError) -> AnyTensor {
    try tensor.reshaped(to: shape).erased
  }
}

private struct ConversionVisitor: TensorVisitor {
  let type: ElementType
  func visit<Element: TensorElement>(_ tensor: Tensor<Element>) throws(StridedTensorError) -> AnyTensor {
    switch type {
    case .float32: .float32(try tensor.converted(to: Float.self))
    case .float64: .float64(try tensor.converted(to: Double.self))
    case .int32: .int32(try tensor.converted(to: Int32.self))
    case .int64: .int64(try tensor.converted(to: Int64.self))
    case .uint8: .uint8(try tensor.converted(to: UInt8.self))
    }
  }
}

private struct DoubleVisitor: TensorVisitor {
  let limit: Int
  func visit<Element: TensorElement>(_ tensor: Tensor<Element>) -> [Double] {
    tensor.elements(first: limit).map(\.doubleValue)
  }
}
