import Explorer
import Synchronization
import Walkthroughs

/// A wish to end, seen from another thread.
final class Cancellation: Sendable {
  private let flag = Atomic<Bool>(false)
  func cancel() { flag.store(true, ordering: .relaxed) }
  var isCancelled: Bool { flag.load(ordering: .relaxed) }
}

extension TileTask {
  /// Finds point after point: misses by the cache model, times by running the same loops here.
  ///
  /// A time is the fastest of at least three runs, of one where a run takes long. Cancelling takes effect between runs.
  func run(_ cancellation: Cancellation, found: (TileFinding) -> Void) {
    for operation in TileSweep.Operation.allCases {
      for point in misses where point.operation == operation {
        guard !cancellation.isCancelled else { return }
        if let report = sweep.misses(point, isCancelled: { cancellation.isCancelled }) {
          found(.misses(point, report))
        }
      }
      let points = times.filter { $0.operation == operation }
      guard !points.isEmpty, let first = try? sweep.matrix(tile: 1) else { continue }
      var bench = TileBench(matrix: first)
      for point in points {
        guard !cancellation.isCancelled else { return }
        if let seconds = bench.seconds(of: point, sweep, cancellation) { found(.seconds(point, seconds)) }
      }
    }
  }
}

/// The matrices that the kernels run on, made once.
private struct TileBench {
  private let a: [Float]
  private let b: [Float]
  private var c: [Float]
  private let clock = ContinuousClock()

  /// Time after which no further run is made.
  private static let enough = Duration.milliseconds(150)

  init(matrix: TiledMatrix) {
    // Small whole numbers, no denormals among them, whatever the size.
    a = (0..<matrix.bufferCount).map { Float($0 % 7 - 3) }
    b = (0..<matrix.bufferCount).map { Float($0 % 5 - 2) }
    c = [Float](repeating: 0, count: matrix.bufferCount)
  }

  mutating func seconds(
    of point: TileSweep.Point, _ sweep: TileSweep, _ cancellation: Cancellation
  ) -> Double? {
    guard let matrix = try? sweep.matrix(tile: point.tile) else { return nil }
    var best = Duration.seconds(1_000_000)
    let start = clock.now
    var runs = 0
    while runs < 3 || clock.now - start < Self.enough, runs < 1000 {
      guard !cancellation.isCancelled else { return nil }
      let before = clock.now
      do {
        switch point.operation {
        case .transpose: try BlockKernels.transpose(a, into: &c, matrix: matrix)
        case .product: try BlockKernels.multiply(a, b, into: &c, matrix: matrix)
        }
      } catch {
        return nil
      }
      let time = clock.now - before
      best = min(best, time)
      runs += 1
      if time > Self.enough { break }
    }
    return Double(best.components.seconds) + Double(best.components.attoseconds) * 1e-18
  }
}
