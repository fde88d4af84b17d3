/// The clock of a walk that is taken apart into single multiplications: phases of steps that each take equally many.
struct StepClock: Hashable, Sendable {
  struct Phase: Hashable, Sendable {
    let steps: Int
    /// Single things done in each step, and what they are called.
    let parts: Int
    let word: String
  }

  let phases: [Phase]

  init(_ phases: [Phase]) { self.phases = phases.filter { $0.steps > 0 && $0.parts > 0 } }

  /// All single things of all steps; the largest `Int` if there are more.
  var count: Int { phases.reduce(0) { Self.sum($0, Self.product($1.steps, $1.parts)) } }

  /// The single things before one of a step.
  func time(step: Int, part: Int) -> Int {
    var (time, left) = (0, step)
    for phase in phases {
      guard left >= phase.steps else { return Self.sum(time, Self.sum(Self.product(left, phase.parts), part)) }
      time = Self.sum(time, Self.product(phase.steps, phase.parts))
      left -= phase.steps
    }
    return time
  }

  /// The step and the part of it at a time.
  func place(at time: Int) -> (step: Int, part: Int) {
    var (step, left) = (0, max(time, 0))
    for phase in phases {
      let all = Self.product(phase.steps, phase.parts)
      guard left >= all else { return (step + left / phase.parts, left % phase.parts) }
      left -= all
      step += phase.steps
    }
    return (max(step - 1, 0), max((phases.last?.parts ?? 1) - 1, 0))
  }

  func phase(ofStep step: Int) -> Phase? {
    var left = step
    for phase in phases {
      guard left >= phase.steps else { return phase }
      left -= phase.steps
    }
    return phases.last
  }

  private static func product(_ a: Int, _ b: Int) -> Int {
    let (product, overflow) = a.multipliedReportingOverflow(by: b)
    return overflow ? .max : product
  }

  private static func sum(_ a: Int, _ b: Int) -> Int {
    let (sum, overflow) = a.addingReportingOverflow(b)
    return overflow ? .max : sum
  }
}

extension State {
  /// The clock of single multiplications, while they are shown.
  var stepClock: StepClock? { view.multiply == nil ? nil : scene.clockOfMultiplies(self) }
}
