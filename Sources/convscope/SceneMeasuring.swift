import Explorer
import Measuring

extension State {
  /// Measures what the scene shows of this machine, before it is drawn without a loop.
  mutating func measureScene() { measure(measurementsWanted()) }

  private mutating func measure(_ effects: [Effect]) {
    for effect in effects {
      switch effect {
      case .measureTiles(let task, let generation):
        task.run(Cancellation()) { _ = update(&self, .foundTiles($0, generation: generation)) }
      case .timeOrders(let experiment, let generation):
        let times = OrderTimes(of: experiment, now: secondsSinceStart)
        _ = update(&self, .timedOrders(times, generation: generation))
      case .measure(let request, let generation):
        let report = runMeasuring(request, isCancelled: { false }) { _ in }
        // The curve of Timing is asked for when its rows are done.
        measure(update(&self, .measured(report, generation: generation)))
      default: break
      }
    }
  }
}
