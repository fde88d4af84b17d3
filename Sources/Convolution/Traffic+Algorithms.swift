import MatrixMultiply

extension Traffic {
  /// The model of an algorithm of ours: its passes over input, copies, weight and output.
  public init(of algorithm: ConvolutionAlgorithm, _ geometry: ConvolutionGeometry, itemSize: Int) {
    let arrays = ArrayBytes(geometry, itemSize: itemSize)
    switch algorithm {
    case .naive: self.init(naive: geometry, arrays, itemSize: itemSize)
    case .matmul: self.init(perOffset: geometry, arrays, itemSize: itemSize)
    case .im2col: self.init(im2col: geometry, arrays)
    case .lazyIm2col, .direct: self.init(compulsory: geometry, itemSize: itemSize)
    case .winograd: self.init(winograd: geometry, arrays, itemSize: itemSize)
    case .auto: self.init(of: geometry.automaticChoice().algorithm, geometry, itemSize: itemSize)
    }
  }

  /// What any algorithm moves at least: input and weight read once, the output written once.
  public init(compulsory geometry: ConvolutionGeometry, itemSize: Int) {
    let arrays = ArrayBytes(geometry, itemSize: itemSize)
    self.init(
      transfers: [
        Transfer(.read, "input", bytesPerPass: arrays.input), Transfer(.read, "weight", bytesPerPass: arrays.weight),
        Transfer(.write, "output", bytesPerPass: arrays.output),
      ], footprint: arrays.input + arrays.weight + arrays.output)
  }

  /// For each picture, one pass for every pair of an input and an output channel.
  ///
  /// A pass that takes one channel of many still fetches the cache lines around it: of pixels wider than a line, one line each.
  private init(naive geometry: ConvolutionGeometry, _ arrays: ArrayBytes, itemSize: Int) {
    let line = 64
    func bytes(_ pixels: Int, _ channels: Int) -> Int { pixels * min(channels * itemSize, line) }
    let passes = geometry.groupInputChannels * geometry.outputChannels
    let input = bytes(geometry.batch * geometry.paddedHeight * geometry.paddedWidth, geometry.inputChannels)
    let output = bytes(geometry.patchRows, geometry.outputChannels)
    self.init(
      transfers: arrays.padding + [
        Transfer(.write, "output", bytesPerPass: arrays.output),
        Transfer(.read, arrays.walkedName, passes: passes, bytesPerPass: input),
        Transfer(.read, "weight", bytesPerPass: arrays.weight),
        Transfer(.read, "output", passes: passes, bytesPerPass: output),
        Transfer(.write, "output", passes: passes, bytesPerPass: output),
      ], footprint: (arrays.walked + arrays.output) / geometry.batch)
  }

  /// One pass over the pixels and the whole output for every kernel offset.
  private init(perOffset geometry: ConvolutionGeometry, _ arrays: ArrayBytes, itemSize: Int) {
    let offsets = geometry.kernelHeight * geometry.kernelWidth
    let pixels = geometry.patchRows * geometry.inputChannels * itemSize
    let sums = offsets * MatrixMultiply.passesOverResult(depth: geometry.groupInputChannels)
    self.init(
      transfers: arrays.padding + [
        Transfer(.write, "output", bytesPerPass: arrays.output),
        Transfer(.read, arrays.walkedName, passes: offsets, bytesPerPass: pixels),
        Transfer(.read, "weight", bytesPerPass: arrays.weight),
        Transfer(.read, "output", passes: sums, bytesPerPass: arrays.output),
        Transfer(.write, "output", passes: sums, bytesPerPass: arrays.output),
      ], footprint: arrays.walked + arrays.output)
  }

  /// One pass to build the patch matrix, one to multiply it; long sums come back to the output for each block of their terms.
  private init(im2col geometry: ConvolutionGeometry, _ arrays: ArrayBytes) {
    let sums = MatrixMultiply.passesOverResult(depth: geometry.patchColumns)
    let copied =
      arrays.patches > 0
      ? [
        Transfer(.write, "patch matrix", bytesPerPass: arrays.patches),
        Transfer(.read, "patch matrix", bytesPerPass: arrays.patches),
      ] : []
    let again = sums > 1 ? [Transfer(.read, "output", passes: sums - 1, bytesPerPass: arrays.output)] : []
    self.init(
      transfers: arrays.padding + [Transfer(.read, arrays.walkedName, bytesPerPass: arrays.walked)] + copied
        + [Transfer(.read, "weight", bytesPerPass: arrays.weight)] + again
        + [Transfer(.write, "output", passes: sums, bytesPerPass: arrays.output)],
      footprint: arrays.walked + arrays.patches + arrays.output)
  }

  /// One pass over input and output; the transformed weights once for every block of tiles.
  private init(winograd geometry: ConvolutionGeometry, _ arrays: ArrayBytes, itemSize: Int) {
    guard let tile = WinogradTile.best(for: geometry) else {
      self.init(transfers: [], footprint: 0)
      return
    }
    let weights = tile.side * tile.side * geometry.inputChannels * geometry.outputChannels * itemSize
    self.init(
      transfers: [
        Transfer(.read, "input", bytesPerPass: arrays.input),
        Transfer(
          .read, "transformed weight", passes: tile.blocks(geometry, itemSize: itemSize), bytesPerPass: weights),
        Transfer(.write, "output", bytesPerPass: arrays.output),
      ], footprint: arrays.input + weights + arrays.output)
  }
}

/// The bytes of the arrays of a convolution.
struct ArrayBytes {
  let input: Int
  let weight: Int
  let output: Int
  /// Of the copy with zeros around it; 0 where there is none.
  let padded: Int
  /// Of the patch matrices of all groups; 0 where they are views.
  let patches: Int

  init(_ geometry: ConvolutionGeometry, itemSize: Int) {
    input = geometry.inputShape.reduce(1, *) * itemSize
    weight = geometry.weightShape.reduce(1, *) * itemSize
    output = geometry.outputCount * itemSize
    padded = geometry.paddedCopyCount * itemSize
    let copied = geometry.scratchBytes(of: .im2col, itemSize: itemSize) - padded
    patches = copied * geometry.groups
  }

  /// The array that is walked: the padded copy if there is one.
  var walked: Int { padded > 0 ? padded : input }
  var walkedName: String { padded > 0 ? "padded copy" : "input" }
  /// Making the padded copy.
  var padding: [Transfer] {
    padded == 0
      ? [] : [Transfer(.read, "input", bytesPerPass: input), Transfer(.write, "padded copy", bytesPerPass: padded)]
  }
}
