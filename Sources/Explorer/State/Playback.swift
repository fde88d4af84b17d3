/// The clock of a walk: whether it runs, and the part of a step that has passed.
struct Playback: Hashable, Sendable {
  var isPlaying = false
  /// Steps due but not yet taken, in 0..<1.
  var fraction = 0.0

  /// Whole steps due after some time; what is left of a step is kept.
  mutating func steps(elapsed: Double, rate: Double) -> Int {
    // A long gap (a suspended program, a slow line) is not caught up with.
    let due = fraction + min(max(elapsed, 0), 0.25) * rate
    let whole = due.rounded(.down)
    fraction = due - whole
    return whole >= 1 ? Int(min(whole, 1e15)) : 0
  }
}
