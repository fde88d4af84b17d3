import Convolution
import StridedTensor
import TensorFiles

/// Four axes of a tensor as they are stored, and the order in which convolution sees them.
///
/// Types are converted before axes are permuted, so that a PyTorch-ordered array stays in that order in memory.
struct StoredTensor: Sendable {
  /// Rank 4, axes in storage order.
  let tensor: AnyTensor
  /// Axis k of the view is axis `axes[k]` of the tensor.
  let axes: [Int]
  /// Made by the program, so without an element type of its own.
  let isBuiltIn: Bool
  /// Given as a plain matrix: a kernel for each channel by itself.
  let isMatrix: Bool
  let notes: [String]

  /// N×H×W×C, or Kh×Kw×Cin×Cout.
  func view(as type: ElementType) throws(ExperimentError) -> AnyTensor {
    try onTensors { () throws(StridedTensorError) in try tensor.converted(to: type).permuted(axes) }
  }

  /// The floating type that these numbers ask for: float64 stays, all else counts as float32.
  var wantsFloat64: Bool { !isBuiltIn && tensor.elementType == .float64 }
}

extension StoredTensor {
  init(input word: InputWord, order: StorageOrder, source: some TensorSource) throws(ExperimentError) {
    let loaded = try word.original(from: source)
    var stored = loaded.tensor
    if order == .nchw, loaded.kind == .picture, stored.rank == 3 {
      // Pictures come channels last; stored in PyTorch's order they are planes.
      let picture = stored
      stored = try onTensors { () throws(StridedTensorError) in try picture.permuted([2, 0, 1]).contiguous() }
    }
    let rank = stored.rank
    guard 2...4 ~= rank else {
      let axes = order == .nhwc ? "H×W, H×W×C or N×H×W×C" : "H×W, C×H×W or N×C×H×W"
      if word.needsReading {
        throw .convolution(.rank(of: "input \(word.word)", expected: axes, shape: stored.shape), hint: nil)
      }
      throw .words(WordsError(option: "input", expected: "a shape \(axes)", got: word.word))
    }
    guard !stored.shape.contains(0) else {
      throw .convolution(.empty("input \(word.word)", shape: stored.shape), hint: nil)
    }
    let given = stored
    tensor = try onTensors { () throws(StridedTensorError) in
      var shape = given.shape
      if rank == 2 { shape.insert(1, at: order == .nhwc ? 2 : 0) }
      // A reshape that only adds axes is a view, and gives them the strides that a batch of such pictures would have.
      return rank < 4 ? try given.reshaped(to: [1] + shape) : given
    }
    axes = order == .nhwc ? [0, 1, 2, 3] : AxisOrder.nhwcFromNCHW
    isBuiltIn = !word.needsReading
    isMatrix = rank == 2
    notes = loaded.notes
  }

  init(
    weight word: WeightWord, size: AxisPair?, order: StorageOrder, source: some TensorSource
  ) throws(ExperimentError) {
    func generated(_ shape: [Int]) -> GeneratedTensor {
      GeneratedTensor(shape: shape, word: word.word, limit: source.limit)
    }
    var notes: [String] = []
    let stored: AnyTensor
    var order = order
    switch word {
    case .file(let path):
      let loaded = try onFile(named: path, builtIn: WeightWord.builtInNames) { () throws(TensorFileError) in
        try source.read(path)
      }
      stored = loaded.tensor
      notes = loaded.notes
    case .named(let kernel):
      let size = size ?? AxisPair(3)
      let values = try onWords { () throws(WordsError) in try kernel.values(size) }
      stored = try onTensors { () throws(StridedTensorError) in
        try Tensor(shape: [size.vertical, size.horizontal], elements: values).erased
      }
    case .arange(let shape):
      stored = try generated(Self.resized(shape, to: size, order: order)).arange()
    case .random(let shape, let seed):
      stored = try generated(Self.resized(shape, to: size, order: order)).random(seed: seed)
    case .digits(let layer):
      order = .nhwc
      stored = try DigitsNetwork.weight(of: layer)
    }
    // A picture has a last axis of colours that a grey one can do without.
    let isGreyPicture = stored.rank == 3 && stored.shape[2] == 1
    guard stored.rank == 2 || stored.rank == 4 || isGreyPicture else {
      let shapes = order == .nhwc ? "Kh×Kw or Kh×Kw×Cin×Cout" : "Kh×Kw or Cout×Cin×Kh×Kw"
      if word.needsReading {
        throw .convolution(.rank(of: "weight", expected: shapes, shape: stored.shape), hint: nil)
      }
      throw .words(WordsError(option: "weight", expected: "a shape \(shapes)", got: word.word))
    }
    isMatrix = stored.rank < 4
    isBuiltIn = !word.needsReading
    axes = isMatrix || order == .nhwc ? [0, 1, 2, 3] : AxisOrder.kkioFromOIKK
    tensor = try onTensors { () throws(StridedTensorError) in
      var view = stored
      while view.rank < 4 { view = try view.expanded(axis: view.rank) }
      return view
    }
    self.notes = notes
    try checkSize(size, of: word)
  }

  /// `--kernel-size` makes built-in kernels, and can only agree with the others.
  private func checkSize(_ size: AxisPair?, of word: WeightWord) throws(ExperimentError) {
    let own = AxisPair(tensor.shape[axes[0]], tensor.shape[axes[1]])
    guard let size, own != size else { return }
    throw .unfit(
      "--kernel-size \(size.word) does not fit \(word.name), which is \(own.vertical)×\(own.horizontal): "
        + "only built-in kernels can be sized")
  }

  private static func resized(_ shape: [Int], to size: AxisPair?, order: StorageOrder) -> [Int] {
    guard let size else { return shape }
    let sides = [size.vertical, size.horizontal]
    return order == .nchw && shape.count == 4 ? Array(shape[..<2]) + sides : sides + shape.dropFirst(2)
  }
}
