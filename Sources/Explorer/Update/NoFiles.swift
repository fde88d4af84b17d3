import Experiments
import TensorFiles

/// A source without files: what changes while keys are pressed comes from tensors that are already here.
struct NoFiles: TensorSource {
  func read(_ path: String) throws(TensorFileError) -> LoadedTensor {
    throw .cannotOpen(file: path, reason: "files are not read while keys are pressed")
  }
  func readStandardInput() throws(TensorFileError) -> LoadedTensor {
    throw .cannotOpen(file: "-", reason: "standard input is read only once")
  }
}
