import ArgumentParser
import Convolution
import Experiments
import StridedTensor

/// `convscope conv INPUT WEIGHT -o OUT.npy`: one convolution, to a file.
struct ConvCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "conv", abstract: "Convolve an input with a weight and write the output as .npy.",
    discussion: """
      The output is N×Ho×Wo×Cout in the wider floating type of input and weight; integers count as float32. With \
      --layout nchw input (N×C×H×W), weight (O×I×Kh×Kw) and output are in PyTorch's order.

      Examples:
        convscope conv x.npy w.npy -o out.npy
        convscope conv photo.png gaussian --kernel-size 9 --padding same -o blurred.npy
        convscope conv x.npy w.npy -o out.npy --layout nchw --stride 2 --padding 3 --bias b.npy
      """)

  @Argument(help: ArgumentHelp("what to convolve", valueName: "INPUT"), completion: .file()) var input: String
  @Argument(help: ArgumentHelp("the kernels: a file or a built-in name", valueName: "WEIGHT"), completion: .file())
  var weight: String
  @OptionGroup var output: OutputOption
  @Option(parsing: .unconditional, help: optionHelp("bias"), completion: .file()) var bias: String?
  @OptionGroup(title: "Geometry") var geometry: GeometryOptions
  @OptionGroup(title: "Reading") var reading: ReadingOptions
  @OptionGroup(title: "Computing") var computing: ComputingOptions

  func run() throws {
    Interruption.endsTheProgram()
    var words = ExperimentWords()
    try words.set("input", input)
    try words.set("weight", weight)
    try words.set(optional: "bias", bias)
    try geometry.apply(to: &words)
    try reading.apply(to: &words)
    let algorithm = try computing.chosenAlgorithm()
    let threads = try computing.threadCount()
    let experiment = try Experiment(words, source: reading.source())
    Messages.notes(experiment.notes)
    var result = try experiment.output(algorithm: algorithm, threads: threads, isExact: computing.exact)
    if words.order == .nchw { result = try result.permuted(AxisOrder.nchwFromNHWC) }
    try output.write(result)
  }
}
