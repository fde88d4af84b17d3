import StridedTensor

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
  /// | 3×3 at step 1, a vector of channels both ways, exactness not asked, and it costs less | Winograd | see below |
  /// | else | direct | reads in place; as fast as the tile |
  ///
  /// Winograd takes 4 or 2.25 multiplications an output instead of 9, but reads 16 or 36 weights instead of 9, and transforms
  /// its tiles there and back, which few outputs or few channels do not win back; `MultiplicationCost` weighs them by what was
  /// measured with the instruction set (`ProcessorCosts`). Many weights that are used once are not worth their own
  /// transform either.
  ///
  /// - Parameters:
  ///   - isExact: forbids Winograd, whose rounding is some ten times that of the others.
  ///   - weightsAreFinite: whether no weight is infinite or NaN.
  ///   - runs: how often the weights are used once they are packed or transformed; nil for so often that preparing them
  ///     does not count.
  ///   - instructionSet: whose kernels are to run.
  public func automaticChoice(
    isExact: Bool = false, weightsAreFinite: Bool = true, runs: Int? = nil, instructionSet: InstructionSet = .best
  ) -> AutomaticChoice {
    let processor = ProcessorCosts(instructionSet)
    if !weightsAreFinite {
      return AutomaticChoice(
        algorithm: .lazyIm2col, reason: "a weight is infinite or NaN, so the zeros of the padding count")
    }
    if !isExact, min(inputChannels, outputChannels) >= processor.fewestWinogradChannels,
      let tile = WinogradTile.best(for: self, instructionSet: instructionSet),
      MultiplicationCost.winograd(tile, self, runs: runs, on: processor) < .direct(self, runs: runs, on: processor)
    {
      return AutomaticChoice(
        algorithm: .winograd, reason: "3×3 kernels at step 1: fewer multiplications pay for the transforms")
    }
    return AutomaticChoice(algorithm: .direct, reason: "reads the picture in place, without copies")
  }
}
