/// The ways to compute a convolution, by the names of the command line.
public enum ConvolutionAlgorithm: String, CaseIterable, Sendable {
  /// Seven loops: the oracle of all others.
  case naive
  /// One matrix product for each kernel offset.
  case matmul
  /// One matrix product with the patch matrix.
  case im2col
  /// The product of im2col with the patch rows fetched by address: no matrix in memory.
  case lazyIm2col = "lazy-im2col"
  /// The register tile reads the receptive fields where they lie.
  case direct
  /// Winograd's F(4×4, 3×3) and F(2×2, 3×3).
  case winograd
  /// The fastest of those that cover the geometry; `ConvolutionGeometry.automaticChoice` says which and why.
  case auto

  /// Whether it computes every geometry.
  public func covers(_ geometry: ConvolutionGeometry) -> Bool {
    self != .winograd || WinogradTile.best(for: geometry) != nil
  }
}
