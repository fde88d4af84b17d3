/// Generic code to run on an `AnyTensor`, whatever its element type.
public protocol TensorVisitor {
  associatedtype Result
  associatedtype Failure: Error = Never
  func visit<Element: TensorElement>(_ tensor: Tensor<Element>) throws(Failure) -> Result
}
