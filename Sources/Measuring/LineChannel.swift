import Foundation
import Synchronization

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// A child process that is sent a line and answers with a line.
///
/// Neither direction can hang us: both have a time limit, after which the child is killed, as it is when the wish to stop comes.
final class LineChannel {
  enum Failure: Error, CustomStringConvertible {
    case notStarted(Int32)
    case ended
    case hung(Double)
    case tooLong
    case cancelled

    var description: String {
      switch self {
      case .notStarted(let code): "it does not start: \(String(cString: strerror(code)))"
      case .ended: "the worker has ended"
      case .hung(let limit): "the worker did not answer within \(Self.short(limit)) s"
      case .tooLong: "the worker answered more than a line should hold"
      case .cancelled: "cancelled"
      }
    }

    private static func short(_ seconds: Double) -> String {
      seconds < 10 && seconds != seconds.rounded()
        ? "\((seconds * 10).rounded() / 10)" : "\(Int(min(seconds, 1e9).rounded()))"
    }
  }

  private static var longestLine: Int { 1 << 20 }
  /// All children that have been started and not yet stopped.
  private static let living = Mutex<Set<pid_t>>([])

  /// Kills all children of a program that ends, whichever thread talks to them.
  static func killAll() { living.withLock { for process in $0 { kill(process, SIGKILL) } } }

  private let process: pid_t
  private let toChild: Int32
  private let fromChild: Int32
  private var received = Data()
  private(set) var isStopped = false
  private var isCancelled: () -> Bool = { false }

  /// Starts a program, its first word looked up in the path; what it says on standard error is dropped.
  init(command: [String], environment: [String: String]) throws {
    var input: [Int32] = [-1, -1]
    var output: [Int32] = [-1, -1]
    guard pipe(&input) == 0 else { throw Failure.notStarted(errno) }
    guard pipe(&output) == 0 else {
      for end in input { close(end) }
      throw Failure.notStarted(errno)
    }
    for end in input + output { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
    #if canImport(Darwin)
      var actions: posix_spawn_file_actions_t?
    #else
      var actions = posix_spawn_file_actions_t()
    #endif
    posix_spawn_file_actions_init(&actions)
    posix_spawn_file_actions_adddup2(&actions, input[0], 0)
    posix_spawn_file_actions_adddup2(&actions, output[1], 1)
    posix_spawn_file_actions_addopen(&actions, 2, "/dev/null", O_WRONLY, 0)
    var words: [UnsafeMutablePointer<CChar>?] = command.map { strdup($0) } + [nil]
    var variables: [UnsafeMutablePointer<CChar>?] = environment.map { strdup("\($0.key)=\($0.value)") } + [nil]
    defer {
      for text in words + variables { free(text) }
      posix_spawn_file_actions_destroy(&actions)
    }
    var child: pid_t = 0
    let status = posix_spawnp(&child, command.first ?? "", &actions, nil, &words, &variables)
    // The child's ends: open here too, they would keep the pipes alive after its death.
    close(input[0])
    close(output[1])
    guard status == 0 else {
      close(input[1])
      close(output[0])
      throw Failure.notStarted(status)
    }
    process = child
    toChild = input[1]
    fromChild = output[0]
    Self.living.withLock { _ = $0.insert(child) }
    _ = fcntl(toChild, F_SETFL, O_NONBLOCK)
  }

  deinit { stop() }

  /// Kills the child; harmless if it has ended.
  func stop() {
    guard !isStopped else { return }
    isStopped = true
    // Until it is reaped its number is nobody else's.
    Self.living.withLock { _ = $0.remove(process) }
    kill(process, SIGKILL)
    close(toChild)
    close(fromChild)
    reap()
  }

  /// Takes in the dead child; one with gigabytes takes long to die, and is not waited for here.
  private func reap() {
    var status: Int32 = 0
    guard waitpid(process, &status, WNOHANG) == 0 else { return }
    let process = process
    Thread.detachNewThread {
      var status: Int32 = 0
      while waitpid(process, &status, 0) < 0, errno == EINTR {}
    }
  }

  /// Sends a line whose answer is fetched later, by `answer(within:)`.
  func begin(_ line: Data, limit: Double) throws {
    try whileAsked({ false }) {
      try send(line + Data([10]), deadline: .now + .seconds(limit), limit: limit)
    }
  }

  /// The answer to the line that was begun; asked every 20 ms whether to stop.
  ///
  /// - Returns: nil if it does not come within some seconds: it may come later.
  func answer(within limit: Double, isCancelled: @escaping () -> Bool = { false }) throws -> Data? {
    try whileAsked(isCancelled) {
      do {
        return try receive(deadline: .now + .seconds(limit), limit: limit)
      } catch Failure.hung {
        return nil
      }
    }
  }

  /// Does something with the child, which is killed if that fails.
  private func whileAsked<Result>(_ isCancelled: @escaping () -> Bool, _ body: () throws -> Result) throws -> Result {
    guard !isStopped else { throw Failure.ended }
    self.isCancelled = isCancelled
    defer { self.isCancelled = { false } }
    do {
      return try body()
    } catch {
      stop()
      throw error
    }
  }

  private func send(_ data: Data, deadline: ContinuousClock.Instant, limit: Double) throws {
    let descriptor = toChild
    var left = Array(data)[...]
    while !left.isEmpty {
      try wait(descriptor, Int16(POLLOUT), deadline: deadline, limit: limit)
      let written = withoutBrokenPipeSignal { left.withUnsafeBytes { write(descriptor, $0.baseAddress, $0.count) } }
      if written > 0 {
        left = left.dropFirst(written)
      } else if written < 0, errno != EINTR, errno != EAGAIN {
        throw Failure.ended
      }
    }
  }

  private func receive(deadline: ContinuousClock.Instant, limit: Double) throws -> Data {
    let descriptor = fromChild
    var buffer = [UInt8](repeating: 0, count: 4096)
    while true {
      if let end = received.firstIndex(of: 10) {
        let line = received[received.startIndex..<end]
        received = Data(received[(end + 1)...])
        return Data(line)
      }
      guard received.count < Self.longestLine else { throw Failure.tooLong }
      try wait(descriptor, Int16(POLLIN), deadline: deadline, limit: limit)
      let count = buffer.withUnsafeMutableBytes { read(descriptor, $0.baseAddress, $0.count) }
      if count > 0 {
        received.append(contentsOf: buffer[0..<count])
      } else if count == 0 || errno != EINTR && errno != EAGAIN {
        throw Failure.ended
      }
    }
  }

  private func wait(_ descriptor: Int32, _ events: Int16, deadline: ContinuousClock.Instant, limit: Double) throws {
    while true {
      if isCancelled() { throw Failure.cancelled }
      let left = max(deadline - .now, .zero)
      let (whole, atto) = left.components
      let milliseconds = left > .zero ? min(whole * 1000 + atto / 1_000_000_000_000_000 + 1, 20) : 0
      var entry = pollfd(fd: descriptor, events: events, revents: 0)
      let ready = poll(&entry, 1, Int32(milliseconds))
      if ready > 0 { return }
      if ready < 0, errno != EINTR { throw Failure.ended }
      // What is there already is taken however late it is.
      guard left > .zero else { throw Failure.hung(limit) }
    }
  }

  /// Writing to a child that has died must be an error, not the end of the program.
  private func withoutBrokenPipeSignal<Result>(_ body: () -> Result) -> Result {
    let before = signal(SIGPIPE, SIG_IGN)
    defer { signal(SIGPIPE, before) }
    return body()
  }
}
