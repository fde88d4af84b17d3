import StridedTensor

extension NPYHeader {
  /// The header that NumPy would write for a C-ordered, little-endian array.
  ///
  /// Padded with spaces so that the elements begin at a multiple of 64 bytes; version 2 only if version 1 cannot hold it.
  static func encoded(elementType: ElementType, shape: [Int]) -> [UInt8] {
    let descr =
      switch elementType {
      case .float32: "<f4"
      case .float64: "<f8"
      case .int32: "<i4"
      case .int64: "<i8"
      case .uint8: "|u1"
      }
    let lengths = shape.map(String.init).joined(separator: ", ") + (shape.count == 1 ? "," : "")
    let dictionary = "{'descr': '\(descr)', 'fortran_order': False, 'shape': (\(lengths)), }"
    // NumPy leaves room for the first length to grow to 21 digits in place.
    let growth = shape.first.map { 21 - String($0).count } ?? 0
    let text = Array(dictionary.utf8) + [UInt8](repeating: 0x20, count: growth)
    func padded(lengthBytes: Int) -> Int {
      let unpadded = 8 + lengthBytes + text.count + 1
      return (unpadded + 63) / 64 * 64 - 8 - lengthBytes
    }
    let version: UInt8 = padded(lengthBytes: 2) <= 0xFFFF ? 1 : 2
    let lengthBytes = version == 1 ? 2 : 4
    let length = padded(lengthBytes: lengthBytes)
    return magic + [version, 0]
      + (0..<lengthBytes).map { UInt8(truncatingIfNeeded: length >> (8 * $0)) }
      + text + [UInt8](repeating: 0x20, count: length - text.count - 1) + [0x0A]
  }
}
