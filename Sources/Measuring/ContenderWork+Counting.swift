import Convolution

extension ContenderWork {
  /// What an algorithm of ours does on a geometry.
  public init(of algorithm: ConvolutionAlgorithm, _ geometry: ConvolutionGeometry, itemSize: Int) {
    self.init(
      directOperations: Double(geometry.operations),
      executedOperations: geometry.executedOperations(of: algorithm),
      traffic: Traffic(of: algorithm, geometry, itemSize: itemSize))
  }
}

extension ConvolutionGeometry {
  /// Multiplications and additions that an algorithm executes.
  ///
  /// All multiply the padding's zeros, but for `direct`, which leaves them out, and `winograd`, which does other sums: for each tile
  /// and element of the transformed tile one product over the channels, and the transforms around them.
  public func executedOperations(of algorithm: ConvolutionAlgorithm) -> Double {
    switch algorithm {
    case .naive, .matmul, .im2col, .lazyIm2col: Double(operations)
    case .direct:
      2 * tapsMeetingInput * Double(groupInputChannels) * Double(outputChannels)
    case .winograd: WinogradTile.best(for: self).map { winogradOperations($0) } ?? Double(operations)
    case .auto: executedOperations(of: automaticChoice().algorithm)
    }
  }

  /// Operations on one line of a tile in `CMicrokernels/winograd.inc`, and the lines of a tile: columns, then rows.
  private func winogradOperations(_ tile: WinogradTile) -> Double {
    let (inputLine, outputLine) = tile == .four ? (19, 13) : (4, 4)
    let tiles = batch * tile.count(along: outputHeight) * tile.count(along: outputWidth)
    let perTile =
      Double(2 * tile.side * tile.side) * Double(inputChannels) * Double(outputChannels)
      + Double(2 * tile.side * inputLine) * Double(inputChannels)
      + Double((tile.side + tile.rawValue) * outputLine) * Double(outputChannels)
    return Double(tiles) * perTile
  }
}

extension WinogradTile {
  /// Tiles that cover a length of outputs.
  func count(along length: Int) -> Int { (length + rawValue - 1) / rawValue }
}
