import Convolution
import Experiments
import Measuring
import StridedTensor

/// The measuring of one `bench` command: what to measure, and the results so far.
struct BenchRun {
  let plan: MeasuringPlan
  let threads: Int
  let isExact: Bool
  let checks: Bool
  let includesPreparation: Bool
  let algorithms: [ConvolutionAlgorithm]
  let namesAlgorithms: Bool
  let dtype: ElementType
  let peers: [PeerWorker]
  let progress: BenchProgress
  private(set) var results: [BenchResult] = []

  init(
    plan: MeasuringPlan, threads: Int, isExact: Bool, checks: Bool, includesPreparation: Bool,
    algorithms: [ConvolutionAlgorithm], namesAlgorithms: Bool, dtype: ElementType, peers: [PeerWorker],
    progress: BenchProgress
  ) {
    self.plan = plan
    self.threads = threads
    self.isExact = isExact
    self.checks = checks
    self.includesPreparation = includesPreparation
    self.algorithms = algorithms
    self.namesAlgorithms = namesAlgorithms
    self.dtype = dtype
    self.peers = peers
    self.progress = progress
  }

  mutating func convolutions(_ shape: ShapeSpecification) throws {
    if dtype == .float64 { try convolutions(shape, Double.self) } else { try convolutions(shape, Float.self) }
  }

  mutating func product(_ text: String, rows: Int, depth: Int, columns: Int) {
    let contender =
      dtype == .float64
      ? Contender.product(of: Double.self, rows: rows, depth: depth, columns: columns, threads: threads)
      : Contender.product(of: Float.self, rows: rows, depth: depth, columns: columns, threads: threads)
    let work = 2 * Double(rows) * Double(depth) * Double(columns)
    run([
      (
        contender,
        BenchResult(subject: .product(text), name: "product", threads: threads, dtype: dtype.rawValue, work: work)
      )
    ])
  }

  mutating func copies(_ shape: ShapeSpecification) throws {
    let contenders =
      dtype == .float64
      ? try Contender.patchCopies(ConvolutionCase<Double>(shape.geometry, threads: threads))
      : try Contender.patchCopies(ConvolutionCase<Float>(shape.geometry, threads: threads))
    let bytes =
      2 * Double(shape.geometry.patchRows) * Double(shape.geometry.patchColumns * shape.geometry.groups)
      * Double(dtype.itemSize)
    run(
      contenders.map {
        (
          $0,
          BenchResult(
            subject: .copy(shape.description), name: $0.name, threads: threads, dtype: dtype.rawValue, work: bytes)
        )
      })
  }

  private mutating func convolutions<E: ConvolutionElement>(_ shape: ShapeSpecification, _ type: E.Type) throws {
    let geometry = shape.geometry
    let item = try ConvolutionCase<E>(geometry, threads: threads)
    var rows: [(Contender, BenchResult)] = []
    for algorithm in algorithms {
      var result = BenchResult(
        subject: .shape(shape.description), name: algorithm.rawValue, threads: threads, dtype: dtype.rawValue,
        work: Double(geometry.operations))
      do {
        let made = try item.contender(algorithm, isExact: isExact, includesPreparation: includesPreparation)
        if algorithm == .auto { result.chosen = made.chosen.rawValue }
        result.scratchBytes = geometry.scratchBytes(of: made.chosen, itemSize: dtype.itemSize)
        result.preparedBytes = made.preparedBytes
        if made.contender.scale > 1 {
          result.note = "measured on a part, times \(BenchTable.digits(made.contender.scale, 1))"
        }
        if checks, algorithm != .naive, !Interruption.isAsked {
          progress.show("checking \(algorithm.rawValue) · \(shape.description)")
          result.error = try item.largestError(of: algorithm, isExact: isExact)
        }
        rows.append((made.contender, result))
      } catch let error as ConvolutionError {
        // Named by the user, an algorithm that cannot do it is an error; else it is left out.
        if namesAlgorithms { throw error }
      }
    }
    for peer in peers {
      let (contenders, notes) = peer.contenders(item)
      for contender in contenders {
        var result = BenchResult(
          subject: .shape(shape.description), name: contender.name, threads: threads, dtype: dtype.rawValue,
          work: Double(geometry.operations))
        if checks, let output = try? peer.output(contender.name, of: item) {
          result.error = try item.largestError(ofOutput: output)
        }
        rows.append((contender, result))
      }
      for note in notes { Messages.write("convscope: note: \(note)") }
    }
    run(rows)
  }

  /// Measures contenders in turn and keeps what came of it, also if interrupted.
  private mutating func run(_ rows: [(Contender, BenchResult)]) {
    guard let first = rows.first else { return }
    let title = first.1.title
    let outcomes = measure(
      rows.map(\.0), plan: plan, isInterrupted: { Interruption.isAsked },
      progress: { name, done, total in progress.show("\(title) · \(name) · \(done)/\(total)") })
    var measured: [BenchResult] = []
    for ((_, result), outcome) in zip(rows, outcomes) {
      var result = result
      result.times = outcome.times
      if let failure = outcome.failure { result.note = "\(failure)" }
      if !result.times.isEmpty || outcome.failure != nil { measured.append(result) }
    }
    let naive = measured.first { $0.name == ConvolutionAlgorithm.naive.rawValue }?.statistics?.median
    if let naive {
      for index in measured.indices {
        measured[index].ratioToNaive = measured[index].statistics.map { naive / $0.median }
      }
    }
    results += measured
    progress.clear()
  }
}

/// The line on a terminal that says what is being measured; nothing where standard error is not a terminal.
///
/// It is repainted ten times a second at most: writing it must not slow what is measured.
final class BenchProgress {
  private let isShown: Bool
  private var lastShown: ContinuousClock.Instant?

  init(isShown: Bool) { self.isShown = isShown }

  func show(_ text: String) {
    guard isShown else { return }
    let now = ContinuousClock.now
    if let lastShown, now - lastShown < .milliseconds(100) { return }
    lastShown = now
    _ = try? StandardStream.error.write("\r\u{1B}[K" + String(text.prefix(78)))
  }

  func clear() {
    guard isShown else { return }
    lastShown = nil
    _ = try? StandardStream.error.write("\r\u{1B}[K")
  }
}
