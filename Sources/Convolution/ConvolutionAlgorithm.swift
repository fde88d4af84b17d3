/// The ways to compute a convolution, by the names of the command line.
public enum ConvolutionAlgorithm: String, CaseIterable, Sendable {
  /// Seven loops: the oracle of all others.
  case naive
  /// One matrix product for each kernel offset.
  case matmul
  /// One matrix product with the patch matrix.
  case im2col
}
