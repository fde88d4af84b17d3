import Convolution
import StridedTensor

/// What a measuring run has found so far: a value that is handed out again and again while the run goes on.
public struct MeasuringReport: Sendable {
  public let request: MeasuringRequest
  public var machine: Machine
  public var phase: MeasuringPhase = .preparing
  /// What is going on, in a few words: `starting pytorch`, `warming up im2col`.
  public var activity = ""
  public var progress = MeasuringProgress()
  public var conditions = MeasuringConditions()
  /// For one thread, for the threads of the cases, and for all processors, in that order and each once; empty until measured.
  public var ceilings: [Ceilings] = []
  /// One for each case begun, in the request's order.
  public var cases: [CaseReport] = []
  public var failures: [MeasuringFailure] = []
  /// Libraries that have not started or not taken the numbers yet, and join when they have.
  public var awaited: [PeerName] = []
  /// Libraries that have been asked something and have not answered yet; ours are measured meanwhile.
  public var silences: [PeerSilence] = []
  /// Versions of the libraries that answered.
  public var peerVersions: [PeerName: String] = [:]

  public init(request: MeasuringRequest, machine: Machine) {
    self.request = request
    self.machine = machine
  }
}

public enum MeasuringPhase: Hashable, Sendable {
  case preparing, measuring, paused
  case finished(MeasuringStop)

  public var isFinished: Bool { if case .finished = self { true } else { false } }
}

/// Why a run has ended.
public enum MeasuringStop: String, Hashable, Sendable {
  /// All rounds asked for are done.
  case rounds
  /// Every interval is narrow enough.
  case precision
  case timeLimit
  case cancelled
  /// Nothing could be measured; `failures` says why.
  case nothingToMeasure
}

public struct MeasuringProgress: Hashable, Sendable {
  /// The case that is being measured, from 0.
  public var currentCase = 0
  public var caseCount = 0
  /// Whole rounds done in this case.
  public var rounds = 0
  /// Rounds that this case will take; nil while that cannot be told.
  public var expectedRounds: Int?
  /// The contender whose turn it is.
  public var contender = ""
  /// Samples taken in this round.
  public var turn = 0
  public var secondsSpent = 0.0
  /// Of this case; nil while that cannot be told.
  public var secondsLeft: Double?

  public init() {}

  /// The part of all cases that is done, from 0 to 1, and the seconds that the rest may take, nil while that cannot be told.
  public var whole: (share: Double, secondsLeft: Double?) {
    guard caseCount > 1 else {
      let all = secondsSpent + (secondsLeft ?? 0)
      return (secondsLeft != nil && all > 0 ? secondsSpent / all : 0, secondsLeft)
    }
    // The cases to come are taken to last as long as those before.
    let own = expectedRounds.map { min(Double(rounds) / Double(max($0, 1)), 1) } ?? 0
    let share = min((Double(currentCase) + own) / Double(caseCount), 1)
    return (share, share > 0 ? secondsSpent * (1 / share - 1) : nil)
  }
}

/// Something that could not be measured, in one line for the user.
public struct MeasuringFailure: Hashable, Sendable, CustomStringConvertible {
  /// A contender or a peer.
  public let subject: String
  public let reason: String

  public init(subject: String, reason: String) {
    self.subject = subject
    self.reason = reason
  }

  public var description: String { reason.hasPrefix("\(subject):") ? reason : "\(subject): \(reason)" }
}

/// One case of a run.
public struct CaseReport: Sendable {
  public let measured: MeasuringCase
  /// The rows, ours first.
  public var contenders: [ContenderReport] = []
  /// Index of the contender that ratios are taken against; nil if there is none.
  public var reference: Int?
  /// Nil until two rows have samples.
  public var lead: Lead?

  public init(_ measured: MeasuringCase) { self.measured = measured }
}
