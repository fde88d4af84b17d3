import ArgumentParser
import Convolution
import Experiments
import Lessons
import Measuring
import StridedTensor
import TensorFiles

#if canImport(Darwin)
  import Darwin
#elseif canImport(Musl)
  import Musl
#else
  import Glibc
#endif

/// Why a command ends without doing its work: one paragraph for standard error, and the exit status.
struct CommandFailure: Error {
  let message: String
  let status: Int32

  /// Arguments that are wrong whatever the data are.
  static func usage(_ message: String) -> CommandFailure { CommandFailure(message: message, status: 64) }

  /// Data that do not fit.
  static func data(_ message: String) -> CommandFailure { CommandFailure(message: message, status: 65) }

  /// Says why, and ends the program.
  func exit() -> Never {
    Messages.write("convscope: error: \(message)")
    Self.end(status)
  }

  /// Ends the program with a status, everything having been said.
  static func end(_ status: Int32) -> Never { terminate(status) }
}

extension CommandFailure {
  /// The failure behind an error of any module; nil for what the argument parser has to say itself.
  init?(_ error: any Error) {
    switch error {
    case let failure as CommandFailure: self = failure
    case let error as ExperimentError: self.init(message: error.description, status: error.exitStatus)
    case let error as WordsError: self.init(message: error.description, status: error.exitStatus)
    case let error as LessonError: self.init(message: error.description, status: error.exitStatus)
    case let error as TensorFileError: self.init(message: error.description, status: error.exitStatus)
    case let error as ConvolutionError: self.init(error)
    case let error as MeasuringError: self.init(message: error.description, status: error.exitStatus)
    case let error as StridedTensorError: self.init(message: error.description, status: 65)
    default: return nil
    }
  }

  init(_ error: ConvolutionError) {
    self.init(message: error.description, status: ExperimentError.convolution(error, hint: nil).exitStatus)
  }
}

private func terminate(_ status: Int32) -> Never { exit(status) }

/// Lines for people, on standard error.
enum Messages {
  /// Writes a line without the control characters that the name or the content of a file could carry to the terminal.
  static func write(_ text: String) {
    let printable = text.unicodeScalars.map { $0.properties.generalCategory == .control && $0 != "\n" ? "?" : $0 }
    // Nowhere is left to complain if this fails.
    _ = try? StandardStream.error.write(String(String.UnicodeScalarView(printable)) + "\n")
  }

  static func notes(_ notes: [String]) {
    for note in notes { write("convscope: note: \(note)") }
  }
}
