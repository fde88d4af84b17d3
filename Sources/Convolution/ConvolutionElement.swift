import MatrixMultiply
import StridedTensor

/// An element type that convolutions run in: `Float` and `Double`.
public protocol ConvolutionElement: MatrixElement {}

extension Float: ConvolutionElement {}
extension Double: ConvolutionElement {}
