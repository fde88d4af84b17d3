/// The formats that are read, told apart by the first bytes and never by the name.
enum FileFormat: Hashable {
  case npy, npz, png, jpeg
  /// PBM, PGM and PPM: the digit after the P.
  case pnm(UInt8)

  /// How many of the first bytes decide.
  static let signatureLength = 8

  /// The format of a file that begins so.
  init(signature bytes: some Collection<UInt8>, file: String) throws(TensorFileError) {
    let head = Array(bytes.prefix(Self.signatureLength))
    switch head {
    case let head where head.starts(with: NPYHeader.magic): self = .npy
    case let head where head.starts(with: [0x50, 0x4B, 3, 4]) || head.starts(with: [0x50, 0x4B, 5, 6]): self = .npz
    case let head where head == [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]: self = .png
    case let head where head.starts(with: [0xFF, 0xD8, 0xFF]): self = .jpeg
    case let head where head.count >= 3 && head[0] == 0x50 && (0x31...0x36).contains(head[1]) && head[2].isPNMSpace:
      self = .pnm(head[1] - 0x30)
    default: throw .unsupported(file: file, reason: Self.complaint(head))
    }
  }

  private static func complaint(_ head: [UInt8]) -> String {
    let expected = "expected .npy, .npz, PNG, JPEG or PBM/PGM/PPM"
    if head.isEmpty { return "\(expected), got an empty file" }
    let known: [(String, [UInt8])] = [
      ("a GIF picture", Array("GIF8".utf8)), ("a PDF document", Array("%PDF".utf8)),
      ("a BMP picture", Array("BM".utf8)),
      ("a TIFF picture", [0x49, 0x49, 0x2A, 0]), ("a TIFF picture", [0x4D, 0x4D, 0, 0x2A]),
      ("a RIFF file (WebP, perhaps)", Array("RIFF".utf8)), ("an HDF5 file", [0x89, 0x48, 0x44, 0x46]),
      ("gzip-compressed data", [0x1F, 0x8B]), ("a PAM picture", Array("P7\n".utf8)),
      ("a PNG file that a text-mode transfer has changed", [0x89, 0x50, 0x4E, 0x47]),
      ("a cut-off .npy file", Array(NPYHeader.magic.prefix(head.count))),
    ]
    if let match = known.first(where: { head.starts(with: $0.1) }) { return "\(expected), got \(match.0)" }
    if head.allSatisfy({ (0x20..<0x7F).contains($0) || (0x09...0x0D).contains($0) }) {
      return "\(expected), got text that begins with \"\(String(decoding: head, as: UTF8.self).printable)\""
    }
    return "\(expected), got bytes that begin with " + head.map { $0.hexadecimal }.joined(separator: " ")
  }
}

extension UInt8 {
  /// White space between the numbers of a PNM header.
  var isPNMSpace: Bool { self == 0x20 || (0x09...0x0D).contains(self) }

  fileprivate var hexadecimal: String {
    let digits = String(self, radix: 16, uppercase: true)
    return digits.count == 1 ? "0" + digits : digits
  }
}
