import Convolution
import StridedTensor

/// One convolution with all its numbers: what the explorer shows, the commands compute and the walkthroughs walk through.
public struct Experiment: Sendable {
  /// What was asked for.
  public let words: ExperimentWords
  /// N×H×W×C, float32 or float64, with whatever strides its memory has.
  public let input: AnyTensor
  /// Kh×Kw×(Cin/groups)×Cout, of the input's element type.
  public let weight: AnyTensor
  /// One number for each output channel, of the input's element type.
  public let bias: AnyTensor?
  public let geometry: ConvolutionGeometry
  /// What a reader should know about the numbers, one sentence each: types converted, alpha multiplied in.
  public let notes: [String]

  let storedInput: StoredTensor
  let storedWeight: StoredTensor
  let storedBias: AnyTensor?
}

extension Experiment {
  public var elementType: ElementType { input.elementType }
  /// Whether the input's numbers are those of another experiment.
  public func hasSameInput(as other: Experiment) -> Bool {
    words.order == other.words.order && words.input == other.words.input && elementType == other.elementType
      && words.inputEdits == other.words.inputEdits
  }

  /// What a title calls the input.
  public var inputName: String { words.input.name }
  /// What a title calls the weight.
  public var weightName: String { words.weight.name }

  /// Reads and makes what the words say.
  ///
  /// - Throws: `ExperimentError`, which knows the exit status of its kind.
  public init(_ words: ExperimentWords, source: some TensorSource) throws(ExperimentError) {
    try self.init(words, source: source, reusing: nil)
  }

  /// The experiment that other words describe, with the tensors already here wherever their words are the same.
  ///
  /// - Complexity: O(1) if only the geometry differs; editing cells copies the tensor that they are in.
  public func changed(
    to words: ExperimentWords, source: some TensorSource
  ) throws(ExperimentError) -> Experiment {
    try Experiment(words, source: source, reusing: self)
  }
}
