import CPictures
import StridedTensor

#if canImport(Darwin)
  import Darwin
#elseif canImport(Musl)
  import Musl
#else
  import Glibc
#endif

extension TensorFile {
  /// Writes a tensor as `.npy`: little endian, C order, the elements that the view shows.
  ///
  /// The file appears whole or not at all; a pipe or a device is written to directly.
  ///
  /// - Parameters:
  ///   - tensor: any view.
  ///   - path: where to.
  ///   - isKept: waits until the disk has it; not for files that another process reads at once and nobody later.
  ///   - isCancelled: the wish to stop, asked every megabyte.
  public static func write(
    npy tensor: AnyTensor, to path: String, isKept: Bool = true, isCancelled: () -> Bool = { false }
  ) throws(TensorFileError) {
    var file = try OutputFile.opening(path)
    try file.write(NPYHeader.encoded(elementType: tensor.elementType, shape: tensor.shape))
    switch tensor {
    case .float32(let tensor): try writeElements(tensor, to: file, isCancelled)
    case .float64(let tensor): try writeElements(tensor, to: file, isCancelled)
    case .int32(let tensor): try writeElements(tensor, to: file, isCancelled)
    case .int64(let tensor): try writeElements(tensor, to: file, isCancelled)
    case .uint8(let tensor): try writeElements(tensor, to: file, isCancelled)
    }
    try file.commit(isKept: isKept)
  }

  /// Finds out whether a file can be written, before work is done for it; whatever stands there stays.
  ///
  /// A pipe or device is not asked: opening it may wait, and closing it may end what reads it.
  public static func checkWritable(_ path: String) throws(TensorFileError) {
    var status = stat()
    let kind = stat(path, &status) == 0 ? status.st_mode & S_IFMT : S_IFREG
    if kind == S_IFREG || kind == S_IFDIR { _ = try OutputFile.opening(path) }
  }

  /// Writes bytes as a file that appears whole or not at all.
  public static func write(_ bytes: [UInt8], to path: String) throws(TensorFileError) {
    var file = try OutputFile.opening(path)
    try file.write(bytes)
    try file.commit()
  }

  /// Writes a picture as 8-bit PNG: H×W or H×W×1 as grey, H×W×3 as RGB.
  ///
  /// UInt8 elements are stored as they are; all others are meant in 0…1, are clamped to it and rounded to the nearest
  /// of 256 levels. NaN becomes 0.
  public static func writePNG(_ tensor: AnyTensor, to path: String) throws(TensorFileError) {
    let shape = tensor.shape
    let channels = shape.count == 3 ? shape[2] : 1
    guard shape.count == 2 || shape.count == 3, channels == 1 || channels == 3,
      let height = UInt32(exactly: shape[0]), let width = UInt32(exactly: shape[1]), height > 0, width > 0
    else {
      throw .cannotWrite(
        file: path, reason: "expected a picture of shape H×W, H×W×1 or H×W×3 with pixels, got \(shape)")
    }
    let samples: [UInt8] =
      switch tensor {
      case .uint8(let tensor): tensor.elements()
      case .float32(let tensor): tensor.elements().map { $0.level }
      case .float64(let tensor): tensor.elements().map { $0.level }
      case .int32(let tensor): tensor.elements().map { $0.doubleValue.level }
      case .int64(let tensor): tensor.elements().map { $0.doubleValue.level }
      }
    try write(encodedPNG(samples, width: width, height: height, channels: channels, path: path), to: path)
  }

  private static func encodedPNG(
    _ samples: [UInt8], width: UInt32, height: UInt32, channels: Int, path: String
  ) throws(TensorFileError) -> [UInt8] {
    var message = [CChar](repeating: 0, count: Int(PICTURE_MESSAGE_SIZE))
    var encoded: UnsafeMutablePointer<UInt8>?
    var count = 0
    guard png_encode(samples, width, height, Int32(channels), &encoded, &count, &message), let encoded else {
      let text = message.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }
      throw .cannotWrite(file: path, reason: String(decoding: text, as: UTF8.self))
    }
    defer { free(encoded) }
    return Array(UnsafeBufferPointer(start: encoded, count: count))
  }

  private static func writeElements<Element: TensorElement>(
    _ tensor: Tensor<Element>, to file: borrowing OutputFile, _ isCancelled: () -> Bool
  ) throws(TensorFileError) {
    let itemSize = MemoryLayout<Element>.size
    // Gathered in chunks, so that an expanded view costs no memory of its own.
    var chunk: [UInt8] = []
    let full = 1 << 20
    try tensor.withUnsafeBuffer { buffer throws(TensorFileError) in
      let bytes = UnsafeRawBufferPointer(buffer)
      try RowMajorRuns(layout: tensor.layout).forEach { offset, stride, count throws(TensorFileError) in
        if stride == 1, count * itemSize >= full, !isBigEndian {
          try file.write(chunk)
          chunk.removeAll(keepingCapacity: true)
          let end = (offset + count) * itemSize
          for start in Swift.stride(from: offset * itemSize, to: end, by: full) {
            guard !isCancelled() else { throw .cancelled(file: file.name) }
            try file.write(UnsafeRawBufferPointer(rebasing: bytes[start..<min(start + full, end)]))
          }
          return
        }
        for k in 0..<count {
          let start = (offset + k * stride) * itemSize
          let element = bytes[start..<start + itemSize]
          if isBigEndian { chunk.append(contentsOf: element.reversed()) } else { chunk.append(contentsOf: element) }
          if chunk.count >= full {
            guard !isCancelled() else { throw .cancelled(file: file.name) }
            try file.write(chunk)
            chunk.removeAll(keepingCapacity: true)
          }
        }
      }
    }
    try file.write(chunk)
  }

  private static var isBigEndian: Bool { UInt16(1).bigEndian == 1 }
}

extension BinaryFloatingPoint {
  /// The nearest of 256 levels for a value in 0…1; values outside count as the nearer end, NaN as 0.
  fileprivate var level: UInt8 { self > 0 ? UInt8((Swift.min(self, 1) * 255).rounded()) : 0 }
}
