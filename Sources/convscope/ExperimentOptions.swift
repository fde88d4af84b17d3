import ArgumentParser
import Experiments
import TensorFiles

/// Geometry of a convolution, as all commands that have one share it.
struct GeometryOptions: ParsableArguments {
  @Option(parsing: .unconditional, help: optionHelp("kernel-size")) var kernelSize: String?
  @Option(parsing: .unconditional, help: optionHelp("stride")) var stride: String?
  @Option(parsing: .unconditional, help: optionHelp("padding"), completion: .list(["same", "valid"])) var padding:
    String?
  @Option(parsing: .unconditional, help: optionHelp("dilation")) var dilation: String?
  @Option(parsing: .unconditional, help: optionHelp("groups")) var groups: String?

  func apply(to words: inout ExperimentWords) throws(WordsError) {
    try words.set(optional: "kernel-size", kernelSize)
    try words.set(optional: "stride", stride)
    try words.set(optional: "padding", padding)
    try words.set(optional: "dilation", dilation)
    try words.set(optional: "groups", groups)
  }
}

/// How tensors are stored and how large they may be.
struct ReadingOptions: ParsableArguments {
  @Option(parsing: .unconditional, help: optionHelp("layout"), completion: .words(of: StorageOrder.self)) var layout:
    String?
  @Option(
    parsing: .unconditional,
    help: ArgumentHelp("the most bytes that one tensor read may take (default: 2 GiB)", valueName: "N"))
  var maxBytes: String?

  func apply(to words: inout ExperimentWords) throws(WordsError) { try words.set(optional: "layout", layout) }

  /// The files that the limit lets through.
  func source() throws(CommandFailure) -> FileSource {
    guard let maxBytes else { return FileSource() }
    guard let limit = Int(maxBytes), limit > 0 else {
      throw .usage("--max-bytes: expected a whole number of at least 1, got '\(maxBytes)'")
    }
    return FileSource(limit: limit)
  }
}

/// A whole experiment: INPUT and all experiment options of the explorer, `render`, `record` and `verify`.
struct ExperimentOptions: ParsableArguments {
  @Argument(help: ArgumentHelp("what to convolve (default: picture)", valueName: "INPUT"), completion: .file())
  var input: String?
  @Option(parsing: .unconditional, help: optionHelp("weight"), completion: .weights) var weight: String?
  @Option(parsing: .unconditional, help: optionHelp("bias"), completion: .file()) var bias: String?
  @Option(parsing: .unconditional, help: optionHelp("dtype"), completion: .floatTypes) var dtype: String?
  @OptionGroup(title: "Geometry") var geometry: GeometryOptions
  @OptionGroup(title: "Reading") var reading: ReadingOptions
  @Option(parsing: .unconditionalSingleValue, help: optionHelp("edit-input")) var editInput: [String] = []
  @Option(parsing: .unconditionalSingleValue, help: optionHelp("edit-weight")) var editWeight: [String] = []

  /// The words as a value.
  func words() throws(WordsError) -> ExperimentWords {
    var words = ExperimentWords()
    try words.set(optional: "input", input)
    try words.set(optional: "weight", weight)
    try words.set(optional: "bias", bias)
    try words.set(optional: "dtype", dtype)
    try geometry.apply(to: &words)
    try reading.apply(to: &words)
    for edit in editInput { try words.set("edit-input", edit) }
    for edit in editWeight { try words.set("edit-weight", edit) }
    return words
  }

  /// Reads and makes the experiment.
  func experiment() throws -> Experiment { try Experiment(words(), source: reading.source()) }
}

extension ExperimentWords {
  /// Says an option if it was given.
  mutating func set(optional option: String, _ value: String?) throws(WordsError) {
    if let value { try set(option, value) }
  }
}

/// The help of an experiment option: the table that the `:` prompt shows too.
func optionHelp(_ name: String) -> ArgumentHelp {
  guard let option = ExperimentWords.options.first(where: { $0.name == name }) else { return "" }
  return ArgumentHelp(stringLiteral: option.help).named(option.value)
}

extension ArgumentHelp {
  fileprivate func named(_ valueName: String) -> ArgumentHelp {
    var help = self
    help.valueName = valueName
    return help
  }
}
