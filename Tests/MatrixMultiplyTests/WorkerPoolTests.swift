import Foundation
import MatrixMultiply
import StridedTensor
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

  /// The last task of each stretch, and no other, is followed by none of the same thread.
  @Test(arguments: [1, 2, 3, 7, 1000], [1, 2, 3, 8])
  func aStretchEndsWithATaskThatIsNotFollowed(tasks: Int, threads: Int) {
    let ends = (0..<tasks).filter { !WorkerPool.isFollowed($0, of: tasks, threads: threads) }
    #expect(ends.count == min(tasks, threads))
    #expect(ends.last == tasks - 1)
    let lengths = zip(ends, [-1] + ends).map { $0 - $1 }
    #expect((lengths.max() ?? 0) - (lengths.min() ?? 0) <= 1)
  }

  /// Runs regions until workers have done what is waited for, which no region is promised: other tests may hold the pool, a
  /// sanitizer's for half a minute.
  private func runRegions(until isEnough: () -> Bool, _ region: () -> Void) {
    let end = ContinuousClock.now + .seconds(180)
    while !isEnough(), ContinuousClock.now < end {
      region()
      usleep(100)
    }
  }

  /// A thread goes through its own stretch in order, then helps with the others: repeated work is done by whoever did it before.
  @Test func everyThreadBeginsWithItsOwnStretch() {
    let tasks = 1000
    let places = Atomic<Int>(0)
    let caller = pthread_self()
    // For each task whether the caller did it, and when.
    var done = [(byCaller: Bool, place: Int)](repeating: (false, 0), count: tasks)
    var workersShare = 0
    runRegions(until: { workersShare > tasks }) {
      done.withUnsafeMutableBufferPointer { done in
        let done = done
        WorkerPool.shared.run(tasks: tasks, threads: 2) { task in
          let isCaller = pthread_equal(caller, pthread_self()) != 0
          done[task] = (isCaller, places.add(1, ordering: .relaxed).newValue)
        }
      }
      for byCaller in [true, false] {
        let own = (0..<tasks).filter { done[$0].byCaller == byCaller }
        let inOrder = own.sorted { done[$0].place < done[$1].place }
        let first = inOrder.filter { ($0 < tasks / 2) == byCaller }
        let ownFirst = inOrder.starts(with: first) && first == first.sorted()
        #expect(ownFirst, "\(byCaller ? "the caller" : "the worker") began with task \(inOrder.first ?? -1)")
        if !byCaller { workersShare += own.count }
      }
    }
    #expect(workersShare > 0)
  }

  /// So that the handler of a stack overflow can give a terminal back.
  @Test func workersHaveAStackForSignals() {
    let uncovered = Atomic<Int>(0)
    let workers = Atomic<Int>(0)
    let caller = pthread_self()
    runRegions(until: { workers.load(ordering: .relaxed) > 0 }) {
      WorkerPool.shared.run(tasks: 50, threads: 3) { _ in
        guard pthread_equal(caller, pthread_self()) == 0 else { return }
        var stack = stack_t()
        sigaltstack(nil, &stack)
        workers.add(1, ordering: .relaxed)
        if stack.ss_sp == nil { uncovered.add(1, ordering: .relaxed) }
      }
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

  /// Once the wish to stop has come no further task begins, on any thread, in regions inside of tasks neither; then all is as before.
  @Test(arguments: [1, 2, 4])
  func aStoppedRegionStartsNoFurtherTask(threads: Int) {
    let begun = Atomic<Int>(0)
    let asked = Atomic<Int>(0)
    let caller = pthread_self()
    let isStopped = {
      #expect(pthread_equal(caller, pthread_self()) != 0, "asked on the calling thread alone")
      return asked.add(1, ordering: .relaxed).newValue > 5
    }
    let result = WorkerPool.shared.stoppable(when: isStopped) {
      WorkerPool.shared.run(tasks: 1_000_000, threads: threads) { _ in
        WorkerPool.shared.run(tasks: 2, threads: 1) { _ in begun.add(1, ordering: .relaxed) }
      }
      let sofar = begun.load(ordering: .relaxed)
      WorkerPool.shared.run(tasks: 10, threads: threads) { _ in begun.add(1, ordering: .relaxed) }
      #expect(begun.load(ordering: .relaxed) == sofar, "the next region does nothing")
      return 1
    }
    #expect(result == nil && asked.load(ordering: .relaxed) == 6)
    #expect(begun.load(ordering: .relaxed) < 2_000_000)
    let whole = Atomic<Int>(0)
    WorkerPool.shared.run(tasks: 1000, threads: threads) { _ in whole.add(1, ordering: .relaxed) }
    #expect(whole.load(ordering: .relaxed) == 1000)
  }

  /// A task that takes long ends when it asks, on a helper too, whom the waiting caller tells.
  @Test(arguments: [1, 2, 4])
  func aLongTaskEndsWhenItAsks(threads: Int) {
    let asked = Atomic<Int>(0)
    let ended = Atomic<Int>(0)
    let caller = pthread_self()
    #expect(!WorkerPool.isStopping)
    let result: Void? = WorkerPool.shared.stoppable(when: { asked.add(1, ordering: .relaxed).newValue > 1000 }) {
      WorkerPool.shared.run(tasks: 4, threads: threads) { _ in
        // The caller leaves its part at once, where it has help.
        while threads == 1 || pthread_equal(caller, pthread_self()) == 0 {
          guard !WorkerPool.isStopping else {
            ended.add(1, ordering: .relaxed)
            return
          }
          sched_yield()
        }
      }
    }
    if threads == 1 { #expect(result == nil && ended.load(ordering: .relaxed) == 1) }
    #expect(!WorkerPool.isStopping)
  }

  /// A copy in pieces is the copy.
  @Test(arguments: [1, 2])
  func viewsAreCopiedInPieces(threads: Int) throws {
    let numbers = try Tensor<Float>(shape: [3, 1, 1100, 700], elements: (0..<2_310_000).map(Float.init))
    for view in [try numbers.permuted([3, 1, 0, 2]), try numbers.slice(axis: 3, start: 1, stop: 699)] {
      let wanted = try view.contiguous().elements()
      #expect(try view.contiguousInPieces().elements() == wanted)
      let target = UnsafeMutableBufferPointer<Float>.allocate(capacity: view.count)
      defer { target.deallocate() }
      try copyElements(of: view, into: target, threads: threads)
      #expect(Array(target) == wanted)
    }
  }

  /// What one thread is asked to stop, no other thread notices.
  @Test func onlyTheAskedThreadStops() {
    struct Broken: Error {}
    let whole = Atomic<Int>(0)
    let result = WorkerPool.shared.stoppable(when: { true }) {
      let thread = Thread {
        WorkerPool.shared.run(tasks: 100, threads: 2) { _ in whole.add(1, ordering: .relaxed) }
      }
      thread.start()
      while !thread.isFinished { sched_yield() }
      return true
    }
    // No region of its own was ended.
    #expect(result == true && whole.load(ordering: .relaxed) == 100)
    let fails: () throws -> Int = { throw Broken() }
    #expect(throws: Broken.self) { _ = try WorkerPool.shared.stoppable(when: { false }, fails) }
  }
}
