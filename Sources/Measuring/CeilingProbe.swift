import CMicrokernels
import MatrixMultiply
import StridedTensor
import Synchronization

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// Measures what the machine can do at most: multiply-adds in registers, and bytes from each level of memory.
struct CeilingProbe {
  let elementType: ElementType
  let caches: [CacheDescription]
  /// Says what disturbed a try.
  let watch: any MachineWatch
  let isCancelled: () -> Bool

  /// Tries of which the fastest counts.
  private static let tries = 8
  /// How often they are made at most: again where something disturbed them.
  private static let series = 2
  /// Bytes of a block that are walked in one try at most.
  private static let atOnce = 16 << 20
  /// Seconds of untimed work before the tries, in which the system finds a processor for each thread.
  private static let leadIn = 0.008

  /// The ceilings on a number of threads: some tenths of a second, twice that if disturbed; nil if cancelled.
  func measure(threads: Int) -> Ceilings? {
    let peak = elementType == .float64 ? peak(Double.self, threads) : peak(Float.self, threads)
    var levels: [MemoryCeiling] = []
    for level in MemoryLevel.allCases {
      guard !isCancelled() else { return nil }
      guard let ceiling = measure(level, threads: threads) else { continue }
      levels.append(ceiling)
    }
    guard !isCancelled() else { return nil }
    return Ceilings(threads: threads, peakGigaflops: peak.best, levels: levels, peakTaints: peak.taints)
  }

  private func peak<E: MatrixElement>(_ type: E.Type, _ threads: Int) -> CeilingTries {
    let probe = ClockProbe<E>(threads: threads)
    return tried(threads: threads) { probe.run(iterations: 500_000) }
  }

  /// Tries a piece of work again and again, and once more as often if something disturbed it.
  ///
  /// - Parameter work: runs on so many threads; what it has done, in 10⁹, and how many threads took part.
  private func tried(threads: Int, _ work: () -> (done: Double, threads: Int)) -> CeilingTries {
    let clock = ContinuousClock()
    let start = clock.now
    repeat { _ = work() } while (clock.now - start).inSeconds < Self.leadIn && !isCancelled()
    // Those that have started by now are watched.
    _ = watch.probeClock()
    var tries = CeilingTries()
    for _ in 0..<Self.series {
      for _ in 0..<Self.tries where !isCancelled() {
        watch.beginSample(threads: threads)
        var result = (done: 0.0, threads: 0)
        let time = seconds(runs: 1) { result = work() }
        var taints = watch.endSample(seconds: time, threads: threads, waited: nil)
        // Others did the work of those that found no processor in time; the system counts that only when they find one.
        if result.threads < threads, taints.isEmpty {
          taints = [.waited(share: 1 - Double(result.threads) / Double(threads))]
        }
        tries.add(result.done / time, taints)
      }
      if tries.taints.isEmpty { break }
    }
    return tries
  }

  /// Bytes of the block that each thread walks: beyond the level before, well inside its own.
  private func blockBytes(_ level: MemoryLevel, threads: Int) -> Int {
    func size(_ level: Int, else typical: Int) -> Int { caches.first { $0.level == level }?.bytes ?? typical }
    let second = size(2, else: 512 << 10)
    let third = size(3, else: 8 << 20)
    return switch level {
    case .l2: second / 2
    // Shared by all processors, and with other machines on the host.
    case .l3: max(min(third / 4, 8 << 20) / threads, 2 * second)
    case .dram: max(2 * third / threads, 16 << 20)
    }
  }

  private func measure(_ level: MemoryLevel, threads: Int) -> MemoryCeiling? {
    let block = blockBytes(level, threads: threads) & ~8191
    guard block > 0, block * threads <= MachineMemory.bytes / 2 else { return nil }
    let memory = UnsafeMutableRawPointer.allocate(byteCount: block * threads, alignment: 4096)
    defer { memory.deallocate() }
    let workers = Workers(threads)
    func each(_ body: (UnsafeMutableRawPointer) -> Void) {
      workers.run { body(memory + block * $0) }
    }
    // Touched by the thread that will most likely walk it.
    let isTouched: Void? = WorkerPool.shared.stoppable(when: isCancelled) {
      each { start in
        WorkerPool.shared.runInStretches(of: block) { memset(start + $0.lowerBound, 1, $0.count) }
      }
    }
    guard isTouched != nil else { return nil }
    /// Goes through so many bytes of each block; through a part of very many, and at the next try through the next part,
    /// which no cache has kept since it was walked before.
    func tried(_ count: Int, traffic: Int, _ body: (UnsafeMutableRawPointer, Int) -> Void) -> CeilingTries {
      let part = min(count, Self.atOnce)
      let passes = max(1, (4 << 20) / block)
      var first = 0
      return self.tried(threads: threads) {
        _ = WorkerPool.shared.stoppable(when: isCancelled) {
          each { start in
            for _ in 0..<passes where !WorkerPool.isStopping { body(start + first, part) }
          }
        }
        first = first + 2 * part <= count ? first + part : 0
        return (Double(traffic * part * passes * threads) * 1e-9, workers.tookPart)
      }
    }
    let read = tried(block, traffic: 1) { start, bytes in
      let sum = cm_sum_words(UnsafePointer(start.assumingMemoryBound(to: UInt32.self)), bytes / 4)
      withExtendedLifetime(sum) {}
    }
    let half = block / 2
    let copy = tried(half, traffic: 2) { start, bytes in memcpy(start + half, start, bytes) }
    return MemoryCeiling(
      level: level, blockBytes: block, read: read.best, copy: copy.best,
      taints: read.best > copy.best ? read.taints : copy.taints)
  }
}

/// How fast the multiply-add units run now: the clock, seen from inside.
struct ClockProbe<E: MatrixElement> {
  private let operations: OperationCounts
  private let workers: Workers

  init(threads: Int) {
    operations = OperationCounts(threads)
    workers = Workers(threads)
  }

  /// 10⁹ operations done, and how many threads took part.
  func run(iterations: Int) -> (done: Double, threads: Int) {
    guard let peak = Kernels<E>().table.pointee.peak else { return (0, 0) }
    workers.run { operations.counts[$0] = peak(iterations) }
    return (operations.counts.reduce(0, +) * 1e-9, workers.tookPart)
  }

  /// 10⁹ operations a second on one thread.
  static func gigaflops(iterations: Int) -> Double {
    let probe = ClockProbe(threads: 1)
    var done = 0.0
    let time = seconds(runs: 1) { done = probe.run(iterations: iterations).done }
    return done / time
  }
}

/// A task for each of some threads, and the count of those that took one.
private final class Workers: Sendable {
  private let threads: Int
  /// A number for each.
  private let seen: Mutex<Set<Int>> = Mutex([])

  init(_ threads: Int) { self.threads = threads }

  func run(_ task: (Int) -> Void) {
    seen.withLock { $0.removeAll(keepingCapacity: true) }
    WorkerPool.shared.run(tasks: threads, threads: threads) { index in
      task(index)
      let own = pthread_self().hashValue
      seen.withLock { _ = $0.insert(own) }
    }
  }

  /// Threads that took part in the last run.
  var tookPart: Int { seen.withLock { $0.count } }
}

/// A place for each thread's count.
private final class OperationCounts: @unchecked Sendable {
  let counts: UnsafeMutableBufferPointer<Double>

  init(_ threads: Int) {
    counts = .allocate(capacity: threads)
    counts.initialize(repeating: 0)
  }

  deinit { counts.deallocate() }
}
