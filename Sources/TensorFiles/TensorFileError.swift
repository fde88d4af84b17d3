import StridedTensor

/// What can go wrong between a file and a tensor.
///
/// Every message says which file, what was expected and what came; `exitStatus` sorts them as `sysexits.h` does.
public enum TensorFileError: Error, Hashable, Sendable {
  /// The file is missing, a directory, or may not be read.
  case cannotOpen(file: String, reason: String)
  /// The bytes do not follow the format that they claim.
  case broken(file: String, format: String, reason: String)
  /// The format is sound but holds something that no tensor here can be.
  case unsupported(file: String, reason: String)
  /// What the file promises is more than the limit allows, in bytes; `needed` is nil beyond all counting.
  case overLimit(file: String, needed: Int?, limit: Int)
  /// The file is larger than one can be whose contents are within the limit.
  case fileTooLarge(file: String, bytes: Int, most: Int, limit: Int)
  /// An archive holds no array, or several and none was named, or none of the name that was given.
  case member(file: String, wanted: String?, names: [String])
  /// The output could not be written; nothing of it was left behind.
  case cannotWrite(file: String, reason: String)
  /// Who read the pipe that is written to has gone away, as `head` does: no fault of anyone's.
  case readerGone(file: String)
  /// The caller no longer wanted what was being read or written; nothing was left behind.
  case cancelled(file: String)

  /// Whose fault it is, in three classes.
  public enum Kind: Hashable, Sendable {
    case cannotOpen, badData, cannotWrite
  }

  /// The class of this error.
  public var kind: Kind {
    switch self {
    case .cannotOpen, .cancelled: .cannotOpen
    case .broken, .unsupported, .overLimit, .fileTooLarge, .member: .badData
    case .cannotWrite, .readerGone: .cannotWrite
    }
  }

  /// The exit status of `sysexits.h`: 66 (`EX_NOINPUT`), 65 (`EX_DATAERR`) or 73 (`EX_CANTCREAT`).
  public var exitStatus: Int32 {
    switch kind {
    case .cannotOpen: 66
    case .badData: 65
    case .cannotWrite: 73
    }
  }
}

extension TensorFileError {
  /// What stopped the contents of a file from becoming a tensor: they are broken, or the system has too little memory.
  static func decoding(_ error: any Error, file: String, format: String) -> TensorFileError {
    if case StridedTensorError.notEnoughMemory? = error as? StridedTensorError {
      return .unsupported(file: file, reason: "\(error)")
    }
    return .broken(file: file, format: format, reason: "\(error)")
  }
}

extension TensorFileError: CustomStringConvertible {
  public var description: String {
    switch self {
    case .cannotOpen(let file, let reason):
      "cannot open \(file.printable): \(reason)"
    case .broken(let file, let format, let reason):
      "\(file.printable) is a broken \(format) file: \(reason)"
    case .unsupported(let file, let reason):
      "\(file.printable): \(reason)"
    case .overLimit(let file, let needed, let limit):
      "\(file.printable) needs "
        + (needed.map { "\($0) bytes decoded, the limit is" } ?? "more bytes decoded than the limit,")
        + " \(limit) (--max-bytes raises it)"
    case .fileTooLarge(let file, let bytes, let most, let limit):
      "\(file.printable) has \(bytes) bytes; under the limit of \(limit) bytes decoded no more than \(most) are read "
        + "(--max-bytes raises it)"
    case .member(let file, let wanted, let names):
      Self.describeMember(file: file.printable, wanted: wanted?.printable, names: names.map(\.printable))
    case .cannotWrite(let file, let reason):
      "cannot write \(file.printable): \(reason)"
    case .readerGone(let file):
      "cannot write \(file.printable): nobody reads it any more"
    case .cancelled(let file):
      "\(file.printable): cancelled"
    }
  }

  private static func describeMember(file: String, wanted: String?, names: [String]) -> String {
    guard let first = names.first else { return "\(file) is an archive without arrays" }
    let shown = names.prefix(20).joined(separator: ", ") + (names.count > 20 ? ", … (\(names.count) in all)" : "")
    return if let wanted {
      "\(file) holds no array named \(wanted); it holds \(shown)"
    } else {
      "\(file) holds \(names.count) arrays, name one as \(file):\(first); it holds \(shown)"
    }
  }
}

extension String {
  /// The text without control characters and line ends, which a file name or a header could carry to the terminal; an
  /// empty one in quotes, so that it is seen.
  var printable: String {
    guard !isEmpty else { return "''" }
    let unprintable: [Unicode.GeneralCategory] = [.control, .lineSeparator, .paragraphSeparator]
    return String(
      String.UnicodeScalarView(unicodeScalars.map { unprintable.contains($0.properties.generalCategory) ? "?" : $0 }))
  }
}
