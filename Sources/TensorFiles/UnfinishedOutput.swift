import Synchronization

#if canImport(Darwin)
  import Darwin
#elseif canImport(Musl)
  import Musl
#else
  import Glibc
#endif

/// The file that is being written and has not taken its place yet, for handlers of signals that end the program.
public enum UnfinishedOutput {
  /// The address of its path as a C string, 0 if there is none; the memory is freed by whoever takes the address out.
  private static let address = Atomic<UInt>(0)

  /// Removes what a write has left so far.
  ///
  /// Async-signal-safe, and to be followed by the end of the program.
  public static func remove() {
    // The path is not freed: a handler must not, and the program ends.
    if let path = path(address.exchange(0, ordering: .acquiring)) { unlink(path) }
  }

  /// Notes a file; of several at once only the first.
  ///
  /// - Returns: whether it was noted. Then, and only then, `end` is to be called.
  static func begin(_ file: String) -> Bool {
    guard let copy = strdup(file) else { return false }
    let noted = address.compareExchange(expected: 0, desired: UInt(bitPattern: copy), ordering: .releasing)
    if !noted.exchanged { free(copy) }
    return noted.exchanged
  }

  /// Forgets the file that is noted: it is finished or gone.
  static func end() { free(path(address.exchange(0, ordering: .acquiring))) }

  private static func path(_ address: UInt) -> UnsafeMutablePointer<CChar>? {
    UnsafeMutablePointer(bitPattern: address)
  }
}
