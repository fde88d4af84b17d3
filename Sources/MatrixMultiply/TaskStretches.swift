import Synchronization

/// The tasks of a region, cut into a stretch for each thread: how far each stretch has been taken.
final class TaskStretches: @unchecked Sendable {
  /// A counter in each, alone in its lines of the cache.
  private static let apart = 128 / MemoryLayout<Atomic<Int>>.stride
  private let taken = UnsafeMutablePointer<Atomic<Int>>.allocate(capacity: WorkerPool.threadLimit * apart)

  init() {
    for place in 0..<WorkerPool.threadLimit * Self.apart { (taken + place).initialize(to: Atomic(0)) }
  }

  deinit { taken.deallocate() }

  func open(tasks: Int, threads: Int) {
    for stretch in 0..<threads {
      taken[stretch * Self.apart].store(Self.start(of: stretch, of: threads, tasks), ordering: .relaxed)
    }
  }

  /// The next task of a stretch, nil when all of them have been taken.
  func next(_ stretch: Int, of threads: Int, tasks: Int) -> Int? {
    let task = taken[stretch * Self.apart].add(1, ordering: .relaxed).oldValue
    return task < Self.start(of: stretch + 1, of: threads, tasks) ? task : nil
  }

  /// Whether the thread that takes a task is to take the one after it too.
  static func isFollowed(_ task: Int, of tasks: Int, threads: Int) -> Bool {
    guard task + 1 < tasks else { return false }
    return !(1..<max(threads, 1)).contains { start(of: $0, of: threads, tasks) == task + 1 }
  }

  private static func start(of stretch: Int, of threads: Int, _ tasks: Int) -> Int {
    tasks / threads * stretch + min(stretch, tasks % threads)
  }
}
