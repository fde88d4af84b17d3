import Convolution
import StridedTensor

/// Something to be timed beside others: an algorithm of ours, or another library's.
public struct Contender {
  public let name: String
  public let kind: ContenderKind
  public let threads: Int
  /// How many times the measured part stands for the whole; 1 if all of it is run.
  public var scale = 1.0
  /// What the part is, in words.
  public var part: String?
  public var chosen: ConvolutionAlgorithm?
  public var work = ContenderWork(directOperations: 0)
  public var scratchBytes: Int?
  public var preparedBytes: Int?
  /// Names of the steps that a timing tells apart.
  public var steps: [String] = []
  /// Runs it as often as said; asked in between whether to stop, where a run is long and can be.
  public let time: (_ runs: Int, _ isCancelled: () -> Bool) throws -> Timing
  /// Whether it still owes the answer to an earlier call, and is passed over until then; throws once it has been given up.
  public var isLate: () throws -> Bool = { false }
  /// What it computes, the whole of it; nil where that is not known.
  public var output: () throws -> AnyTensor? = { nil }

  public init(
    name: String, kind: ContenderKind, threads: Int = 1,
    time: @escaping (_ runs: Int, _ isCancelled: () -> Bool) throws -> Timing
  ) {
    self.name = name
    self.kind = kind
    self.threads = threads
    self.time = time
  }

  var emptyReport: ContenderReport {
    var report = ContenderReport(name: name, kind: kind, threads: threads, work: work)
    report.scale = scale
    report.part = part
    report.chosen = chosen
    report.scratchBytes = scratchBytes
    report.preparedBytes = preparedBytes
    report.steps = steps.map { StepReport(name: $0) }
    return report
  }
}

/// The seconds of a batch of runs.
public struct Timing: Hashable, Sendable {
  public var seconds: Double
  /// Of them, those of each step.
  public var steps: [Double]
  /// Seconds that its threads waited for a processor, where only the contender itself can tell.
  public var waited: Double?

  public init(_ seconds: Double, steps: [Double] = [], waited: Double? = nil) {
    self.seconds = seconds
    self.steps = steps
    self.waited = waited
  }
}

/// Thrown out of a timing that was asked to stop.
public struct MeasuringCancelled: Error {
  public init() {}
}

/// Thrown out of a timing whose answer has not come in the time that all others wait for it; it may come later.
public struct ContenderIsLate: Error {
  public init() {}
}

/// Runs a body some times and tells the seconds it took.
public func seconds(runs: Int, _ body: () throws -> Void) rethrows -> Double {
  let clock = ContinuousClock()
  let start = clock.now
  for _ in 0..<runs { try body() }
  return (clock.now - start).inSeconds
}

extension Duration {
  var inSeconds: Double {
    let (whole, atto) = components
    return Double(whole) + Double(atto) * 1e-18
  }
}
