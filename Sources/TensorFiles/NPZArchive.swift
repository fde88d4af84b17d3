import CZip

/// A zip archive of `.npy` files, as `numpy.savez` and `savez_compressed` write, read through libzip.
///
/// Arrays are called by their entry's name without `.npy`, as in NumPy; an entry without that ending keeps its name.
struct NPZArchive: ~Copyable {
  private let archive: OpaquePointer
  private let file: String
  /// The entries that are no directories, by index in the archive.
  private let entries: [(index: zip_uint64_t, name: String)]

  /// The names of all arrays.
  static func names(_ bytes: [UInt8], file: String) throws(TensorFileError) -> [String] {
    try bytes.withUnsafeBufferPointer { whole throws(TensorFileError) in
      try NPZArchive(bytes: UnsafeRawBufferPointer(whole), file: file).names
    }
  }

  /// The array of the given name, or the only one.
  static func read(
    _ bytes: [UInt8], file: String, member: String?, limit: Int
  ) throws(TensorFileError) -> LoadedTensor {
    try bytes.withUnsafeBufferPointer { whole throws(TensorFileError) in
      let archive = try NPZArchive(bytes: UnsafeRawBufferPointer(whole), file: file)
      let index = try archive.entry(named: member)
      let name = "\(file):\(archive.names[index])"
      return try NPYHeader.decode(archive.contents(ofEntry: index, name: name, limit: limit), file: name, limit: limit)
    }
  }

  /// Opens an archive that lies in memory, which must outlive it.
  private init(bytes: UnsafeRawBufferPointer, file: String) throws(TensorFileError) {
    var error = zip_error_t()
    zip_error_init(&error)
    defer { zip_error_fini(&error) }
    guard let source = zip_source_buffer_create(bytes.baseAddress, zip_uint64_t(bytes.count), 0, &error) else {
      throw .broken(file: file, format: ".npz", reason: String(cString: zip_error_strerror(&error)))
    }
    guard let archive = zip_open_from_source(source, ZIP_RDONLY, &error) else {
      zip_source_free(source)
      throw .broken(file: file, format: ".npz", reason: String(cString: zip_error_strerror(&error)))
    }
    self.archive = archive
    self.file = file
    entries = (0..<max(zip_get_num_entries(archive, 0), 0)).compactMap { index in
      let index = zip_uint64_t(index)
      guard let name = zip_get_name(archive, index, zip_flags_t(ZIP_FL_ENC_GUESS)).map({ String(cString: $0) }),
        !name.hasSuffix("/")
      else { return nil }
      return (index, name)
    }
  }

  deinit { zip_discard(archive) }

  private var names: [String] {
    entries.map { $0.name.hasSuffix(".npy") ? String($0.name.dropLast(4)) : $0.name }
  }

  /// The place among the entries of the one that is meant; an entry's whole name goes before one without its ending.
  private func entry(named member: String?) throws(TensorFileError) -> Int {
    let names = names
    let found: Int?
    if let member {
      found = entries.firstIndex { $0.name == member } ?? names.firstIndex(of: member)
    } else {
      found = names.count == 1 ? 0 : nil
    }
    guard let found else { throw .member(file: file, wanted: member, names: names) }
    return found
  }

  /// All bytes of an entry, whose checksum is then proved.
  private func contents(ofEntry index: Int, name: String, limit: Int) throws(TensorFileError) -> [UInt8] {
    guard let stream = zip_fopen_index(archive, entries[index].index, 0) else {
      throw .broken(file: name, format: ".npz", reason: String(cString: zip_strerror(archive)))
    }
    defer { zip_fclose(stream) }
    var bytes: [UInt8] = []
    try Self.append(stream, to: &bytes, upTo: 12 + NPYHeader.longest, name: name)
    let header = try NPYHeader(bytes: bytes, file: name, limit: limit)
    // Room for what may follow the array; libzip compares the checksum when it meets the end.
    let (ceiling, overflow) = (header.dataOffset + header.dataBytes).addingReportingOverflow(1 << 20)
    try Self.append(stream, to: &bytes, upTo: overflow ? Int.max : ceiling, name: name)
    return bytes
  }

  /// Appends what the stream gives until there are `count` bytes or it ends.
  private static func append(
    _ stream: OpaquePointer, to bytes: inout [UInt8], upTo count: Int, name: String
  ) throws(TensorFileError) {
    while bytes.count < count {
      let wanted = min(count - bytes.count, max(bytes.count, 1 << 16), 1 << 30)
      var failure: String?
      let chunk = [UInt8](unsafeUninitializedCapacity: wanted) { buffer, initialized in
        let got = zip_fread(stream, buffer.baseAddress, zip_uint64_t(wanted))
        if got < 0 { failure = String(cString: zip_error_strerror(zip_file_get_error(stream))) }
        initialized = Int(max(got, 0))
      }
      if let failure { throw .broken(file: name, format: ".npz", reason: failure) }
      if chunk.isEmpty { return }
      bytes.append(contentsOf: chunk)
    }
  }
}
