import MatrixMultiply
import Synchronization
import Testing

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
