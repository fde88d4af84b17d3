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
  /// A time is the fastest of at least three runs, of one where a run takes long. Cancelling takes effect between runs,
  /// and between the rows of tiles of a product.
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
        if let time = bench.seconds(of: point, sweep, cancellation) {
          found(.seconds(point, time.seconds, share: time.share))
        }
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
  /// Time after which a run is not waited for, nor repeated.
  private static let long = Duration.milliseconds(700)

  init(matrix: TiledMatrix) {
    // Small whole numbers, no denormals among them, whatever the size.
    a = (0..<matrix.bufferCount).map { Float($0 % 7 - 3) }
    b = (0..<matrix.bufferCount).map { Float($0 % 5 - 2) }
    c = [Float](repeating: 0, count: matrix.bufferCount)
  }

  /// The time of one run, and the part of it that was made: 1, or less where a run takes too long to wait for.
  mutating func seconds(
    of point: TileSweep.Point, _ sweep: TileSweep, _ cancellation: Cancellation
  ) -> (seconds: Double, share: Double)? {
    guard let matrix = try? sweep.matrix(tile: point.tile) else { return nil }
    var best: (seconds: Double, share: Double)?
    let start = clock.now
    var runs = 0
    while runs < 3 || clock.now - start < Self.enough, runs < 1000 {
      guard !cancellation.isCancelled, let run = run(point.operation, matrix, cancellation) else { return nil }
      if run.seconds < best?.seconds ?? .infinity { best = run }
      runs += 1
      if clock.now - start > Self.long { break }
    }
    return best
  }

  /// One run; of a product, as many rows of tiles as there is time for, each of which is the same work.
  private mutating func run(
    _ operation: TileSweep.Operation, _ matrix: TiledMatrix, _ cancellation: Cancellation
  ) -> (seconds: Double, share: Double)? {
    let start = clock.now
    guard operation == .product else {
      guard (try? BlockKernels.transpose(a, into: &c, matrix: matrix)) != nil else { return nil }
      return (seconds(clock.now - start), 1)
    }
    var band = 0
    while band < matrix.tilesPerSide {
      guard !cancellation.isCancelled,
        (try? BlockKernels.multiply(a, b, into: &c, matrix: matrix, bands: band..<band + 1)) != nil
      else { return nil }
      band += 1
      if clock.now - start > Self.long { break }
    }
    let share = min(Double(band * matrix.tile) / Double(matrix.edge), 1)
    return (seconds(clock.now - start) / share, share)
  }

  private func seconds(_ duration: Duration) -> Double {
    Double(duration.components.seconds) + Double(duration.components.attoseconds) * 1e-18
  }
}
