import Screens

/// Why a test on a terminal could not go on.
public enum HarnessError: Error, CustomStringConvertible {
  case system(String, errno: Int32)
  /// What was waited for did not come; with the screen's text at the deadline.
  case timedOut(String, screen: String)
  /// The program ended while something was waited for.
  case ended(ExitStatus, waitingFor: String, screen: String)

  public var description: String {
    switch self {
    case .system(let what, let number): "\(what) failed with errno \(number)"
    case .timedOut(let what, let screen): "waited in vain for \(what); the screen:\n\(screen)"
    case .ended(let status, let what, let screen): "\(status) while waiting for \(what); the screen:\n\(screen)"
    }
  }
}

/// How a program ended.
public enum ExitStatus: Hashable, Sendable {
  case exited(Int32)
  case signaled(Int32)
}
