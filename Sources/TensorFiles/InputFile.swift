#if canImport(Darwin)
  import Darwin
#elseif canImport(Musl)
  import Musl
#else
  import Glibc
#endif

/// An open file, pipe or device to read bytes from, never more of them than asked for.
struct InputFile: ~Copyable {
  /// How long a named pipe may stay without anyone writing to it, in milliseconds.
  static let longestWait: Int32 = 10_000

  let descriptor: Int32
  let name: String
  /// The size of a regular file; nil for pipes and devices.
  let size: Int?
  private let isOwned: Bool

  /// Opens a path; a directory or a missing or forbidden file is `cannotOpen`.
  init(path: String, name: String) throws(TensorFileError) {
    // Not blocking, so that a named pipe nobody writes to can be given up.
    let descriptor = open(path, O_RDONLY | O_NONBLOCK | O_CLOEXEC)
    guard descriptor >= 0 else { throw .cannotOpen(file: name, reason: String(cString: strerror(errno))) }
    try self.init(descriptor: descriptor, name: name, isOwned: true)
  }

  /// Reads from a descriptor that is already open, and leaves it open.
  init(descriptor: Int32, name: String) throws(TensorFileError) {
    try self.init(descriptor: descriptor, name: name, isOwned: false)
  }

  private init(descriptor: Int32, name: String, isOwned: Bool) throws(TensorFileError) {
    var status = stat()
    let failure: String?
    if fstat(descriptor, &status) != 0 {
      failure = String(cString: strerror(errno))
    } else {
      failure = status.st_mode & S_IFMT == S_IFDIR ? "it is a directory" : nil
    }
    if let failure {
      if isOwned { close(descriptor) }
      throw .cannotOpen(file: name, reason: failure)
    }
    self.descriptor = descriptor
    self.name = name
    self.size = status.st_mode & S_IFMT == S_IFREG ? Int(status.st_size) : nil
    self.isOwned = isOwned
  }

  deinit { if isOwned { close(descriptor) } }

  /// Bytes that are read in one go.
  private static let mostAtOnce = 1 << 22

  /// Appends bytes until `bytes` holds `count` of them or the file ends.
  func read(
    into bytes: inout [UInt8], upTo count: Int, _ isCancelled: () -> Bool = { false }
  ) throws(TensorFileError) {
    // Memory grows with what truly comes, so that a promise alone costs nothing; what a file holds will come.
    if let size { bytes.reserveCapacity(min(size, count)) }
    while bytes.count < count {
      let expected = size.map { min(max($0 - bytes.count, 0) + 1, count - bytes.count) }
      let chunk = min(expected ?? 1 << 18, count - bytes.count, Self.mostAtOnce)
      guard !isCancelled() else { throw .cancelled(file: name) }
      let before = bytes.count
      let got = try readChunk(chunk)
      bytes.append(contentsOf: got)
      if bytes.count == before { return }
    }
  }

  private func readChunk(_ count: Int) throws(TensorFileError) -> [UInt8] {
    var failure: Int32 = 0
    let chunk = [UInt8](unsafeUninitializedCapacity: count) { buffer, initialized in
      switch receive(UnsafeMutableRawBufferPointer(buffer)) {
      case .success(let got): initialized = got
      case .failure(let error): failure = error.number
      }
    }
    guard failure == 0 else { throw .cannotOpen(file: name, reason: String(cString: strerror(failure))) }
    return chunk
  }

  private struct SystemError: Error { let number: Int32 }

  /// One successful `read`, waiting as long as somebody could still write.
  private func receive(_ buffer: UnsafeMutableRawBufferPointer) -> Result<Int, SystemError> {
    var waited = false
    while true {
      let got = systemRead(descriptor, buffer.baseAddress, buffer.count)
      if got > 0 { return .success(got) }
      if got == 0 {
        // The end of a file; or a named pipe that no one has opened for writing yet.
        guard isOwned, size == nil, !waited else { return .success(0) }
        waited = true
        if wait(milliseconds: Self.longestWait) { continue }
        return .success(0)
      }
      switch errno {
      case EINTR: continue
      case EAGAIN: _ = wait(milliseconds: -1)
      default: return .failure(SystemError(number: errno))
      }
    }
  }

  /// Whether something to read, or the end, came in time.
  private func wait(milliseconds: Int32) -> Bool {
    var entry = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
    return poll(&entry, 1, milliseconds) > 0
  }
}

private func systemRead(_ descriptor: Int32, _ buffer: UnsafeMutableRawPointer?, _ count: Int) -> Int {
  read(descriptor, buffer, count)
}
