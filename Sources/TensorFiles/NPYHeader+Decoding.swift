import StridedTensor

extension NPYHeader {
  /// The array that a whole `.npy` file holds.
  static func decode(
    _ bytes: [UInt8], file: String, limit: Int, _ isCancelled: () -> Bool = { false }
  ) throws(TensorFileError) -> LoadedTensor {
    let header = try NPYHeader(bytes: bytes, file: file, limit: limit)
    let available = bytes.count - header.dataOffset
    guard available >= header.dataBytes else {
      throw .broken(
        file: file, format: ".npy",
        reason: "shape \(header.shape) of \(header.elementType.name) needs \(header.dataBytes) bytes, "
          + "only \(available) follow the header")
    }
    try Memory.check(bytes: header.count * header.elementType.decodedItemSize, file: file)
    var notes: [String] = []
    let tensor: AnyTensor
    do {
      tensor = try bytes.withUnsafeBytes { whole throws(StridedTensorError) in
        let data = UnsafeRawBufferPointer(rebasing: whole[header.dataOffset..<header.dataOffset + header.dataBytes])
        return try header.tensor(data, isCancelled, notes: &notes)
      }
    } catch {
      throw .decoding(error, file: file, format: ".npy")
    }
    guard !isCancelled() else { throw .cancelled(file: file) }
    if available > header.dataBytes {
      notes.append("ignored what follows the array, \(available - header.dataBytes) B")
    }
    return LoadedTensor(tensor: tensor, kind: .array, notes: notes)
  }

  private func tensor(
    _ data: UnsafeRawBufferPointer, _ isCancelled: () -> Bool, notes: inout [String]
  ) throws(StridedTensorError) -> AnyTensor {
    switch elementType {
    case .f4: return .float32(try filled(data, isCancelled, from: UInt32.self) { Float(bitPattern: $0) })
    case .f8: return .float64(try filled(data, isCancelled, from: UInt64.self) { Double(bitPattern: $0) })
    case .i4: return .int32(try filled(data, isCancelled, from: Int32.self) { $0 })
    case .i8: return .int64(try filled(data, isCancelled, from: Int64.self) { $0 })
    case .u1: return .uint8(try filled(data, isCancelled, from: UInt8.self) { $0 })
    case .f2:
      notes.append("float16 read as float32")
      return .float32(try filled(data, isCancelled, from: UInt16.self) { Float(halfBits: $0) })
    case .b1:
      notes.append("bool read as uint8")
      return .uint8(try filled(data, isCancelled, from: UInt8.self) { $0 == 0 ? 0 : 1 })
    case .i1:
      notes.append("int8 read as int32")
      return .int32(try filled(data, isCancelled, from: Int8.self) { Int32($0) })
    case .i2:
      notes.append("int16 read as int32")
      return .int32(try filled(data, isCancelled, from: Int16.self) { Int32($0) })
    case .u2:
      notes.append("uint16 read as int32")
      return .int32(try filled(data, isCancelled, from: UInt16.self) { Int32($0) })
    case .u4:
      notes.append("uint32 read as int64")
      return .int64(try filled(data, isCancelled, from: UInt32.self) { Int64($0) })
    case .u8:
      guard fitsInt64(data) else {
        notes.append("uint64 with values of 2^63 and more read as float64, rounded to nearest")
        return .float64(try filled(data, isCancelled, from: UInt64.self) { Double($0) })
      }
      notes.append("uint64 read as int64")
      return .int64(try filled(data, isCancelled, from: UInt64.self) { Int64(truncatingIfNeeded: $0) })
    }
  }

  private func fitsInt64(_ data: UnsafeRawBufferPointer) -> Bool {
    (0..<count).allSatisfy {
      let bits = data.loadUnaligned(fromByteOffset: $0 * 8, as: UInt64.self)
      return (isBigEndian ? UInt64(bigEndian: bits) : UInt64(littleEndian: bits)) <= UInt64(Int64.max)
    }
  }

  /// A tensor of the header's shape, each element made from one stored integer or bit pattern.
  ///
  /// Once cancelled it is not whole. Fortran order is row-major order of the reversed shape, so it becomes a view with the axes turned round.
  @inline(__always)
  private func filled<Stored: FixedWidthInteger & BitwiseCopyable, Element: TensorElement>(
    _ data: UnsafeRawBufferPointer, _ isCancelled: () -> Bool, from stored: Stored.Type,
    _ convert: (Stored) -> Element
  ) throws(StridedTensorError) -> Tensor<Element> {
    let inFile = try Tensor<Element>(shape: isFortranOrder ? shape.reversed() : shape) { buffer in
      guard let target = buffer.baseAddress else { return }
      let size = MemoryLayout<Stored>.size
      let stretch = 1 << 20
      for start in stride(from: 0, to: buffer.count, by: stretch) where !isCancelled() {
        let elements = start..<min(start + stretch, buffer.count)
        if isBigEndian {
          for k in elements {
            (target + k).initialize(
              to: convert(Stored(bigEndian: data.loadUnaligned(fromByteOffset: k * size, as: stored))))
          }
        } else {
          for k in elements {
            (target + k).initialize(
              to: convert(Stored(littleEndian: data.loadUnaligned(fromByteOffset: k * size, as: stored))))
          }
        }
      }
    }
    guard isFortranOrder else { return inFile }
    return try inFile.asStrided(Layout(shape: shape, strides: inFile.strides.reversed()))
  }
}

extension Float {
  /// The value of an IEEE 754 binary16 bit pattern; every one is exact in binary32.
  init(halfBits bits: UInt16) {
    let sign = UInt32(bits & 0x8000) << 16
    let exponent = UInt32(bits >> 10) & 0x1F
    let fraction = UInt32(bits & 0x3FF)
    switch exponent {
    case 0:
      // Subnormal: fraction · 2⁻²⁴, which binary32 represents as a normal number.
      let magnitude = Float(fraction) * 0x1p-24
      self = sign == 0 ? magnitude : -magnitude
    case 0x1F: self = Float(bitPattern: sign | 0x7F80_0000 | fraction << 13)
    default: self = Float(bitPattern: sign | (exponent + 112) << 23 | fraction << 13)
    }
  }
}
