import StridedTensor

/// The header of a `.npy` file, versions 1 to 3.
///
/// Format: numpy.lib.format, NEP 1. Six bytes of magic, two of version, the length of the header (two bytes in version 1,
/// four later), then a Python dictionary literal with `descr`, `fortran_order` and `shape`.
struct NPYHeader {
  /// The first bytes of every `.npy` file.
  static let magic: [UInt8] = [0x93, 0x4E, 0x55, 0x4D, 0x50, 0x59]
  /// The longest header that is read; those of plain arrays have 118 bytes or a few more.
  static let longest = 65_536

  let elementType: NPYElementType
  let isBigEndian: Bool
  let isFortranOrder: Bool
  let shape: [Int]
  /// The product of the shape.
  let count: Int
  /// Where the elements begin.
  let dataOffset: Int

  /// Bytes that the elements take in the file.
  var dataBytes: Int { count * elementType.itemSize }

  /// Reads the header from the beginning of a file; `limit` bounds the bytes of the decoded array.
  init(bytes: some RandomAccessCollection<UInt8>, file: String, limit: Int) throws(TensorFileError) {
    func broken(_ reason: String) -> TensorFileError { .broken(file: file, format: ".npy", reason: reason) }
    let bytes = Array(bytes.prefix(12 + Self.longest))
    guard bytes.starts(with: Self.magic) else { throw broken("it does not begin with \\x93NUMPY") }
    guard bytes.count >= 8 else { throw broken("it ends within the magic bytes") }
    let version = bytes[6]
    guard (1...3).contains(version) else { throw broken("expected version 1, 2 or 3, got \(version).\(bytes[7])") }
    let lengthBytes = version == 1 ? 2 : 4
    guard bytes.count >= 8 + lengthBytes else { throw broken("it ends within the header's length") }
    let length = bytes[8..<8 + lengthBytes].reversed().reduce(0) { $0 << 8 | Int($1) }
    guard length <= Self.longest else {
      throw broken("expected a header of at most \(Self.longest) bytes, it says \(length)")
    }
    dataOffset = 8 + lengthBytes + length
    guard bytes.count >= dataOffset else {
      throw broken("expected a header of \(length) bytes, the file ends after \(bytes.count - 8 - lengthBytes)")
    }
    let literal: PythonLiteral
    do {
      literal = try PythonLiteral(parsing: Array(bytes[(8 + lengthBytes)..<dataOffset]))
    } catch {
      throw broken("its header is no dictionary of literals: \(error.reason) at byte \(error.position) of the header")
    }
    guard case .dictionary(let entries) = literal else { throw broken("its header is not a dictionary") }
    guard let descr = entries[.string("descr")], let order = entries[.string("fortran_order")],
      let lengths = entries[.string("shape")], entries.count == 3
    else { throw broken("expected the keys descr, fortran_order and shape in its header") }
    guard case .boolean(let isFortranOrder) = order else { throw broken("fortran_order is not True or False") }
    self.isFortranOrder = isFortranOrder
    (elementType, isBigEndian) = try Self.elementType(descr, file: file)
    shape = try Self.shape(lengths, file: file)
    count = try Self.checkedCount(shape, itemSize: elementType.decodedItemSize, file: file, limit: limit)
  }

  private static func elementType(
    _ descr: PythonLiteral, file: String
  ) throws(TensorFileError) -> (NPYElementType, isBigEndian: Bool) {
    guard case .string(let text) = descr else {
      throw .unsupported(file: file, reason: "expected an array of numbers, got a structured one")
    }
    let order = text.first.flatMap { "<>|=".contains($0) ? $0 : nil }
    guard let type = NPYElementType(rawValue: String(order == nil ? text[...] : text.dropFirst())) else {
      let known = NPYElementType.allCases.map(\.rawValue).joined(separator: " ")
      let what = text.hasSuffix("O") ? "pickled Python objects, which are never run" : "'\(text.prefix(40))'"
      throw .unsupported(file: file, reason: "expected elements of one of the types \(known), got \(what)")
    }
    return (type, order == ">")
  }

  private static func shape(_ literal: PythonLiteral, file: String) throws(TensorFileError) -> [Int] {
    guard case .tuple(let items) = literal else {
      throw .broken(file: file, format: ".npy", reason: "its shape is not a tuple")
    }
    var shape: [Int] = []
    for item in items {
      guard case .integer(let length) = item, length >= 0 else {
        throw .broken(file: file, format: ".npy", reason: "its shape has an entry that is not a length")
      }
      shape.append(length)
    }
    return shape
  }

  /// The element count, unless count or decoded bytes go over the limit.
  private static func checkedCount(
    _ shape: [Int], itemSize: Int, file: String, limit: Int
  ) throws(TensorFileError) -> Int {
    // Lengths are no longer negative here: a layout that cannot be is one beyond all addresses.
    guard let count = try? Layout.rowMajor(shape).count else {
      throw .overLimit(file: file, needed: nil, limit: limit)
    }
    let (bytes, overflow) = count.multipliedReportingOverflow(by: itemSize)
    guard !overflow else { throw .overLimit(file: file, needed: nil, limit: limit) }
    guard bytes <= limit else { throw .overLimit(file: file, needed: bytes, limit: limit) }
    return count
  }
}
