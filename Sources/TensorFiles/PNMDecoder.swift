/// Reads PBM, PGM and PPM (netpbm's P1 to P6) from bytes.
///
/// Format: the netpbm manual. Numbers in text with `#` comments, then samples in text or packed; two bytes, the high one
/// first, if the greatest value is over 255. In PBM a 1 is black.
struct PNMDecoder {
  private let bytes: [UInt8]
  private let file: String
  private let format: String
  private var position = 2

  /// The picture in a file whose letter P is followed by the digit `variant`.
  static func decode(
    _ bytes: [UInt8], variant: UInt8, file: String, limit: Int
  ) throws(TensorFileError) -> LoadedTensor {
    let isBits = variant == 1 || variant == 4
    let pixel: Pixel = variant == 3 || variant == 6 ? .colour : .grey
    var decoder = PNMDecoder(
      bytes: bytes, file: file, format: isBits ? "PBM" : pixel == .colour ? "PPM" : "PGM")
    let width = try decoder.number("a width")
    let height = try decoder.number("a height")
    let maximum = isBits ? 1 : try decoder.number("a greatest value")
    guard (1...65_535).contains(maximum) else {
      throw decoder.broken("expected a greatest value in 1...65535, got \(maximum)")
    }
    let size = try PictureSize(
      width: width, height: height, pixel: pixel, file: file, format: decoder.format, limit: limit)
    if variant >= 4 { try decoder.skipOneSpace() }
    let samples: [UInt16]
    switch variant {
    case 1: samples = try decoder.textBits(size.samples)
    case 2, 3: samples = try decoder.textNumbers(size.samples, maximum: maximum)
    case 4: samples = try decoder.packedBits(size)
    default: samples = try decoder.packedNumbers(size.samples, maximum: maximum)
    }
    var loaded = try Raster(
      size: size, pixel: pixel, maximum: UInt16(maximum), orientation: 1, samples: samples
    ).loaded(file: file, format: decoder.format)
    decoder.skipSpaceAndComments()
    let left = bytes.count - decoder.position
    if left > 0 { loaded.notes.append("ignored what follows the picture, \(left) B") }
    return loaded
  }

  private init(bytes: [UInt8], file: String, format: String) {
    self.bytes = bytes
    self.file = file
    self.format = format
  }

  private func broken(_ reason: String) -> TensorFileError { .broken(file: file, format: format, reason: reason) }

  private func tooShort(_ got: Int, of count: Int) -> TensorFileError {
    broken("it ends too early: expected \(count) samples, got \(got)")
  }

  private var next: UInt8? { position < bytes.count ? bytes[position] : nil }

  private mutating func skipSpaceAndComments() {
    while let byte = next {
      if byte == UInt8(ascii: "#") {
        while let byte = next, byte != UInt8(ascii: "\n"), byte != UInt8(ascii: "\r") { position += 1 }
      } else if byte.isPNMSpace {
        position += 1
      } else {
        return
      }
    }
  }

  private mutating func skipOneSpace() throws(TensorFileError) {
    guard let byte = next, byte.isPNMSpace else { throw broken("expected white space before the samples") }
    position += 1
  }

  private mutating func number(_ what: String) throws(TensorFileError) -> Int {
    skipSpaceAndComments()
    guard let value = digits() else { throw broken("expected \(what), a number of at most 9 digits") }
    return value
  }

  /// The number at this place, nil if there is none or it is too long.
  private mutating func digits() -> Int? {
    var value = 0
    let start = position
    while let byte = next, (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) {
      guard position - start < 9 else { return nil }
      value = 10 * value + Int(byte - UInt8(ascii: "0"))
      position += 1
    }
    return position > start ? value : nil
  }

  private mutating func textNumbers(_ count: Int, maximum: Int) throws(TensorFileError) -> [UInt16] {
    var samples: [UInt16] = []
    // At least one digit each: what the file cannot hold is not reserved.
    samples.reserveCapacity(min(count, bytes.count))
    while samples.count < count {
      skipSpaceAndComments()
      guard next != nil else { throw tooShort(samples.count, of: count) }
      guard let value = digits(), value <= maximum else {
        throw broken("expected a number in 0...\(maximum) at byte \(position)")
      }
      samples.append(UInt16(value))
    }
    return samples
  }

  /// Zeros and ones, which need no space between them.
  private mutating func textBits(_ count: Int) throws(TensorFileError) -> [UInt16] {
    var samples: [UInt16] = []
    samples.reserveCapacity(min(count, bytes.count))
    while samples.count < count {
      skipSpaceAndComments()
      switch next {
      case UInt8(ascii: "0"): samples.append(1)
      case UInt8(ascii: "1"): samples.append(0)
      case nil: throw tooShort(samples.count, of: count)
      default: throw broken("expected 0 or 1 at byte \(position)")
      }
      position += 1
    }
    return samples
  }

  /// Eight pixels a byte, the high bit first; every row begins a new byte.
  private mutating func packedBits(_ size: PictureSize) throws(TensorFileError) -> [UInt16] {
    let rowBytes = (size.width + 7) / 8
    let whole = (bytes.count - position) / rowBytes
    guard whole >= size.height else { throw tooShort(whole * size.width, of: size.samples) }
    var samples: [UInt16] = []
    samples.reserveCapacity(size.samples)
    for y in 0..<size.height {
      for x in 0..<size.width {
        samples.append(UInt16(bytes[position + y * rowBytes + x / 8] >> UInt8(7 - x % 8) & 1 ^ 1))
      }
    }
    position += size.height * rowBytes
    return samples
  }

  private mutating func packedNumbers(_ count: Int, maximum: Int) throws(TensorFileError) -> [UInt16] {
    let itemSize = maximum > 255 ? 2 : 1
    let available = (bytes.count - position) / itemSize
    guard available >= count else { throw tooShort(available, of: count) }
    let start = position
    let samples = bytes.withUnsafeBufferPointer { bytes in
      [UInt16](unsafeUninitializedCapacity: count) { buffer, initialized in
        for k in 0..<count {
          buffer[k] =
            itemSize == 1
            ? UInt16(bytes[start + k]) : UInt16(bytes[start + 2 * k]) << 8 | UInt16(bytes[start + 2 * k + 1])
        }
        initialized = count
      }
    }
    position += count * itemSize
    guard let greatest = samples.max(), Int(greatest) <= maximum else {
      throw broken("a sample is greater than the greatest value \(maximum)")
    }
    return samples
  }
}
