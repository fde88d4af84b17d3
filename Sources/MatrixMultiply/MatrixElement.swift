import StridedTensor

/// An element type that matrix products run in: `Float` and `Double`.
public protocol MatrixElement: TensorElement, BinaryFloatingPoint {}

extension Float: MatrixElement {}
extension Double: MatrixElement {}
