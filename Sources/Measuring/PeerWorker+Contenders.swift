import Convolution
import StridedTensor

extension PeerWorker {
  /// The worker's ways to compute a case, as contenders.
  ///
  /// - Throws: `MeasuringError.peer` if it has none, or does not answer as it should.
  public func contenders<E: ConvolutionElement>(_ item: ConvolutionCase<E>) throws -> [Contender] {
    let ways = try load(item)
    guard !ways.isEmpty else { throw MeasuringError.peer(name.rawValue, "has no way for this shape") }
    return ways.map { way in
      var contender = Contender(name: way.name, kind: .peer(name), threads: threads) { [self] runs, _ in
        try time(way.name, runs: runs)
      }
      contender.scale = way.scale
      contender.part = way.part
      contender.work = ContenderWork(ofPeerWay: way.name, item.geometry, itemSize: E.elementType.itemSize)
      if way.scale == 1 { contender.output = { [self] in E.erased(try output(way.name, of: item)) } }
      return contender
    }
  }
}

extension ContenderWork {
  /// What is known of the lecture's own ways in NumPy; of others only the operations that they replace.
  init(ofPeerWay way: String, _ geometry: ConvolutionGeometry, itemSize: Int) {
    let direct = Double(geometry.operations)
    let arrays = ArrayBytes(geometry, itemSize: itemSize)
    switch way {
    case "numpy-matmul":
      // Every product is an array of its own, then added to the sum.
      let offsets = geometry.kernelHeight * geometry.kernelWidth
      let pixels = geometry.patchRows * geometry.inputChannels * itemSize
      self.init(
        directOperations: direct, executedOperations: direct + Double(offsets * geometry.outputCount),
        traffic: Traffic(
          transfers: arrays.padding + [
            Transfer(.write, "output", bytesPerPass: arrays.output),
            Transfer(.read, arrays.walkedName, passes: offsets, bytesPerPass: pixels),
            Transfer(.read, "weight", bytesPerPass: arrays.weight),
            Transfer(.write, "product", passes: offsets, bytesPerPass: arrays.output),
            Transfer(.read, "product", passes: offsets, bytesPerPass: arrays.output),
            Transfer(.read, "output", passes: offsets, bytesPerPass: arrays.output),
            Transfer(.write, "output", passes: offsets, bytesPerPass: arrays.output),
          ], footprint: arrays.walked + 2 * arrays.output))
    case "numpy-im2col":
      let patches =
        geometry.patchRows * geometry.patchColumns * itemSize
        * (geometry.kernelHeight * geometry.kernelWidth > 1 || geometry.stride != AxisPair(1) ? 1 : 0)
      self.init(
        directOperations: direct, executedOperations: direct,
        traffic: Traffic(
          transfers: arrays.padding
            + [
              Transfer(.read, arrays.walkedName, bytesPerPass: arrays.walked),
              Transfer(.write, "patch matrix", bytesPerPass: patches),
              Transfer(.read, "patch matrix", bytesPerPass: patches),
              Transfer(.read, "weight", bytesPerPass: arrays.weight),
              Transfer(.write, "output", bytesPerPass: arrays.output),
            ].filter { $0.bytes > 0 }, footprint: arrays.walked + patches + arrays.output))
    case "numpy-naive": self.init(directOperations: direct, executedOperations: direct)
    default: self.init(directOperations: direct)
    }
  }
}
