#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// Wakes the thread that waits in `nextEvent`; any thread may call it.
///
/// It carries no message: what the work produced lies wherever both sides agreed on.
public final class Mailbox: Sendable {
  let reading: Int32
  private let writing: Int32

  init() throws(TerminalError) {
    var ends: [Int32] = [-1, -1]
    guard pipe(&ends) == 0 else { throw .system("a pipe for background work") }
    for end in ends {
      _ = fcntl(end, F_SETFD, FD_CLOEXEC)
      _ = fcntl(end, F_SETFL, fcntl(end, F_GETFL) | O_NONBLOCK)
    }
    reading = ends[0]
    writing = ends[1]
  }

  deinit {
    close(reading)
    close(writing)
  }

  /// Makes the waiting thread see `.woken` once, however often this is called before it does.
  public func wake() {
    var byte: UInt8 = 1
    // A full pipe is a wake-up already.
    _ = write(writing, &byte, 1)
  }

  /// Takes all wake-ups out; whether there were any.
  func empty() -> Bool {
    var buffer = [UInt8](repeating: 0, count: 256)
    var found = false
    while read(reading, &buffer, buffer.count) > 0 { found = true }
    return found
  }
}
