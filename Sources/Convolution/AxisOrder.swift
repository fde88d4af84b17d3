/// Axis orders of pictures and weights, as arguments for `permuted`.
///
/// Convolutions here take NHWC and KKIO; PyTorch's tensors are a view away: `input.permuted(AxisOrder.nhwcFromNCHW)`.
public enum AxisOrder {
  public static let nhwcFromNCHW = [0, 2, 3, 1]
  public static let nchwFromNHWC = [0, 3, 1, 2]
  public static let kkioFromOIKK = [2, 3, 1, 0]
  public static let oikkFromKKIO = [3, 2, 0, 1]
}
