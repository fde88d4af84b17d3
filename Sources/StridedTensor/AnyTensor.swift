/// A tensor whose element type is known only at run time, as files and command lines give it.
public enum AnyTensor: StridedView {
  case float32(Tensor<Float>)
  case float64(Tensor<Double>)
  case int32(Tensor<Int32>)
  case int64(Tensor<Int64>)
  case uint8(Tensor<UInt8>)
}

extension AnyTensor {
  /// Runs the same generic code whatever the element type is.
  public func visit<Visitor: TensorVisitor>(_ visitor: Visitor) throws(Visitor.Failure) -> Visitor.Result {
    switch self {
    case .float32(let tensor): try visitor.visit(tensor)
    case .float64(let tensor): try visitor.visit(tensor)
    case .int32(let tensor): try visitor.visit(tensor)
    case .int64(let tensor): try visitor.visit(tensor)
    case .uint8(let tensor): try visitor.visit(tensor)
    }
  }

  public var elementType: ElementType {
    switch self {
    case .float32: .float32
    case .float64: .float64
    case .int32: .int32
    case .int64: .int64
    case .uint8: .uint8
    }
  }

  public var layout: Layout {
    switch self {
    case .float32(let tensor): tensor.layout
    case .float64(let tensor): tensor.layout
    case .int32(let tensor): tensor.layout
    case .int64(let tensor): tensor.layout
    case .uint8(let tensor): tensor.layout
    }
  }

  /// How many elements the buffer behind the view holds.
  public var bufferCount: Int {
    switch self {
    case .float32(let tensor): tensor.bufferCount
    case .float64(let tensor): tensor.bufferCount
    case .int32(let tensor): tensor.bufferCount
    case .int64(let tensor): tensor.bufferCount
    case .uint8(let tensor): tensor.bufferCount
    }
  }

  /// The element at a buffer offset, for showing; nil outside the buffer.
  public func value(atOffset offset: Int) -> Double? {
    switch self {
    case .float32(let tensor): tensor.element(atOffset: offset).map(Double.init)
    case .float64(let tensor): tensor.element(atOffset: offset)
    case .int32(let tensor): tensor.element(atOffset: offset).map(Double.init)
    case .int64(let tensor): tensor.element(atOffset: offset).map(Double.init)
    case .uint8(let tensor): tensor.element(atOffset: offset).map(Double.init)
    }
  }
}
