/// One timing of a contender.
public struct Sample: Hashable, Sendable {
  /// The round that it was taken in, from 0.
  public let round: Int
  /// Its place in the round's order, from 0.
  public let turn: Int
  /// Of one run; the mean of a batch, and scaled up where only a part was run.
  public let seconds: Double
  /// Runs in the batch.
  public let runs: Int
  /// Why it is not to be trusted; it is kept nevertheless.
  public var taints: [Taint]

  public init(round: Int, turn: Int = 0, seconds: Double, runs: Int = 1, taints: [Taint] = []) {
    self.round = round
    self.turn = turn
    self.seconds = seconds
    self.runs = runs
    self.taints = taints
  }
}

/// Why a sample is not to be trusted.
public enum Taint: Hashable, Sendable {
  /// Its threads were ready to run, but had no processor for a share of the time.
  case waited(share: Double)
  /// The system took the processor away from its thread so often.
  case switched(Int)
  /// The hypervisor gave the processors to others for a share of the round.
  case stolen(share: Double)
  /// The clock, by a probe of multiply-adds, was slower than the run's fastest by a share.
  case slowClock(share: Double)

  var isSlowClock: Bool { if case .slowClock = self { true } else { false } }

  /// One word, for exports and narrow columns.
  public var word: String {
    switch self {
    case .waited: "waited"
    case .switched: "switched"
    case .stolen: "stolen"
    case .slowClock: "slow-clock"
    }
  }
}

extension Taint: CustomStringConvertible {
  public var description: String {
    func percent(_ share: Double) -> String { "\(Int((share * 100).rounded())) %" }
    return switch self {
    case .waited(let share): "waited for a processor \(percent(share)) of the time"
    case .switched(let count): "interrupted \(count) times by another program"
    case .stolen(let share): "\(percent(share)) of the processors taken by the host"
    case .slowClock(let share): "the clock was \(percent(share)) slower than at its fastest"
    }
  }
}
