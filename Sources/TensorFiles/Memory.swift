#if canImport(Darwin)
  import Darwin
#elseif canImport(Musl)
  import Musl
#else
  import Glibc
#endif

/// What the system can give.
enum Memory {
  /// Throws where the system refuses this much memory, which a tensor's storage could not survive.
  static func check(bytes: Int, file: String) throws(TensorFileError) {
    guard bytes > 1 << 24 else { return }
    guard let probe = malloc(bytes) else {
      throw .unsupported(file: file, reason: "it needs \(bytes) bytes decoded, more memory than the system gives")
    }
    free(probe)
  }
}
