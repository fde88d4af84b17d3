import CPictures

/// The picture formats that a C library decodes: the header first, so that its size can be judged, then the samples.
enum PictureFormat: String {
  case png = "PNG"
  case jpeg = "JPEG"

  private typealias Message = UnsafeMutablePointer<CChar>

  /// The picture that the bytes of a file hold.
  func decode(_ bytes: [UInt8], file: String, limit: Int) throws(TensorFileError) -> LoadedTensor {
    try bytes.withUnsafeBufferPointer { bytes throws(TensorFileError) in
      var info = picture_info()
      let opened = calling(file: file) { open(bytes, &info, $0) }
      let reader = try opened.get()
      defer { close(reader) }
      let pixel: Pixel =
        if info.is_cmyk {
          .inks(inverted: info.inks_inverted)
        } else {
          switch info.channels {
          case 1: .grey
          case 2: .greyAlpha
          case 3: .colour
          default: .colourAlpha
          }
        }
      let size = try PictureSize(
        width: Int(info.width), height: Int(info.height), pixel: pixel, file: file, format: rawValue, limit: limit)
      if info.sample_bytes == 2 {
        let samples: [UInt16] = try samples(reader, size.samples, file: file)
        return try Raster(size: size, pixel: pixel, maximum: .max, orientation: Int(info.orientation), samples: samples)
          .loaded(file: file, format: rawValue)
      }
      let samples: [UInt8] = try samples(reader, size.samples, file: file)
      return try Raster(size: size, pixel: pixel, maximum: .max, orientation: Int(info.orientation), samples: samples)
        .loaded(file: file, format: rawValue)
    }
  }

  private func samples<Sample>(
    _ reader: OpaquePointer, _ count: Int, file: String
  ) throws(TensorFileError) -> [Sample] {
    var result: Result<Void, TensorFileError> = .success(())
    let samples = [Sample](unsafeUninitializedCapacity: count) { buffer, initialized in
      let room = UnsafeMutableRawBufferPointer(buffer)
      result = calling(file: file) { read(reader, room, $0) ? () : nil }
      if case .success = result { initialized = count }
    }
    try result.get()
    return samples
  }

  /// What a call gives, or its message as an error where it gives nothing.
  private func calling<Value>(file: String, _ call: (Message) -> Value?) -> Result<Value, TensorFileError> {
    withUnsafeTemporaryAllocation(of: CChar.self, capacity: Int(PICTURE_MESSAGE_SIZE)) { message in
      message.initialize(repeating: 0)
      guard let start = message.baseAddress else {
        return .failure(.broken(file: file, format: rawValue, reason: "out of memory"))
      }
      if let value = call(start) { return .success(value) }
      return .failure(.broken(file: file, format: rawValue, reason: String(cString: start).printable))
    }
  }

  private func open(
    _ bytes: UnsafeBufferPointer<UInt8>, _ info: inout picture_info, _ message: Message
  ) -> OpaquePointer? {
    switch self {
    case .png: png_reader_open(bytes.baseAddress, bytes.count, &info, message)
    case .jpeg: jpeg_reader_open(bytes.baseAddress, bytes.count, &info, message)
    }
  }

  private func read(_ reader: OpaquePointer, _ room: UnsafeMutableRawBufferPointer, _ message: Message) -> Bool {
    switch self {
    case .png: png_reader_read(reader, room.baseAddress, room.count, message)
    case .jpeg: jpeg_reader_read(reader, room.baseAddress, room.count, message)
    }
  }

  private func close(_ reader: OpaquePointer) {
    switch self {
    case .png: png_reader_close(reader)
    case .jpeg: jpeg_reader_close(reader)
    }
  }
}
