/// How quiet the machine is: the status line.
///
/// Nil where the system does not tell.
public struct MeasuringConditions: Hashable, Sendable {
  /// Processors that the program may run on, and how many the machine has.
  public var allowedProcessors: [Int] = []
  public var processors = 0
  /// The clock now over its fastest in this run, by the probe of multiply-adds between rounds: 1 is no drift.
  public var clock: Double?
  /// The slowest probe of the run, over the fastest.
  public var slowestClock: Double?
  /// Seconds of all processors taken by the hypervisor since the run began.
  public var stolenSeconds: Double?
  /// Times that the system took the processor away from a thread of the measurement.
  public var involuntarySwitches: Int?
  /// Seconds that threads of the measurement were ready but had no processor.
  public var waitedSeconds: Double?
  public var samples = 0
  public var taintedSamples = 0

  public init() {}
}
