import StridedTensor

/// Why a convolution has no answer.
public enum ConvolutionError: Error, Hashable, Sendable {
  case rank(of: String, expected: String, shape: [Int])
  case empty(String, shape: [Int])
  case notPositive(String, Int)
  case negativePadding(Int)
  case groups(Int, divide: String, channels: Int)
  case channels(input: Int, groups: Int, weight: Int)
  case kernelLargerThanInput(axis: String, span: Int, kernel: Int, dilation: Int, padded: Int)
  case bias(expected: Int, shape: [Int])
  case tooLarge
  /// The geometry was made for other shapes than the tensor given with it.
  case shape(of: String, expected: [Int], got: [Int])
  /// Output and copies together would take more bytes than allowed.
  case memory(of: String, bytes: Int, limit: Int)
  /// The algorithm was named, and does not cover the geometry.
  case notCovered(ConvolutionAlgorithm, by: String)
  /// The algorithm has no prepared form.
  case notPrepared(ConvolutionAlgorithm)
  case tensor(StridedTensorError)
}

extension ConvolutionError: CustomStringConvertible {
  public var description: String {
    switch self {
    case .rank(let name, let expected, let shape):
      "expected the \(name) as \(expected), got shape \(shape)"
    case .empty(let name, let shape):
      "expected every length of the \(name) to be at least 1, got shape \(shape)"
    case .notPositive(let name, let value):
      "expected \(name) of at least 1, got \(value)"
    case .negativePadding(let value):
      "expected padding of 0 or more, got \(value)"
    case .groups(let groups, let side, let channels):
      "groups must divide the \(side) channels: \(channels) is not a multiple of \(groups)"
    case .channels(let input, let groups, let weight):
      groups == 1
        ? "the input has \(input) channel\(input == 1 ? "" : "s") but the weight reads \(weight)"
        : "the input has \(input) channels in \(groups) groups, so a weight reads \(input / groups); this one reads \(weight)"
    case .kernelLargerThanInput(let axis, let span, let kernel, let dilation, let padded):
      "the kernel does not fit: its \(axis) is \(span)"
        + (dilation > 1 ? " (\(kernel) with dilation \(dilation))" : "")
        + ", the padded input's is \(padded)"
    case .bias(let expected, let shape):
      "expected a bias of shape [\(expected)], one for each output channel, got shape \(shape)"
    case .tooLarge:
      "these sizes reach further than memory can be addressed"
    case .shape(let name, let expected, let got):
      "expected the \(name) in shape \(expected), got \(got)"
    case .memory(let name, let bytes, let limit):
      "\(name) would take \(bytes) bytes for its output and copies, the limit is \(limit)"
    case .notCovered(let algorithm, let coverage):
      "\(algorithm.rawValue) covers \(coverage); this convolution is another, take auto or direct"
    case .notPrepared(let algorithm):
      "\(algorithm.rawValue) has nothing to prepare; expected auto, lazy-im2col, direct or winograd"
    case .tensor(let error):
      error.description
    }
  }
}
