import ArgumentParser
import StridedTensor
import TensorFiles

/// Where an array goes.
struct OutputOption: ParsableArguments {
  @Option(
    name: [.customShort("o"), .long],
    help: ArgumentHelp("the array to write, .npy; - for standard output", valueName: "OUT.npy"), completion: .file())
  var output: String

  func write(_ tensor: AnyTensor) throws { try writeArray(tensor, to: output) }
}

/// Writes an array whole or not at all; `-` is standard output.
func writeArray(_ tensor: AnyTensor, to path: String) throws(TensorFileError) {
  try TensorFile.write(npy: tensor, to: path == "-" ? "/dev/stdout" : path)
}
