import StridedTensor

/// The extent of a set of numbers: what widths, colour scales and legends are made from.
///
/// NaN and infinities are left out.
public struct NumberRange: Hashable, Sendable {
  public var lowest: Double
  public var highest: Double
  /// No number has a fraction.
  public var isIntegral: Bool
  /// There were NaNs or infinities among them.
  public var hasNonFinite: Bool

  public init(lowest: Double, highest: Double, isIntegral: Bool, hasNonFinite: Bool = false) {
    self.lowest = lowest
    self.highest = highest
    self.isIntegral = isIntegral
    self.hasNonFinite = hasNonFinite
  }

  /// The range of every element of a tensor's buffer; 0…0 if none is finite.
  ///
  /// - Complexity: O(buffer).
  public init(of tensor: AnyTensor) {
    // Pictures and outputs are large: for their types the loop is compiled by itself.
    switch tensor {
    case .float32(let tensor): self = RangeVisitor().visit(tensor)
    case .float64(let tensor): self = RangeVisitor().visit(tensor)
    default: self = tensor.visit(RangeVisitor())
    }
  }

  /// The largest absolute value.
  var magnitude: Double { max(abs(lowest), abs(highest)) }

  /// The range of both.
  func union(_ other: NumberRange) -> NumberRange {
    NumberRange(
      lowest: min(lowest, other.lowest), highest: max(highest, other.highest),
      isIntegral: isIntegral && other.isIntegral, hasNonFinite: hasNonFinite || other.hasNonFinite)
  }
}

private struct RangeVisitor: TensorVisitor {
  func visit<Element: TensorElement>(_ tensor: Tensor<Element>) -> NumberRange {
    tensor.withUnsafeBuffer { buffer in
      var lowest = Double.infinity
      var highest = -Double.infinity
      var isIntegral = true
      var hasNonFinite = false
      for element in buffer {
        let value = element.doubleValue
        guard value.isFinite else {
          hasNonFinite = true
          continue
        }
        lowest = min(lowest, value)
        highest = max(highest, value)
        if isIntegral && value != value.rounded() { isIntegral = false }
      }
      guard lowest <= highest else {
        return NumberRange(lowest: 0, highest: 0, isIntegral: true, hasNonFinite: hasNonFinite)
      }
      return NumberRange(lowest: lowest, highest: highest, isIntegral: isIntegral, hasNonFinite: hasNonFinite)
    }
  }
}
