import Walkthroughs

/// The curves over the tile size as far as they are known.
struct TileCosts: Sendable {
  let sweep: TileSweep
  var misses: [TileSweep.Point: CacheReport] = [:]
  /// Seconds of one run, the fastest of several.
  var seconds: [TileSweep.Point: Double] = [:]
  /// Times that are reckoned from a part of a run.
  var estimated: Set<TileSweep.Point> = []
  /// Told apart from those of an earlier run.
  var generation: Int
  var progress = Progress.waiting

  enum Progress: Hashable, Sendable {
    case waiting, running, stopped
  }

  /// The curves at the start: misses where they are few enough to be counted at once.
  init(_ sweep: TileSweep, generation: Int) {
    self.sweep = sweep
    self.generation = generation
    guard sweep.isImmediate else { return }
    for point in sweep.points { misses[point] = sweep.misses(point) }
  }

  /// What is still to be found out, the quick things first.
  var missing: TileTask {
    let points = sweep.points
    return TileTask(
      sweep: sweep, misses: points.filter { misses[$0] == nil },
      times: points.filter { seconds[$0] == nil && sweep.isTimed($0) })
  }

  mutating func add(_ finding: TileFinding) {
    switch finding {
    case .misses(let point, let report): misses[point] = report
    case .seconds(let point, let time, let share):
      seconds[point] = time
      if share < 1 { estimated.insert(point) }
    }
  }

  /// The tile of the fewest misses, once all are known.
  func bestByMisses(_ operation: TileSweep.Operation) -> Int? {
    best(operation) { misses[$0].map { Double($0.counts.misses) } }
  }

  /// The tile of the shortest time, once all are known.
  func bestByTime(_ operation: TileSweep.Operation) -> Int? { best(operation) { seconds[$0] } }

  private func best(_ operation: TileSweep.Operation, _ cost: (TileSweep.Point) -> Double?) -> Int? {
    var best: (tile: Int, cost: Double)?
    var worst = 0.0
    for tile in sweep.tiles {
      guard let cost = cost(TileSweep.Point(operation, tile: tile)) else { return nil }
      worst = max(worst, cost)
      if cost < best?.cost ?? .infinity { best = (tile, cost) }
    }
    // Where all are alike there is no best.
    return best.flatMap { $0.cost < worst ? $0.tile : nil }
  }
}

/// What background work on the curves is asked to find.
public struct TileTask: Hashable, Sendable {
  public let sweep: TileSweep
  public let misses: [TileSweep.Point]
  public let times: [TileSweep.Point]

  var isEmpty: Bool { misses.isEmpty && times.isEmpty }
}

/// One point of the curves, found.
public enum TileFinding: Hashable, Sendable {
  case misses(TileSweep.Point, CacheReport)
  /// Seconds of one run, and the part of it that was really made, from which they are reckoned.
  case seconds(TileSweep.Point, Double, share: Double)
}
