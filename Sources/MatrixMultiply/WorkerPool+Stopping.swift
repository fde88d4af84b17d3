import Synchronization

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

extension WorkerPool {
  /// Runs a body on the calling thread, whose regions can be ended before all their tasks are done.
  ///
  /// Once the wish to stop has come, every region that the body opens starts no further task, on any thread; tasks that have
  /// begun are finished, or end early where they ask (`isStopping`). What the body computes is not whole then. The regions of
  /// other threads go on, and outside of such a body nothing is asked: work that cannot be stopped costs nothing more than it
  /// would without this.
  ///
  /// - Parameters:
  ///   - isStopped: the wish to stop, asked on the calling thread alone, before and in each task that it takes and while it
  ///     waits for the others; once true it is not asked again.
  ///   - body: opens the regions, in a function that need not know of this.
  /// - Returns: what the body returns; nil if a region was ended early.
  /// - Throws: what the body throws.
  public func stoppable<Result>(when isStopped: () -> Bool, _ body: () throws -> Result) rethrows -> Result? {
    try withoutActuallyEscaping(isStopped) { isStopped in
      let outer = StopScope.ofThisThread
      let scope = StopScope(asking: isStopped)
      stoppableBodies.add(1, ordering: .relaxed)
      StopScope.ofThisThread = scope
      defer {
        StopScope.ofThisThread = outer
        stoppableBodies.subtract(1, ordering: .relaxed)
        scope.close()
      }
      let result = try body()
      return scope.isStopped ? nil : result
    }
  }

  /// Goes through gigabytes in stretches on the calling thread, so that `stoppable` work can end between two of them.
  ///
  /// - Parameters:
  ///   - count: how many elements there are.
  ///   - body: told the places of some that follow each other.
  public func runInStretches(of count: Int, _ body: (Range<Int>) -> Void) {
    let stretch = 1 << 20
    run(tasks: (count + stretch - 1) / stretch, threads: 1) { part in
      body(part * stretch..<min((part + 1) * stretch, count))
    }
  }

  /// Whether what the calling thread does is not wanted any more: asked inside of tasks that may take long, which then end
  /// with their work half done.
  ///
  /// Never true outside of a `stoppable` body, where it costs one load. No references are counted, so that threads that ask
  /// often do not wait for each other.
  public static var isStopping: Bool {
    guard stoppableBodies.load(ordering: .relaxed) != 0 else { return false }
    return StopScope.withThatOfThisThread { $0?.endsHere() ?? false }
  }

  /// That of the calling thread; nil, for the price of one load, where nothing can be stopped.
  var stopScope: StopScope? { stoppableBodies.load(ordering: .relaxed) == 0 ? nil : StopScope.ofThisThread }
}

/// How many bodies run, on all threads, whose regions can be ended early.
private let stoppableBodies = Atomic<Int>(0)

/// The wish to stop what one thread does, and whoever helps it.
final class StopScope: @unchecked Sendable {
  private let stopped = Atomic<Bool>(false)
  private let owner = pthread_self()
  /// Asked by the owner alone, and not after the scope has been closed.
  private var ask: (() -> Bool)?

  init(asking ask: @escaping () -> Bool) { self.ask = ask }

  func close() { ask = nil }

  var isStopped: Bool { stopped.load(ordering: .relaxed) }

  /// Whether the next task is to be left undone: the owner asks, the others are told.
  func endsHere() -> Bool {
    if isStopped { return true }
    guard pthread_equal(owner, pthread_self()) != 0, let ask, ask() else { return false }
    stopped.store(true, ordering: .relaxed)
    return true
  }

  private static let key: pthread_key_t = {
    var key = pthread_key_t()
    pthread_key_create(&key, nil)
    return key
  }()

  /// The body gets it without a count of references.
  static func withThatOfThisThread<Result>(_ body: (StopScope?) -> Result) -> Result {
    guard let scope = pthread_getspecific(key) else { return body(nil) }
    return Unmanaged<StopScope>.fromOpaque(scope)._withUnsafeGuaranteedRef(body)
  }

  /// Whoever sets it keeps it alive until it is set back.
  static var ofThisThread: StopScope? {
    get { pthread_getspecific(key).map { Unmanaged<StopScope>.fromOpaque($0).takeUnretainedValue() } }
    set { pthread_setspecific(key, newValue.map { UnsafeRawPointer(Unmanaged.passUnretained($0).toOpaque()) }) }
  }
}
