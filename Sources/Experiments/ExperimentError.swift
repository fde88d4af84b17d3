import Convolution
import StridedTensor
import TensorFiles

/// Why words and data make no experiment.
public enum ExperimentError: Error, Hashable, Sendable {
  case words(WordsError)
  case file(TensorFileError)
  /// The sizes have no convolution; the hint says what could be changed.
  case convolution(ConvolutionError, hint: String?)
  case tensor(StridedTensorError)
  /// A file's numbers are not what the words around them need.
  case unfit(String)
}

extension ExperimentError {
  /// The exit status of `sysexits.h`: 64 for arguments that are wrong by themselves, 65 for data that do not fit, 66 for
  /// an input that cannot be opened.
  public var exitStatus: Int32 {
    switch self {
    case .words(let error): error.exitStatus
    case .file(let error): error.exitStatus
    case .convolution(let error, _):
      switch error {
      case .notPositive, .negativePadding: 64
      default: 65
      }
    case .tensor, .unfit: 65
    }
  }
}

extension ExperimentError: CustomStringConvertible {
  public var description: String {
    switch self {
    case .words(let error): error.description
    case .file(let error): error.description
    case .convolution(let error, let hint): error.description + (hint.map { "; \($0)" } ?? "")
    case .tensor(let error): error.description
    case .unfit(let message): message
    }
  }
}

/// Runs code of a lower module and makes its error this module's.
func onTensors<Result>(_ body: () throws(StridedTensorError) -> Result) throws(ExperimentError) -> Result {
  do { return try body() } catch { throw .tensor(error) }
}

func onFiles<Result>(_ body: () throws(TensorFileError) -> Result) throws(ExperimentError) -> Result {
  do { return try body() } catch { throw .file(error) }
}

/// The same for a word that is no built-in name, and so a file: if it looks like a name, the names are told.
func onFile<Result>(
  named word: String, builtIn names: String, _ body: () throws(TensorFileError) -> Result
) throws(ExperimentError) -> Result {
  do { return try body() } catch {
    guard case .cannotOpen(let file, let reason) = error, !word.contains("/"), !word.contains(".") else {
      throw .file(error)
    }
    throw .file(.cannotOpen(file: file, reason: "\(reason); built in are \(names)"))
  }
}

func onWords<Result>(_ body: () throws(WordsError) -> Result) throws(ExperimentError) -> Result {
  do { return try body() } catch { throw .words(error) }
}
