/// What `auto` takes for a geometry, and why.
public struct AutomaticChoice: Hashable, Sendable {
  public let algorithm: ConvolutionAlgorithm
  public let reason: String
}

extension ConvolutionGeometry {
  /// The choice of `auto`: the first line of the table that applies.
  ///
  /// | if | then | because |
  /// |---|---|---|
  /// | a weight is infinite or NaN | im2col by address | the others leave out or transform what meets the padding |
  /// | 3×3 at step 1, many channels both ways, exactness not asked, and it costs less | Winograd | see below |
  /// | else | direct | reads in place; as fast as the tile |
  ///
  /// Winograd takes 4 or 2.25 multiplications an output instead of 9, but reads 16 or 36 weights instead of 9, which small
  /// pictures with many channels do not win back; `MultiplicationCost` weighs both.
  ///
  /// - Parameters:
  ///   - isExact: forbids Winograd, whose rounding is some ten times that of the others.
  ///   - weightsAreFinite: whether no weight is infinite or NaN.
  public func automaticChoice(isExact: Bool = false, weightsAreFinite: Bool = true) -> AutomaticChoice {
    if !weightsAreFinite {
      return AutomaticChoice(
        algorithm: .lazyIm2col, reason: "a weight is infinite or NaN, so the zeros of the padding count")
    }
    if !isExact, inputChannels >= 32, outputChannels >= 32, let tile = WinogradTile.best(for: self),
      MultiplicationCost.winograd(tile, self) < .direct(self)
    {
      return AutomaticChoice(
        algorithm: .winograd, reason: "3×3 kernels at step 1 with many channels: fewer multiplications pay")
    }
    return AutomaticChoice(algorithm: .direct, reason: "reads the picture in place, without copies")
  }
}
