extension Traffic {
  /// The model of the lecture's NumPy code; nil for ways that it does not have.
  ///
  /// Of the loops in Python only the arrays are counted, as they are for the same loops compiled; not what the interpreter moves.
  public init?(ofNumPy algorithm: ConvolutionAlgorithm, _ geometry: ConvolutionGeometry, itemSize: Int) {
    let arrays = ArrayBytes(geometry, itemSize: itemSize)
    let offsets = geometry.kernelHeight * geometry.kernelWidth
    switch algorithm {
    case .matmul:
      // `out += Z @ W[i,j]` makes an array for every product, which is then added.
      let pixels = geometry.patchRows * geometry.inputChannels * itemSize
      self.init(
        transfers: arrays.padding + [
          Transfer(.write, "output", bytesPerPass: arrays.output),
          Transfer(.read, arrays.walkedName, passes: offsets, bytesPerPass: pixels),
          Transfer(.read, "weight", bytesPerPass: arrays.weight),
          Transfer(.write, "product", passes: offsets, bytesPerPass: arrays.output),
          Transfer(.read, "product", passes: offsets, bytesPerPass: arrays.output),
          Transfer(.read, "output", passes: offsets, bytesPerPass: arrays.output),
          Transfer(.write, "output", passes: offsets, bytesPerPass: arrays.output),
        ], footprint: arrays.walked + 2 * arrays.output)
    case .im2col:
      let isView = offsets == 1 && geometry.stride == AxisPair(1)
      let patches = isView ? 0 : geometry.patchMatrixCount * itemSize
      self.init(
        transfers: arrays.padding
          + [
            Transfer(.read, arrays.walkedName, bytesPerPass: arrays.walked),
            Transfer(.write, "patch matrix", bytesPerPass: patches),
            Transfer(.read, "patch matrix", bytesPerPass: patches),
            Transfer(.read, "weight", bytesPerPass: arrays.weight),
            Transfer(.write, "output", bytesPerPass: arrays.output),
          ].filter { $0.bytes > 0 }, footprint: arrays.walked + patches + arrays.output)
    case .naive: self.init(of: .naive, geometry, itemSize: itemSize)
    case .lazyIm2col, .direct, .winograd, .auto: return nil
    }
  }
}
