import CMicrokernels
import Synchronization

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// Threads that stay alive between parallel regions: they spin shortly for the next one, then sleep.
///
/// A region costs a fraction of a microsecond while the workers spin. The first workers join a region by taking its seats;
/// the caller works too, and waits only for those who joined, so that a worker that the system does not run delays nobody.
/// Each thread has a stretch of the tasks as its own, the same one in every region of that size, so that what it touches is
/// in its core's cache when the work is repeated; whoever is done with it takes from the others'.
/// One region runs at a time: a second caller, and a region inside a region, do their work alone.
public final class WorkerPool: Sendable {
  /// The pool of the process; its threads start when they are first asked for.
  public static let shared = WorkerPool()

  /// Most threads that a region may have.
  public static let threadLimit = 256
  /// Rounds of waiting before a worker sleeps: some tenths of a millisecond, since a sleeper takes a tenth to wake.
  private static let spins = 20_000

  private let gate = Atomic<RegionGate>(RegionGate())
  private let isBusy = Atomic<Bool>(false)
  private let stretches = TaskStretches()
  private let finished = Atomic<Int>(0)
  private let sleepers = Atomic<Int>(0)
  private let region: RegionBox
  private let bed = Bed()

  private init() { region = RegionBox() }

  /// Runs `body(0)` … `body(tasks - 1)`, each once, on at most `threads` threads, and returns when all are done.
  ///
  /// The tasks are cut into as many stretches as there are threads, each taken in order. The body is called from several
  /// threads at once: it must not write what another task reads or writes.
  public func run(tasks: Int, threads: Int, _ body: (Int) -> Void) {
    let wanted = min(threads, tasks, Self.threadLimit)
    let scope = stopScope
    guard wanted > 1, isBusy.compareExchange(expected: false, desired: true, ordering: .acquiring).exchanged else {
      for task in 0..<max(tasks, 0) {
        if let scope, scope.endsHere() { return }
        body(task)
      }
      return
    }
    withoutActuallyEscaping(body) { body in
      region.open(tasks: tasks, threads: wanted, scope, body: body)
      startWorkers(wanted - 1)
      stretches.open(tasks: tasks, threads: wanted)
      finished.store(0, ordering: .relaxed)
      let opened = gate.load(ordering: .relaxed).next(threads: wanted)
      gate.store(opened, ordering: .sequentiallyConsistent)
      if sleepers.load(ordering: .sequentiallyConsistent) > 0 { bed.wakeAll() }
      work(from: 0, of: wanted, tasks: tasks, scope, body)
      let free = gate.exchange(opened.closed, ordering: .sequentiallyConsistent).seats
      let joined = opened.seats - free
      var waits = 0
      while finished.load(ordering: .acquiring) < joined {
        waits += 1
        guard waits > Self.spins else {
          cm_pause()
          continue
        }
        // Others, whose tasks may take long, are told by whoever asks.
        _ = scope?.endsHere()
        sched_yield()
      }
      region.close()
    }
    isBusy.store(false, ordering: .releasing)
  }

  /// Whether the thread that a task falls to is to take the next one too, in a region of so many.
  public static func isFollowed(_ task: Int, of tasks: Int, threads: Int) -> Bool {
    TaskStretches.isFollowed(task, of: tasks, threads: min(threads, tasks, threadLimit))
  }

  /// First the tasks of a thread's own stretch, then what is left of the others.
  private func work(from own: Int, of threads: Int, tasks: Int, _ scope: StopScope?, _ body: (Int) -> Void) {
    for turn in 0..<threads {
      let stretch = (own + turn) % threads
      while true {
        if let scope, scope.endsHere() { return }
        guard let task = stretches.next(stretch, of: threads, tasks: tasks) else { break }
        body(task)
      }
    }
  }

  /// A joined worker's part.
  ///
  /// Not inlined: its hold on the closure must end before it reports that it has finished.
  @inline(never) private func workOnRegion(number: Int) {
    guard let (tasks, threads, scope, body) = region.job else { return }
    // Regions inside of the tasks end early too.
    if let scope { StopScope.ofThisThread = scope }
    work(from: number, of: threads, tasks: tasks, scope, body)
    if scope != nil { StopScope.ofThisThread = nil }
  }

  /// What a worker does all its life; workers are counted from 1.
  private func serve(number: Int) {
    var waits = 0
    while true {
      let state = gate.load(ordering: .acquiring)
      if state.admits(number) {
        if gate.weakCompareExchange(expected: state, desired: state.withOneSeatLess, ordering: .acquiring).exchanged {
          workOnRegion(number: number)
          finished.add(1, ordering: .releasing)
        }
        waits = 0
      } else if waits < Self.spins {
        waits += 1
        cm_pause()
      } else {
        waits = 0
        bed.sleep(counting: sleepers) { !gate.load(ordering: .sequentiallyConsistent).admits(number) }
      }
    }
  }

  /// Starts threads until there are `count`; called by the one caller that holds the pool.
  private func startWorkers(_ count: Int) {
    while region.workers < count {
      region.workers += 1
      let number = region.workers
      startThread {
        takeAlternateStack()
        self.serve(number: number)
      }
    }
  }
}

/// What the workers are to do: written by the caller before it opens the gate, read by those who joined.
private final class RegionBox: @unchecked Sendable {
  var job: (tasks: Int, threads: Int, scope: StopScope?, body: (Int) -> Void)?
  var workers = 0

  func open(tasks: Int, threads: Int, _ scope: StopScope?, body: @escaping (Int) -> Void) {
    job = (tasks, threads, scope, body)
  }
  func close() { job = nil }
}

/// Where workers sleep: a condition variable.
private final class Bed: @unchecked Sendable {
  private let mutex = UnsafeMutablePointer<pthread_mutex_t>.allocate(capacity: 1)
  private let condition = UnsafeMutablePointer<pthread_cond_t>.allocate(capacity: 1)

  init() {
    pthread_mutex_init(mutex, nil)
    pthread_cond_init(condition, nil)
  }

  deinit {
    pthread_cond_destroy(condition)
    pthread_mutex_destroy(mutex)
    condition.deallocate()
    mutex.deallocate()
  }

  func wakeAll() {
    pthread_mutex_lock(mutex)
    pthread_cond_broadcast(condition)
    pthread_mutex_unlock(mutex)
  }

  /// Sleeps while the condition holds; it is asked again after the sleeper is counted, so that no wake-up is missed.
  func sleep(counting sleepers: borrowing Atomic<Int>, while isIdle: () -> Bool) {
    pthread_mutex_lock(mutex)
    sleepers.add(1, ordering: .sequentiallyConsistent)
    while isIdle() { pthread_cond_wait(condition, mutex) }
    sleepers.subtract(1, ordering: .sequentiallyConsistent)
    pthread_mutex_unlock(mutex)
  }
}

/// Gives the calling thread, which never ends, a stack for signal handlers: whatever handlers the program has, those that
/// ask for it can run after an overflow here too.
private func takeAlternateStack() {
  let bytes = 64 << 10
  guard let memory = malloc(bytes) else { return }
  var stack = stack_t()
  stack.ss_sp = memory
  stack.ss_size = bytes
  sigaltstack(&stack, nil)
}

/// Starts a detached thread that blocks all signals, so that they reach the program's own threads.
private func startThread(_ body: @escaping @Sendable () -> Void) {
  final class Start {
    let body: @Sendable () -> Void
    init(_ body: @escaping @Sendable () -> Void) { self.body = body }
  }
  var attributes = pthread_attr_t()
  pthread_attr_init(&attributes)
  pthread_attr_setdetachstate(&attributes, Int32(PTHREAD_CREATE_DETACHED))
  var all = sigset_t()
  var before = sigset_t()
  sigfillset(&all)
  pthread_sigmask(SIG_BLOCK, &all, &before)
  let start = Unmanaged.passRetained(Start(body))
  #if canImport(Darwin)
    var thread: pthread_t?
    let status = pthread_create(
      &thread, &attributes,
      { argument in
        Unmanaged<Start>.fromOpaque(argument).takeRetainedValue().body()
        return nil
      }, start.toOpaque())
  #else
    var thread = pthread_t()
    let status = pthread_create(
      &thread, &attributes,
      { argument in
        if let argument { Unmanaged<Start>.fromOpaque(argument).takeRetainedValue().body() }
        return nil
      }, start.toOpaque())
  #endif
  if status != 0 { start.release() }
  pthread_sigmask(SIG_SETMASK, &before, nil)
  pthread_attr_destroy(&attributes)
}
