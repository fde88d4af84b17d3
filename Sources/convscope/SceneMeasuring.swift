import Explorer

extension State {
  /// Measures what the scene shows of this machine, before it is drawn without a loop.
  mutating func measureScene() {
    for effect in measurementsWanted() {
      switch effect {
      case .measureTiles(let task, let generation):
        task.run(Cancellation()) { _ = update(&self, .foundTiles($0, generation: generation)) }
      case .timeOrders(let experiment, let generation):
        let times = OrderTimes(of: experiment, now: secondsSinceStart)
        _ = update(&self, .timedOrders(times, generation: generation))
      default: break
      }
    }
  }
}
