import Convolution
import StridedTensor

/// In which order axes are stored, and so given by files and on command lines.
public enum StorageOrder: String, Hashable, Sendable, CaseIterable {
  /// N×H×W×C and Kh×Kw×I×O, as in the lecture and TensorFlow.
  case nhwc
  /// N×C×H×W and O×I×Kh×Kw, as in PyTorch.
  case nchw
}

/// Everything the command line can say of an experiment, as a value that can be said back.
public struct ExperimentWords: Hashable, Sendable {
  public var input = InputWord.defaultPicture
  public var weight = WeightWord.named(.sobelX)
  /// A file, or the word of a digits layer.
  public var bias: String?
  /// The type to compute in; nil for the wider floating type of input and weight.
  public var elementType: ElementType?
  public var order = StorageOrder.nhwc
  /// The size of a built-in kernel; nil for its own.
  public var kernelSize: AxisPair?
  public var stride = AxisPair(1)
  public var padding = PaddingRule.valid
  public var dilation = AxisPair(1)
  /// Nil for one group, or for as many as the input has channels if the weight is a plain matrix.
  public var groups: Int?
  /// Cells of the input (n, y, x, c) changed by hand, in this order.
  public var inputEdits: [CellEdit] = []
  /// Cells of the weight (i, j, c, o) changed by hand, in this order.
  public var weightEdits: [CellEdit] = []

  public init() {}
}

extension ExperimentWords {
  /// Whether these words name a file or stream that the others do not, so that reading is needed to go from those to these.
  public func needsFiles(differingFrom other: ExperimentWords) -> Bool {
    (input != other.input && input.needsReading) || (weight != other.weight && weight.needsReading)
      || (bias != other.bias && bias.map { DigitsWord.layer(ofWeight: $0) == nil } ?? false)
  }
}
