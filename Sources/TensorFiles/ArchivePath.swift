#if canImport(Darwin)
  import Darwin
#elseif canImport(Musl)
  import Musl
#else
  import Glibc
#endif

/// A path as users write it, parted into the file and the array in it.
struct ArchivePath {
  let file: String
  let member: String?

  /// Parts `FILE:NAME` at the last colon before which a file exists, unless the whole is a file.
  init(_ path: String, member: String?) {
    if member == nil, access(path, F_OK) != 0 {
      var rest = path[...]
      while let colon = rest.lastIndex(of: ":") {
        rest = rest[..<colon]
        if !rest.isEmpty, access(String(rest), F_OK) == 0 {
          file = String(rest)
          self.member = String(path[path.index(after: colon)...])
          return
        }
      }
    }
    file = path
    self.member = member
  }
}
