import Convolution
import StridedTensor

/// All that a measuring run is to do: what is timed, by which ways, how long.
public struct MeasuringRequest: Sendable {
  /// Measured one after the other; the contenders of one case take turns.
  public var cases: [MeasuringCase]
  /// What the cases differ in, if they are one curve.
  public var sweep: SweepParameter?
  /// `float32` or `float64`.
  public var elementType: ElementType
  /// The ways of ours, in the order of their rows; those that do not cover a case are left out of it.
  public var algorithms: [ConvolutionAlgorithm]
  /// Other libraries, run by the user's `python3`.
  public var peers: [PeerName]
  /// Seconds that ours wait for libraries to start; nil for as long as it takes.
  ///
  /// Those that are slower join the rounds when they are ready.
  public var patience: Double?
  public var plan: MeasuringPlan
  /// Forbids `auto` to take Winograd.
  public var isExact = false
  /// Times the packing and transforming of the weights too.
  public var includesPreparation = false
  /// Compares every output with the definition computed in Double.
  public var checksOutputs = true
  /// Measures the machine's own ceilings first.
  public var measuresCeilings = true
  /// The name of the contender that ratios are taken against; nil, or one that is not there, for the plain loops.
  public var reference: String?
  /// Of the random order of the rounds and of the bootstrap.
  public var seed: UInt64 = 0

  public init(
    cases: [MeasuringCase], sweep: SweepParameter? = nil, elementType: ElementType = .float32,
    algorithms: [ConvolutionAlgorithm] = ConvolutionAlgorithm.allCases, peers: [PeerName] = [],
    plan: MeasuringPlan = .untilPrecise()
  ) {
    self.cases = cases
    self.sweep = sweep
    self.elementType = elementType
    self.algorithms = algorithms
    self.peers = peers
    self.plan = plan
  }
}

/// One subject on a number of threads, and the numbers it is computed on.
public struct MeasuringCase: Sendable {
  public var subject: MeasuringSubject
  /// The subject in the words of the command line.
  public var specification: String
  public var threads: Int
  /// The user's own numbers; nil for standard normal ones.
  public var numbers: MeasuringNumbers?
  /// The place on the axis of a sweep.
  public var sweepValue: Int?

  public init(
    _ subject: MeasuringSubject, specification: String? = nil, threads: Int = 1, numbers: MeasuringNumbers? = nil,
    sweepValue: Int? = nil
  ) {
    self.subject = subject
    self.specification = specification ?? subject.specification
    self.threads = threads
    self.numbers = numbers
    self.sweepValue = sweepValue
  }
}

/// What is timed.
public enum MeasuringSubject: Hashable, Sendable {
  case convolution(ConvolutionGeometry)
  /// A matrix product, rows×depth times depth×columns.
  case product(rows: Int, depth: Int, columns: Int)
  /// The patch matrix made contiguous, beside a `memcpy` of as many bytes.
  case patchCopy(ConvolutionGeometry)

  /// In the words of the command line: a `SPEC`, or `M,K,N`.
  public var specification: String {
    switch self {
    case .convolution(let geometry), .patchCopy(let geometry): ShapeSpecification(geometry).description
    case .product(let rows, let depth, let columns): "\(rows),\(depth),\(columns)"
    }
  }

  static let convolutionWord = "shape"
  static let productWord = "gemm"
  static let patchCopyWord = "copy"

  /// What JSON calls it: the option of `bench` that it is asked for with.
  var word: String {
    switch self {
    case .convolution: Self.convolutionWord
    case .product: Self.productWord
    case .patchCopy: Self.patchCopyWord
    }
  }

  public var geometry: ConvolutionGeometry? {
    switch self {
    case .convolution(let geometry), .patchCopy(let geometry): geometry
    case .product: nil
    }
  }
}

/// Input and weight of an experiment, N×H×W×C and Kh×Kw×(C/groups)×Cout, both of the request's element type.
public struct MeasuringNumbers: Sendable {
  public let input: AnyTensor
  public let weight: AnyTensor

  public init(input: AnyTensor, weight: AnyTensor) {
    self.input = input
    self.weight = weight
  }
}

/// How long is measured.
public struct MeasuringPlan: Hashable, Sendable {
  public enum End: Hashable, Sendable {
    case rounds(Int)
    /// Ends a case when every contender's median is known within a share of itself (half the width of its 95 % interval), but
    /// not before some rounds, and not later than some seconds.
    case precision(share: Double, atLeast: Int, seconds: Double)
  }

  public var end: End
  /// Seconds that each contender runs before its first sample.
  public var warmUp = 0.05
  /// A sample of shorter runs is the mean of a batch of at least so many seconds.
  public var shortestBatch = 0.0005
  /// Seconds of untimed runs before each sample.
  ///
  /// Each contender is to find its own data in the caches, and its threads a processor each, which takes the scheduler some
  /// milliseconds.
  public var leadIn = 0.008
  /// Longer runs have no lead-in.
  public var longestLeadIn = 0.02

  public init(end: End) { self.end = end }

  /// Untimed runs before a sample of a contender whose fastest run took so many seconds.
  func leadInRuns(of fastest: Double) -> Int {
    fastest < longestLeadIn ? max(1, Int((leadIn / max(fastest, 1e-8)).rounded(.up))) : 0
  }

  public static func rounds(_ count: Int) -> MeasuringPlan { MeasuringPlan(end: .rounds(count)) }

  public static func untilPrecise(
    share: Double = 0.01, atLeast: Int = 10, seconds: Double = 20
  ) -> MeasuringPlan {
    MeasuringPlan(end: .precision(share: share, atLeast: atLeast, seconds: seconds))
  }
}
