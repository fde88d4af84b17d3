import Synchronization
import TensorFiles

#if canImport(Darwin)
  import Darwin
#elseif canImport(Musl)
  import Musl
#else
  import Glibc
#endif

/// Ctrl-C and the other signals that end commands which only compute; the explorer has ways of its own.
///
/// Whatever ends the program takes a half written file with it. What whoever started it had ignored stays ignored.
enum Interruption {
  /// Makes an interrupt end the program with 130, and the other signals by their own action.
  static func endsTheProgram() {
    on(SIGINT) { _ in Interruption.end() }
    passOnOthers()
  }

  /// Makes an interrupt be noted instead, for a command that has something to say before it ends.
  ///
  /// A second one ends the program at once.
  static func isNoted() {
    on(SIGINT) { _ in
      if Interruption.flag.exchange(true, ordering: .relaxed) { Interruption.end() }
    }
    passOnOthers()
  }

  /// Whether an interrupt came.
  static var isAsked: Bool { flag.load(ordering: .relaxed) }

  private static let flag = Atomic<Bool>(false)

  private static func passOnOthers() {
    for number in [SIGTERM, SIGHUP, SIGQUIT] {
      on(number) { number in
        UnfinishedOutput.remove()
        signal(number, SIG_DFL)
        raise(number)
      }
    }
  }

  private static func end() {
    UnfinishedOutput.remove()
    _exit(130)
  }

  private static func on(_ number: Int32, _ handler: @escaping @convention(c) (Int32) -> Void) {
    var current = sigaction()
    guard sigaction(number, nil, &current) == 0 else { return }
    let isIgnored =
      unsafeBitCast(current.__sigaction_handler.sa_handler, to: Int.self) == unsafeBitCast(SIG_IGN, to: Int.self)
    if !isIgnored { signal(number, handler) }
  }
}

/// Makes a limit on the size of files an error of the write instead of the end of the program.
func takeFileSizeLimitsAsErrors() { signal(SIGXFSZ, SIG_IGN) }
