import Convolution
import StridedTensor

extension PeerWorker {
  /// The worker's ways to compute a convolution, as contenders.
  ///
  /// - Throws: `MeasuringError.peer` if it has none, or does not answer as it should.
  public func contenders<E: ConvolutionElement>(_ item: ConvolutionCase<E>) throws -> [Contender] {
    try contenders(load(item), .convolution(item))
  }

  /// The same of a subject that it was handed by `beginLoading`; nil if it has not taken it within some seconds.
  func contenders<E: ConvolutionElement>(_ subject: PeerSubject<E>, within seconds: Double) throws -> [Contender]? {
    try loadedWays(within: seconds).map { try contenders($0, subject) }
  }

  private func contenders<E: ConvolutionElement>(_ ways: [Way], _ subject: PeerSubject<E>) throws -> [Contender] {
    guard !ways.isEmpty else { throw MeasuringError.peer(name.rawValue, "has no way for this shape") }
    return ways.map { way in
      var contender = Contender(name: way.name, kind: .peer(name), threads: threads) { [self] runs, _ in
        try time(way.name, runs: runs)
      }
      contender.scale = way.scale
      contender.part = way.part
      contender.work = subject.work(ofPeerWay: way.name)
      contender.isLate = { [self] in try isLate() }
      if case .convolution(let item) = subject, way.scale == 1 {
        contender.output = { [self] in E.erased(try output(way.name, of: item)) }
      }
      return contender
    }
  }
}

extension ContenderWork {
  /// What is known of the lecture's own ways in NumPy; of others what any algorithm moves at least, at the direct operations.
  public init(ofPeerWay way: String, _ geometry: ConvolutionGeometry, itemSize: Int) {
    let direct = Double(geometry.operations)
    switch way {
    case "numpy-matmul":
      // Every product is an array of its own, then added to the sum.
      let sums = Double(geometry.kernelHeight * geometry.kernelWidth * geometry.outputCount)
      self.init(
        directOperations: direct, executedOperations: direct + sums,
        traffic: Traffic(ofNumPy: .matmul, geometry, itemSize: itemSize))
    case "numpy-im2col":
      self.init(
        directOperations: direct, executedOperations: direct,
        traffic: Traffic(ofNumPy: .im2col, geometry, itemSize: itemSize))
    case "numpy-naive":
      self.init(
        directOperations: direct, executedOperations: direct,
        traffic: Traffic(ofNumPy: .naive, geometry, itemSize: itemSize))
    default:
      self.init(
        directOperations: direct, executedOperations: direct,
        traffic: Traffic(compulsory: geometry, itemSize: itemSize),
        isLeast: true)
    }
  }
}
