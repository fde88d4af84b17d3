import StridedTensor

/// Tensors from files and to files: `.npy`, `.npz`, PNG, JPEG and PBM/PGM/PPM in; `.npy` and PNG out.
///
/// The format is found from the content. Nothing a file holds can trap: it is a tensor or a `TensorFileError`.
///
/// Limits: a header is believed only as far as `limit` bytes of decoded tensor, judged before memory is asked for. A file
/// or stream is read up to twice that and 1 MiB, a `.npy` stream no further than its header says; a whole archive is held
/// in memory while one of its arrays is read. Headers of `.npy` are at most 64 KiB, a JPEG has at most 1000 scans, and a
/// named pipe may stay 10 seconds without a writer. Complex, structured and pickled arrays are refused.
public enum TensorFile {
  /// How many bytes a decoded tensor may take unless the caller says otherwise: 2 GiB.
  public static let defaultLimit = 1 << 31
}

extension TensorFile {
  /// Reads the tensor that a file holds.
  ///
  /// - Parameters:
  ///   - path: A file, or `FILE.npz:NAME` where no file of that whole name exists.
  ///   - member: The array of an archive to take; needed if it holds several.
  ///   - limit: The most bytes that the decoded tensor may take; checked before memory is asked for.
  ///   - isCancelled: The wish to stop, asked every few megabytes of a `.npy` file.
  public static func read(
    _ path: String, member: String? = nil, limit: Int = TensorFile.defaultLimit,
    isCancelled: () -> Bool = { false }
  ) throws(TensorFileError) -> LoadedTensor {
    let place = ArchivePath(path, member: member)
    return try read(
      InputFile(path: place.file, name: place.file), member: place.member, limit: limit, isCancelled: isCancelled)
  }

  /// Reads the tensor that an open descriptor gives, standard input for one, and leaves the descriptor open.
  public static func read(
    descriptor: Int32, name: String, member: String? = nil, limit: Int = TensorFile.defaultLimit
  ) throws(TensorFileError) -> LoadedTensor {
    try read(InputFile(descriptor: descriptor, name: name), member: member, limit: limit, isCancelled: { false })
  }

  /// The tensor that the bytes of a file hold; `name` is what messages call it.
  public static func decode(
    _ bytes: [UInt8], name: String, member: String? = nil, limit: Int = TensorFile.defaultLimit,
    isCancelled: () -> Bool = { false }
  ) throws(TensorFileError) -> LoadedTensor {
    let format = try FileFormat(signature: bytes, file: name)
    if format != .npz, let member {
      throw .unsupported(
        file: name, reason: "expected an archive (.npz) to take \(member.printable) from, got one array")
    }
    switch format {
    case .npy: return try NPYHeader.decode(bytes, file: name, limit: limit, isCancelled)
    case .npz: return try NPZArchive.read(bytes, file: name, member: member, limit: limit)
    case .png: return try PictureFormat.png.decode(bytes, file: name, limit: limit)
    case .jpeg: return try PictureFormat.jpeg.decode(bytes, file: name, limit: limit)
    case .pnm(let variant): return try PNMDecoder.decode(bytes, variant: variant, file: name, limit: limit)
    }
  }

  /// The names of the arrays in an archive, as `member` takes them, in the archive's order.
  public static func names(
    inArchive path: String, limit: Int = TensorFile.defaultLimit
  ) throws(TensorFileError) -> [String] {
    let bytes = try wholeFile(InputFile(path: path, name: path), limit: limit)
    guard try FileFormat(signature: bytes, file: path) == .npz else {
      throw .unsupported(file: path, reason: "expected an archive (.npz), got a single array")
    }
    return try NPZArchive.names(bytes, file: path)
  }

  private static func read(
    _ input: consuming InputFile, member: String?, limit: Int, isCancelled: () -> Bool
  ) throws(TensorFileError) -> LoadedTensor {
    let bytes = try wholeFile(input, limit: limit, isCancelled)
    return try decode(bytes, name: input.name, member: member, limit: limit, isCancelled: isCancelled)
  }

  /// All bytes of a file whose beginning is worth it, as many as the format can need within the limit.
  private static func wholeFile(
    _ input: borrowing InputFile, limit: Int, _ isCancelled: () -> Bool = { false }
  ) throws(TensorFileError) -> [UInt8] {
    var bytes: [UInt8] = []
    try input.read(into: &bytes, upTo: FileFormat.signatureLength)
    let format = try FileFormat(signature: bytes, file: input.name)
    if format == .npy {
      // The header says where the array ends: a stream is read no further.
      try input.read(into: &bytes, upTo: 12 + NPYHeader.longest)
      let header = try NPYHeader(bytes: bytes, file: input.name, limit: limit)
      try input.read(into: &bytes, upTo: header.dataOffset + header.dataBytes, isCancelled)
      return bytes
    }
    // A file is smaller than its tensor but for headers, and PNM in text, which takes at most six bytes for four.
    let (twice, overflow) = limit.multipliedReportingOverflow(by: 2)
    let ceiling = overflow || twice > Int.max - 1 << 20 ? Int.max : max(twice, 0) + 1 << 20
    if let size = input.size, size > ceiling {
      throw .fileTooLarge(file: input.name, bytes: size, most: ceiling, limit: limit)
    }
    try input.read(into: &bytes, upTo: ceiling)
    if bytes.count == ceiling { throw .overLimit(file: input.name, needed: nil, limit: limit) }
    return bytes
  }
}
