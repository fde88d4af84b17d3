import Synchronization

#if canImport(Darwin)
  import Darwin
#elseif canImport(Musl)
  import Musl
#else
  import Glibc
#endif

/// Ctrl-C in commands that only compute; the explorer has ways of its own.
enum Interruption {
  /// Makes an interrupt end the program with 130, unless whoever started it had interrupts ignored.
  static func endsTheProgram() {
    var current = sigaction()
    guard sigaction(SIGINT, nil, &current) == 0, current.__sigaction_handler.sa_handler == nil else { return }
    signal(SIGINT) { _ in _exit(130) }
  }
}

extension Interruption {
  /// Makes an interrupt be noted instead, for a command that has something to say before it ends.
  ///
  /// A second one ends the program at once.
  static func isNoted() {
    var current = sigaction()
    guard sigaction(SIGINT, nil, &current) == 0, current.__sigaction_handler.sa_handler == nil else { return }
    signal(SIGINT) { _ in
      if Interruption.flag.exchange(true, ordering: .relaxed) { _exit(130) }
    }
  }

  /// Whether an interrupt came.
  static var isAsked: Bool { flag.load(ordering: .relaxed) }

  private static let flag = Atomic<Bool>(false)
}
