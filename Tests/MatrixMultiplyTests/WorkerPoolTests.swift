import MatrixMultiply
import Synchronization
import Testing

#if canImport(Darwin)
  import Darwin
#elseif canImport(Musl)
  import Musl
#else
  import Glibc
#endif

@Suite struct WorkerPoolTests {
  @Test(arguments: [0, 1, 2, 3, 7, 1000], [1, 2, 3, 8])
  func everyTaskRunsOnce(tasks: Int, threads: Int) {
    for _ in 0..<50 {
      var done = [Int](repeating: 0, count: tasks)
      done.withUnsafeMutableBufferPointer { done in
        let done = done
        WorkerPool.shared.run(tasks: tasks, threads: threads) { done[$0] += 1 }
      }
      #expect(done.allSatisfy { $0 == 1 })
    }
  }

  /// So that the handler of a stack overflow can give a terminal back.
  @Test func workersHaveAStackForSignals() {
    let uncovered = Atomic<Int>(0)
    let workers = Atomic<Int>(0)
    let caller = pthread_self()
    // Until a worker has joined, which no region is promised.
    for _ in 0..<10_000 where workers.load(ordering: .relaxed) == 0 {
      WorkerPool.shared.run(tasks: 50, threads: 3) { _ in
        guard pthread_equal(caller, pthread_self()) == 0 else { return }
        var stack = stack_t()
        sigaltstack(nil, &stack)
        workers.add(1, ordering: .relaxed)
        if stack.ss_sp == nil { uncovered.add(1, ordering: .relaxed) }
      }
      sched_yield()
    }
    #expect(workers.load(ordering: .relaxed) > 0)
    #expect(uncovered.load(ordering: .relaxed) == 0)
  }

  @Test func regionsInsideRegionsAndFromManyThreads() async {
    final class Counter: Sendable { let value = Atomic<Int>(0) }
    let total = Counter()
    await withTaskGroup(of: Void.self) { group in
      for _ in 0..<4 {
        group.addTask {
          for _ in 0..<200 {
            WorkerPool.shared.run(tasks: 4, threads: 3) { _ in
              WorkerPool.shared.run(tasks: 3, threads: 2) { _ in total.value.add(1, ordering: .relaxed) }
            }
          }
        }
      }
    }
    #expect(total.value.load(ordering: .relaxed) == 4 * 200 * 12)
  }
}
