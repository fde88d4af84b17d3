import CMicrokernels
import MatrixMultiply
import StridedTensor

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
  let isCancelled: () -> Bool

  /// Tries of which the fastest counts.
  private static let tries = 8

  /// The ceilings on a number of threads: a quarter of a second; nil if cancelled.
  func measure(threads: Int) -> Ceilings? {
    let peak = elementType == .float64 ? peak(Double.self, threads) : peak(Float.self, threads)
    var levels: [MemoryCeiling] = []
    for level in MemoryLevel.allCases {
      guard !isCancelled() else { return nil }
      guard let ceiling = measure(level, threads: threads) else { continue }
      levels.append(ceiling)
    }
    return isCancelled() ? nil : Ceilings(threads: threads, peakGigaflops: peak, levels: levels)
  }

  private func peak<E: MatrixElement>(_ type: E.Type, _ threads: Int) -> Double {
    (0..<10).map { _ in ClockProbe<E>.gigaflops(iterations: 100_000, threads: threads) }.max() ?? 0
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
    let block = blockBytes(level, threads: threads) & ~4095
    // A copy has two blocks, which must fit the level together.
    let half = level == .dram ? block : block / 2
    guard block > 0, 2 * block * threads <= MachineMemory.bytes / 2 else { return nil }
    let memory = UnsafeMutableRawPointer.allocate(byteCount: 2 * block * threads, alignment: 4096)
    defer { memory.deallocate() }
    let passes = max(1, (4 << 20) / block)
    func each(_ body: (UnsafeMutableRawPointer) -> Void) {
      WorkerPool.shared.run(tasks: threads, threads: threads) { body(memory + 2 * block * $0) }
    }
    // Touched by the thread that will most likely walk it.
    each { memset($0, 1, 2 * block) }
    func best(_ bytes: Int, _ body: (UnsafeMutableRawPointer) -> Void) -> Double {
      var best = 0.0
      for _ in 0..<Self.tries where !isCancelled() {
        let time = seconds(runs: 1) { each { start in for _ in 0..<passes { body(start) } } }
        best = max(best, Double(bytes * passes * threads) / time * 1e-9)
      }
      return best
    }
    let read = best(block) { start in
      let sum = cm_sum_words(UnsafePointer(start.assumingMemoryBound(to: UInt32.self)), block / 4)
      withExtendedLifetime(sum) {}
    }
    let copy = best(2 * half) { memcpy($0 + block, $0, half) }
    return MemoryCeiling(level: level, blockBytes: block, read: read, copy: copy)
  }
}

/// How fast the multiply-add units run now: the clock, seen from inside.
enum ClockProbe<E: MatrixElement> {
  static func gigaflops(iterations: Int, threads: Int) -> Double {
    let peak = Kernels<E>().table.pointee.peak
    guard let peak else { return 0 }
    let operations = OperationCounts(threads)
    let time = seconds(runs: 1) {
      WorkerPool.shared.run(tasks: threads, threads: threads) { operations.counts[$0] = peak(iterations) }
    }
    return operations.counts.reduce(0, +) / time * 1e-9
  }
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
