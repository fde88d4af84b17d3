import Foundation

/// Answers that may come late, and what happens if they do not come.
extension PeerWorker {
  /// A request that waits for its answer.
  struct Owed {
    let doing: PeerSilence.Doing
    let since: ContinuousClock.Instant
    /// Seconds after which the worker is given up.
    let limit: Double
  }

  /// Seconds that an answer may be late, while all others go on without it.
  static var lateLimit: Double { 20 }

  /// Whether it still owes an answer that came too late for all others.
  ///
  /// - Throws: `MeasuringError.peer` once it is given up, or if what it answers at last is no answer.
  func isLate() throws -> Bool {
    if let failure { throw failure }
    return owed == nil ? false : try owedAnswer(within: 0) == nil
  }

  /// What it is asked and has not answered for so long; nil if it owes nothing.
  var silence: PeerSilence? {
    let now = ContinuousClock.now
    if version.isEmpty {
      return PeerSilence(name: name, doing: .starting, seconds: (now - started).inSeconds, limit: startLimit)
    }
    return owed.map { PeerSilence(name: name, doing: $0.doing, seconds: (now - $0.since).inSeconds, limit: $0.limit) }
  }

  /// Sends a request, whose answer is fetched by `owedAnswer`.
  func begin(_ doing: PeerSilence.Doing, _ request: [String: Any], limit: Double) throws {
    if let failure { throw failure }
    let data = try JSONSerialization.data(withJSONObject: request)
    try answering { try channel.begin(data, limit: requestLimit) }
    owed = Owed(doing: doing, since: .now, limit: min(limit, requestLimit))
  }

  /// The answer that is owed; nil if it does not come within some seconds.
  ///
  /// - Throws: `MeasuringError.peer` if it has been owed for too long.
  func owedAnswer(within seconds: Double) throws -> [String: Any]? {
    guard let owed else { return nil }
    let line = try answering { try channel.answer(within: seconds, isCancelled: isCancelled) }
    guard let line else {
      if (ContinuousClock.now - owed.since).inSeconds >= owed.limit { throw giveUp() }
      return nil
    }
    self.owed = nil
    return try content(of: line)
  }

  /// Ends a worker that does not answer; what is to be said of it.
  func giveUp() -> MeasuringError {
    let error = MeasuringError.peer(name.rawValue, LineChannel.Failure.hung(owed?.limit ?? requestLimit).description)
    failure = error
    owed = nil
    stop()
    return error
  }
}

/// A library that has been asked something and has not answered yet.
public struct PeerSilence: Hashable, Sendable {
  public enum Doing: String, Hashable, Sendable {
    case starting, loading, timing
  }

  public let name: PeerName
  /// What it was asked to do.
  public let doing: Doing
  /// How long it has not answered.
  public var seconds: Double
  /// It is dropped after so many seconds.
  public var limit: Double

  public init(name: PeerName, doing: Doing, seconds: Double, limit: Double) {
    self.name = name
    self.doing = doing
    self.seconds = seconds
    self.limit = limit
  }
}
