#if canImport(Darwin)
  import Darwin
#elseif canImport(Musl)
  import Musl
#else
  import Glibc
#endif

/// A file that appears whole or not at all.
///
/// Bytes go to a new file beside the target, which takes the target's place in `commit()`; without it nothing is left.
/// Pipes and devices, `/dev/stdout` among them, cannot be replaced and are written to directly.
struct OutputFile: ~Copyable {
  let name: String
  private let descriptor: Int32
  /// The file being written and the place it will take; nil where bytes go to their place directly.
  private let replacement: Replacement?
  private var isCommitted = false

  private struct Replacement {
    let temporary: String
    let target: String
    /// Whether handlers of signals know of it.
    let isNoted: Bool
  }

  private init(name: String, descriptor: Int32, replacement: Replacement? = nil) {
    self.name = name
    self.descriptor = descriptor
    self.replacement = replacement
  }

  /// Opens the way to a path; whatever stands there stays until `commit()`.
  static func opening(_ path: String) throws(TensorFileError) -> OutputFile {
    if let standing = standingDescriptor(path) {
      return OutputFile(name: path, descriptor: try checked(dup(standing), path))
    }
    var status = stat()
    let exists = stat(path, &status) == 0
    let kind = status.st_mode & S_IFMT
    guard !exists || kind != S_IFDIR else { throw .cannotWrite(file: path, reason: "it is a directory") }
    if exists, kind != S_IFREG {
      return OutputFile(name: path, descriptor: try checked(systemOpen(path, O_WRONLY | O_CLOEXEC), path))
    }
    if exists { _ = try checked(access(path, W_OK), path) }
    let target = resolved(path)
    let directory = target.lastIndex(of: "/").map { String(target[...$0]) } ?? ""
    let temporary = directory + ".convscope-\(String(UInt64.random(in: .min ... .max), radix: 36)).tmp"
    // Noted before it is there, so that no signal comes between.
    let isNoted = UnfinishedOutput.begin(temporary)
    let opened = systemOpen(temporary, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC)
    guard opened >= 0 else {
      let reason = systemMessage()
      if isNoted { UnfinishedOutput.end() }
      throw .cannotWrite(file: path, reason: reason)
    }
    if exists { _ = fchmod(opened, status.st_mode & 0o777) }
    return OutputFile(
      name: path, descriptor: opened, replacement: Replacement(temporary: temporary, target: target, isNoted: isNoted))
  }

  /// The result of a system call, or its failure as an error.
  private static func checked(_ result: Int32, _ path: String) throws(TensorFileError) -> Int32 {
    guard result >= 0 else { throw .cannotWrite(file: path, reason: systemMessage()) }
    return result
  }

  deinit {
    close(descriptor)
    guard let replacement else { return }
    if !isCommitted { unlink(replacement.temporary) }
    if replacement.isNoted { UnfinishedOutput.end() }
  }

  /// Appends bytes.
  func write(_ bytes: UnsafeRawBufferPointer) throws(TensorFileError) {
    var rest = bytes[...]
    while !rest.isEmpty {
      let chunk = UnsafeRawBufferPointer(rebasing: rest.prefix(1 << 30))
      let written = systemWrite(descriptor, chunk.baseAddress, chunk.count)
      if written > 0 {
        rest = rest.dropFirst(written)
      } else if written == 0 || errno == EAGAIN {
        var entry = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
        _ = poll(&entry, 1, -1)
      } else if errno == EPIPE {
        throw .readerGone(file: name)
      } else if errno != EINTR {
        throw failure()
      }
    }
  }

  /// Appends bytes.
  func write(_ bytes: [UInt8]) throws(TensorFileError) {
    try bytes.withUnsafeBufferPointer { bytes throws(TensorFileError) in try write(UnsafeRawBufferPointer(bytes)) }
  }

  /// Puts the finished file in its place.
  ///
  /// - Parameter isKept: waits until the disk has it.
  mutating func commit(isKept: Bool = true) throws(TensorFileError) {
    guard let replacement else { return }
    // Some file systems know no fsync; that alone is no reason to give the file up.
    guard !isKept || fsync(descriptor) == 0 || errno == EINVAL || errno == ENOTSUP,
      rename(replacement.temporary, replacement.target) == 0
    else { throw failure() }
    isCommitted = true
  }

  private func failure() -> TensorFileError { .cannotWrite(file: name, reason: Self.systemMessage()) }

  private static func systemMessage() -> String { String(cString: strerror(errno)) }

  /// The open descriptor that a path such as `/dev/stdout` stands for.
  private static func standingDescriptor(_ path: String) -> Int32? {
    switch path {
    case "/dev/stdout": return 1
    case "/dev/stderr": return 2
    default:
      for prefix in ["/dev/fd/", "/proc/self/fd/"] where path.hasPrefix(prefix) {
        return Int32(path.dropFirst(prefix.count))
      }
      return nil
    }
  }

  /// The file behind symbolic links, whether it is there or not, so that it is written and not the link replaced.
  private static func resolved(_ path: String) -> String {
    var path = path
    // As many as Linux follows.
    for _ in 0..<40 {
      if let real = realpath(path, nil) {
        defer { free(real) }
        return String(cString: real)
      }
      guard let next = linkTarget(path) else { break }
      let directory = path.lastIndex(of: "/").map { path[...$0] } ?? ""
      path = next.hasPrefix("/") ? next : directory + next
    }
    return path
  }

  /// Where a symbolic link points; nil if it is none.
  private static func linkTarget(_ path: String) -> String? {
    var target = [CChar](repeating: 0, count: Int(PATH_MAX))
    let length = readlink(path, &target, target.count)
    guard length > 0, length < target.count else { return nil }
    return String(decoding: target[..<length].map { UInt8(bitPattern: $0) }, as: UTF8.self)
  }
}

private func systemWrite(_ descriptor: Int32, _ bytes: UnsafeRawPointer?, _ count: Int) -> Int {
  write(descriptor, bytes, count)
}

private func systemOpen(_ path: String, _ flags: Int32) -> Int32 { open(path, flags, 0o666) }
