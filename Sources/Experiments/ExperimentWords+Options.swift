import Convolution
import StridedTensor

extension ExperimentWords {
  /// One option of the command line and of the `:` prompt.
  public struct Option: Hashable, Sendable {
    /// Without dashes.
    public let name: String
    /// What stands for its value in help texts.
    public let value: String
    public let help: String
    /// Whether it may be given several times, each adding to the last.
    public let repeats: Bool
  }

  /// All options that `set` knows, in the order of help texts; `input` is a positional word on the command line and not among them.
  public static let options: [Option] = [
    Option(
      "weight", "FILE|NAME",
      "the kernels, Kh×Kw×Cin/groups×Cout; Kh×Kw acts on each channel by itself. Built in: "
        + BuiltInKernel.allCases.map(\.rawValue).joined(separator: " ")
        + ", arange:KhxKw, random:KhxKwxCxO[,SEED], " + DigitsWord.expectedWeight
        + " (default: sobel-x)"),
    Option(
      "bias", "FILE",
      "one number for each output channel; digits-cnn:conv1 (conv2, dense) for that layer's own; none for none"
    ),
    Option(
      "dtype", "TYPE", "float32 or float64, or auto: the wider floating type of input and weight (default: auto)"),
    Option(
      "layout", "ORDER",
      "how arrays are stored: nhwc, or nchw for PyTorch's order, weights then being O×I×Kh×Kw (default: nhwc)"),
    Option("kernel-size", "K|Kh,Kw", "the size of a built-in kernel; auto for its own"),
    Option("stride", "S|Sy,Sx", "input pixels from one output to the next (default: 1)"),
    Option(
      "padding", "P|Py,Px|top,bottom,left,right|same|valid",
      "zeros around the input; same makes the output ceil(input/stride), the odd pixel at the bottom and right "
        + "(default: 0)"),
    Option("dilation", "D|Dy,Dx", "input pixels from one kernel element to the next; 1 leaves no gaps (default: 1)"),
    Option("groups", "G", "independent slices of the channels; auto fits a Kh×Kw weight (default: auto)"),
    Option("edit-input", "[n,]y,x[,c]=VALUE", "change one cell of the input; may be repeated", repeats: true),
    Option("edit-weight", "i,j[,c[,o]]=VALUE", "change one cell of the weight; may be repeated", repeats: true),
  ]

  /// The names that `set` knows besides `input`.
  public static var optionNames: [String] { options.map(\.name) }

  /// Says one option, by its name without dashes and the text of its value.
  ///
  /// - Throws: `WordsError` that says what was expected; nothing is changed then.
  public mutating func set(_ option: String, _ value: String) throws(WordsError) {
    let reader = WordReader(option: option, value: value)
    let isAuto = value == "auto"
    switch option {
    case "input": input = try InputWord(value)
    case "weight": weight = try WeightWord(value)
    case "bias":
      guard !value.isEmpty, !value.hasPrefix("-") else {
        throw reader.error("a file, \(DigitsWord.expectedWeight) or none")
      }
      bias = value == "none" ? nil : value
    case "dtype": elementType = isAuto ? nil : try reader.choice(ElementType.self, among: \.isFloating)
    case "layout": order = try reader.choice(StorageOrder.self)
    case "kernel-size": kernelSize = isAuto ? nil : try reader.pair()
    case "stride": stride = try reader.pair()
    case "padding": padding = try reader.padding()
    case "dilation": dilation = try reader.pair()
    case "groups": groups = isAuto ? nil : try reader.positive()
    case CellEdit.Target.input.option: inputEdits.replace(try CellEdit(word: value, target: .input))
    case CellEdit.Target.weight.option: weightEdits.replace(try CellEdit(word: value, target: .weight))
    default:
      throw WordsError(option: option, expected: "one of " + Self.optionNames.joined(separator: ", "), got: option)
    }
  }

  /// The shortest words of a command line that give this value back; what is at its default is left out.
  public var arguments: [String] {
    let plain = ExperimentWords()
    var words = input == plain.input ? [] : [input.word]
    func say(_ option: String, _ value: String) { words += ["--\(option)", value] }
    if weight != plain.weight { say("weight", weight.word) }
    if let bias { say("bias", bias) }
    if let elementType { say("dtype", elementType.rawValue) }
    if order != plain.order { say("layout", order.rawValue) }
    if let kernelSize { say("kernel-size", kernelSize.word) }
    if stride != plain.stride { say("stride", stride.word) }
    if padding != plain.padding { say("padding", padding.word) }
    if dilation != plain.dilation { say("dilation", dilation.word) }
    if let groups { say("groups", String(groups)) }
    for edit in inputEdits { say(CellEdit.Target.input.option, edit.word(target: .input)) }
    for edit in weightEdits { say(CellEdit.Target.weight.option, edit.word(target: .weight)) }
    return words
  }
}

extension ExperimentWords.Option {
  fileprivate init(_ name: String, _ value: String, _ help: String, repeats: Bool = false) {
    self.name = name
    self.value = value
    self.help = help
    self.repeats = repeats
  }
}

extension AxisPair {
  /// The shortest word of an option that gives this pair: `2` or `2,3`.
  public var word: String { vertical == horizontal ? String(vertical) : "\(vertical),\(horizontal)" }
}

extension PaddingRule {
  /// The shortest word of `--padding` that gives this rule.
  public var word: String {
    switch self {
    case .same: "same"
    case .explicit(let padding):
      padding.top == padding.bottom && padding.left == padding.right
        ? AxisPair(padding.top, padding.left).word
        : "\(padding.top),\(padding.bottom),\(padding.left),\(padding.right)"
    }
  }
}
