import Foundation
import Screens

/// A program that runs on a terminal of its own, with an emulator to see what it shows.
///
/// Not for use by several threads at once. The program is killed when this goes away.
public final class PseudoTerminal {
  public let process: pid_t
  /// Everything that the program wrote to the terminal.
  public internal(set) var output: [UInt8] = []
  public internal(set) var status: ExitStatus?
  /// The modes that the output has switched on and not off.
  public internal(set) var privateModes = PrivateModes()

  let emulated: EmulatedScreen
  /// The emulator's side.
  var master: Int32
  /// The program's side, kept open so that the terminal outlives the program.
  var slave: Int32
  private let modesBefore: [UInt8]

  /// Starts a program in a session whose controlling terminal is the new one.
  ///
  /// - Parameters:
  ///   - command: the program's path and its arguments.
  ///   - environment: added to a small fixed environment (PATH, HOME, a UTF-8 locale, TERM of xterm-256color, no
  ///     backtraces); an empty value removes a name.
  ///   - standardInput: a file to read instead of the terminal.
  ///   - standardOutput: a file to write instead of the terminal.
  ///   - standardError: a file to write instead of the terminal.
  public init(
    _ command: [String], environment: [String: String] = [:], size: Size = Size(columns: 80, rows: 24),
    standardInput: String? = nil, standardOutput: String? = nil, standardError: String? = nil
  ) throws {
    guard let emulated = EmulatedScreen(size: size) else { throw HarnessError.system("vterm_new", errno: 0) }
    self.emulated = emulated
    (master, slave) = try Self.open(size)
    modesBefore = Self.modes(of: slave)
    process = try Self.spawn(
      command, environment, on: try Self.name(of: slave),
      files: [standardInput, standardOutput, standardError])
  }

  deinit {
    if status == nil {
      kill(process, SIGKILL)
      var ignored: Int32 = 0
      waitpid(process, &ignored, 0)
    }
    hangUp()
  }

  /// Closes the terminal, as a lost connection does.
  public func hangUp() {
    if master >= 0 { close(master) }
    if slave >= 0 { close(slave) }
    master = -1
    slave = -1
  }

  /// Whether the terminal's modes (echo, line editing, …) are as they were before the program started.
  public var modesAreRestored: Bool { Self.modes(of: slave) == modesBefore }

  /// Whether the program gave back all it can change: modes, alternate screen, cursor, mouse, paste, synchronization.
  public var isRestored: Bool {
    drain()
    return modesAreRestored && privateModes == PrivateModes()
  }

  /// The job that keys of the terminal would stop or interrupt.
  public var foregroundProcessGroup: pid_t { tcgetpgrp(master) }

  // MARK: Starting

  /// `POSIX_SPAWN_SETSID`, which the system's module leaves out.
  #if os(Linux)
    private static let newSession: Int16 = 0x80
  #else
    private static let newSession: Int16 = 0x400
  #endif

  private static func open(_ size: Size) throws -> (master: Int32, slave: Int32) {
    var master: Int32 = -1
    var slave: Int32 = -1
    guard openpty(&master, &slave, nil, nil, nil) == 0 else {
      throw HarnessError.system("opening a pseudo-terminal", errno: errno)
    }
    // Programs of tests that run meanwhile must not keep it open.
    for side in [master, slave] { _ = fcntl(side, F_SETFD, FD_CLOEXEC) }
    _ = fcntl(master, F_SETFL, O_NONBLOCK)
    setSize(size, of: master)
    return (master, slave)
  }

  /// The path of a terminal; `ttyname` itself keeps one name for all threads, and suites run side by side.
  private static func name(of terminal: Int32) throws -> String {
    var name = [CChar](repeating: 0, count: 256)
    let failure = ttyname_r(terminal, &name, name.count)
    guard failure == 0 else { throw HarnessError.system("naming a pseudo-terminal", errno: failure) }
    return name.withUnsafeBufferPointer { $0.baseAddress.map { String(cString: $0) } ?? "" }
  }

  static func setSize(_ size: Size, of terminal: Int32) {
    var window = winsize(
      ws_row: UInt16(clamping: size.rows), ws_col: UInt16(clamping: size.columns), ws_xpixel: 0, ws_ypixel: 0)
    _ = ioctl(terminal, UInt(TIOCSWINSZ), &window)
  }

  private static func modes(of terminal: Int32) -> [UInt8] {
    var modes = termios()
    guard tcgetattr(terminal, &modes) == 0 else { return [] }
    return withUnsafeBytes(of: &modes) { Array($0) }
  }

  private static func spawn(
    _ command: [String], _ environment: [String: String], on terminal: String, files: [String?]
  ) throws -> pid_t {
    var actions = posix_spawn_file_actions_t()
    var attributes = posix_spawnattr_t()
    posix_spawn_file_actions_init(&actions)
    posix_spawnattr_init(&attributes)
    defer {
      posix_spawn_file_actions_destroy(&actions)
      posix_spawnattr_destroy(&attributes)
    }
    // The first terminal that a session's leader opens becomes its controlling one.
    posix_spawn_file_actions_addopen(&actions, 3, terminal, O_RDWR, 0)
    for (descriptor, file) in files.enumerated() {
      let descriptor = Int32(descriptor)
      if let file {
        let flags = descriptor == 0 ? O_RDONLY : O_WRONLY | O_CREAT | O_TRUNC
        posix_spawn_file_actions_addopen(&actions, descriptor, file, flags, 0o644)
      } else {
        posix_spawn_file_actions_adddup2(&actions, 3, descriptor)
      }
    }
    posix_spawn_file_actions_addclose(&actions, 3)
    var none = sigset_t()
    sigemptyset(&none)
    var all = sigset_t()
    sigfillset(&all)
    posix_spawnattr_setsigmask(&attributes, &none)
    posix_spawnattr_setsigdefault(&attributes, &all)
    posix_spawnattr_setflags(
      &attributes, Self.newSession | Int16(POSIX_SPAWN_SETSIGMASK) | Int16(POSIX_SPAWN_SETSIGDEF))

    let inherited = ProcessInfo.processInfo.environment
    var variables = [
      "PATH": inherited["PATH"] ?? "/usr/bin:/bin", "HOME": inherited["HOME"] ?? "/", "TERM": "xterm-256color",
      "LANG": "C.UTF-8", "SWIFT_BACKTRACE": "enable=no",
    ]
    if let path = inherited["LD_LIBRARY_PATH"] { variables["LD_LIBRARY_PATH"] = path }
    variables.merge(environment) { $1 }
    let arguments = command.map { strdup($0) } + [nil]
    let settings = variables.filter { !$0.value.isEmpty }.map { strdup("\($0.key)=\($0.value)") } + [nil]
    defer { for text in arguments + settings { free(text) } }
    var process: pid_t = 0
    let result = posix_spawn(&process, command.first ?? "", &actions, &attributes, arguments, settings)
    guard result == 0 else { throw HarnessError.system("starting \(command)", errno: result) }
    return process
  }
}
