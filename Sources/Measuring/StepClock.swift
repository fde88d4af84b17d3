import Synchronization

/// The time that all threads spend in the first and in the second of two steps.
final class StepClock: Sendable {
  private let first = Atomic<Int>(0)
  private let second = Atomic<Int>(0)
  private let clock = ContinuousClock()

  /// Runs both steps, one after the other, and adds their times.
  func time(_ one: () -> Void, _ other: () -> Void) {
    let start = clock.now
    one()
    let middle = clock.now
    other()
    let end = clock.now
    first.add((middle - start).nanoseconds, ordering: .relaxed)
    second.add((end - middle).nanoseconds, ordering: .relaxed)
  }

  /// The first step's part of the time of both, 0 to 1.
  var firstShare: Double {
    let (one, other) = (Double(first.load(ordering: .relaxed)), Double(second.load(ordering: .relaxed)))
    return one + other > 0 ? one / (one + other) : 0
  }
}

extension Duration {
  fileprivate var nanoseconds: Int {
    Int(components.seconds) * 1_000_000_000 + Int(components.attoseconds / 1_000_000_000)
  }
}
