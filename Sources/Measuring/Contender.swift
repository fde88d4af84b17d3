/// Something to be timed beside others: an algorithm of ours, or another library's.
public struct Contender {
  public let name: String
  /// Runs it as often as said and tells the seconds that all runs took together.
  public let time: (Int) throws -> Double
  /// How many times the work the measured part stands for; 1 if all of it is run.
  public let scale: Double

  public init(name: String, scale: Double = 1, time: @escaping (Int) throws -> Double) {
    self.name = name
    self.scale = scale
    self.time = time
  }
}

/// How measurements are made.
public struct MeasuringPlan: Sendable {
  public var repeats: Int
  /// Seconds that each contender runs before its first repeat.
  public var warmUp = 0.05
  /// A repeat is a batch of runs of at least this many seconds; its time is the mean.
  public var shortestBatch = 0.0005

  public init(repeats: Int) { self.repeats = repeats }
}

/// Times contenders in turn, round after round, so that what slows the machine for a while slows all of them.
///
/// - Parameters:
///   - contenders: what is timed.
///   - plan: how often and how long.
///   - isInterrupted: asked before every batch; once true, what was measured so far is returned.
///   - progress: told before each batch which contender is next and how many of all repeats are done.
/// - Returns: the seconds of each repeat for each contender, empty where it failed; and why it failed.
public func measure(
  _ contenders: [Contender], plan: MeasuringPlan, isInterrupted: () -> Bool, progress: (String, Int, Int) -> Void
) -> [(times: [Double], failure: (any Error)?)] {
  var times = [[Double]](repeating: [], count: contenders.count)
  var failures = [(any Error)?](repeating: nil, count: contenders.count)
  var batches = [Int](repeating: 1, count: contenders.count)
  let total = contenders.count * plan.repeats
  func attempt(_ index: Int, _ body: () throws -> Void) {
    do { try body() } catch { failures[index] = error }
  }
  for (index, contender) in contenders.enumerated() {
    progress(contender.name, 0, total)
    attempt(index) {
      var spent = 0.0
      var fastest = Double.infinity
      while spent < plan.warmUp, !isInterrupted() {
        let seconds = try contender.time(1)
        fastest = min(fastest, seconds)
        spent += max(seconds, 1e-7)
      }
      batches[index] = max(1, Int((plan.shortestBatch / max(fastest, 1e-8)).rounded(.up)))
    }
  }
  for round in 0..<plan.repeats {
    for (index, contender) in contenders.enumerated() where failures[index] == nil {
      if isInterrupted() { break }
      progress(contender.name, round * contenders.count + index, total)
      attempt(index) {
        times[index].append(try contender.time(batches[index]) / Double(batches[index]) * contender.scale)
      }
    }
  }
  return zip(times, failures).map { (times: $0.0, failure: $0.1) }
}

/// Runs a body some times and tells the seconds it took.
public func seconds(runs: Int, _ body: () throws -> Void) rethrows -> Double {
  let clock = ContinuousClock()
  let start = clock.now
  for _ in 0..<runs { try body() }
  let (whole, atto) = start.duration(to: clock.now).components
  return Double(whole) + Double(atto) * 1e-18
}
