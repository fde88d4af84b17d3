import Convolution

/// One row: a contender and all that was found of it.
public struct ContenderReport: Sendable {
  public let name: String
  public let kind: ContenderKind
  /// What `auto` took.
  public var chosen: ConvolutionAlgorithm?
  public let threads: Int
  /// How many times the measured part stands for the whole; 1 if all of it is run.
  public var scale = 1.0
  /// What the part is, in words: `7 of 100 pictures`.
  public var part: String?
  /// Seconds of the very first call, scaled as the samples are: cold caches, new memory, a library's own preparations.
  public var coldCall: Double?
  public var samples: [Sample] = []
  /// Nil without samples.
  public var statistics: SampleStatistics?
  /// The reference's time over this one's: above 1 is faster than the reference.
  public var ratio: RatioEstimate?
  /// Parts of each run, timed apart, as im2col's copy and product.
  public var steps: [StepReport] = []
  public var work: ContenderWork
  /// Bytes beside input, weight and output; nil where not known.
  public var scratchBytes: Int?
  /// Bytes of packed or transformed weights.
  public var preparedBytes: Int?
  /// Against the definition computed in Double; nil until compared.
  public var error: OutputError?
  /// Why there are no further samples.
  public var failure: String?

  public init(name: String, kind: ContenderKind, threads: Int, work: ContenderWork) {
    self.name = name
    self.kind = kind
    self.threads = threads
    self.work = work
  }

  /// Measured on a part, its times multiplied.
  public var isExtrapolated: Bool { scale > 1 }
  /// Its GFLOP/s count operations that it does not execute.
  public var isEffective: Bool { (chosen ?? kind.algorithm) == .winograd }
  /// 10⁹ operations of the direct algorithm a second, by the median; for Winograd *effective*.
  public var gigaflops: Double? { rate(work.directOperations) }
  /// 10⁹ operations executed a second, by the median: the height in the roofline.
  public var executedGigaflops: Double? { work.executedOperations.flatMap(rate) }
  /// 10⁹ modelled bytes a second, by the median.
  public var gigabytes: Double? { work.traffic.flatMap { rate(Double($0.bytes)) } }
  /// Executed operations for each modelled byte: the place in the roofline.
  public var intensity: Double? {
    guard let operations = work.executedOperations, let bytes = work.traffic?.bytes, bytes > 0 else { return nil }
    return operations / Double(bytes)
  }
  public var taintedCount: Int { samples.count { !$0.taints.isEmpty } }
  /// Whether something disturbed more than half of its samples: then its median is one of a disturbed machine.
  public var isMostlyTainted: Bool { taintedCount * 2 > samples.count }

  private func rate(_ amount: Double) -> Double? {
    guard let statistics, statistics.median > 0, amount > 0 else { return nil }
    return amount / statistics.median * 1e-9
  }
}

/// What kind of thing was timed.
public enum ContenderKind: Hashable, Sendable {
  case algorithm(ConvolutionAlgorithm)
  case peer(PeerName)
  case product, patchCopy, memcpy

  public var algorithm: ConvolutionAlgorithm? { if case .algorithm(let algorithm) = self { algorithm } else { nil } }
}

/// What one run does: counted, not measured.
public struct ContenderWork: Hashable, Sendable {
  /// Multiplications and additions of the direct algorithm, padding counted as the rest; 0 for copies.
  public var directOperations: Double
  /// Those that the contender executes; nil where not known.
  public var executedOperations: Double?
  /// Nil where not known.
  public var traffic: Traffic?
  /// The inner algorithm is not known: the operations are taken to be the direct algorithm's, and the traffic is what any
  /// algorithm moves at least, each array once.
  public var isLeast: Bool

  public init(
    directOperations: Double, executedOperations: Double? = nil, traffic: Traffic? = nil, isLeast: Bool = false
  ) {
    self.directOperations = directOperations
    self.executedOperations = executedOperations
    self.traffic = traffic
    self.isLeast = isLeast
  }
}

/// A part of a run, timed apart.
public struct StepReport: Hashable, Sendable {
  public let name: String
  /// Seconds, one for each sample.
  public var seconds: [Double]

  public init(name: String, seconds: [Double] = []) {
    self.name = name
    self.seconds = seconds
  }

  public var median: Double? { seconds.isEmpty ? nil : seconds.median }
}

/// How far an output is from the definition computed in Double.
public struct OutputError: Hashable, Sendable {
  /// The largest difference.
  public let largest: Double
  /// It, over the largest output.
  public let relative: Double
  /// √Σ(difference²) over the whole output: the lecture's `np.linalg.norm(out - out2)`; estimated where not all were compared.
  public let norm: Double
  public let compared: Int
  public let total: Int

  public init(largest: Double, relative: Double, norm: Double, compared: Int, total: Int) {
    self.largest = largest
    self.relative = relative
    self.norm = norm
    self.compared = compared
    self.total = total
  }

  /// Not all outputs were compared: a seeded sample of them.
  public var isSampled: Bool { compared < total }
}
