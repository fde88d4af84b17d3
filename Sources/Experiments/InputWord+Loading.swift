import StridedTensor
import TensorFiles

extension InputWord {
  /// The tensor that the word names, in the shape and order in which it is stored; built-in ones are float32.
  public func load(from source: some TensorSource) throws(ExperimentError) -> LoadedTensor {
    var loaded = try original(from: source)
    if !needsReading {
      let tensor = loaded.tensor
      loaded.tensor = try onTensors { () throws(StridedTensorError) in try tensor.converted(to: .float32) }
    }
    return loaded
  }

  /// The same as N×H×W×C, each element of its own type, with what was noted while reading.
  public func loadImages(
    order: StorageOrder, source: some TensorSource
  ) throws(ExperimentError) -> (tensor: AnyTensor, notes: [String]) {
    let stored = try StoredTensor(input: self, order: order, source: source)
    let type = needsReading ? stored.tensor.elementType : .float32
    return (try stored.view(as: type), stored.notes)
  }

  /// As stored; built-in numbers in float64, so that each type can be had rounded once.
  func original(from source: some TensorSource) throws(ExperimentError) -> LoadedTensor {
    func generated(_ shape: [Int]) -> GeneratedTensor {
      GeneratedTensor(shape: shape, word: word, limit: source.limit)
    }
    switch self {
    case .file(let path):
      return try onFile(named: path, builtIn: Self.builtInNames) { () throws(TensorFileError) in try source.read(path) }
    case .standardInput: return try onFiles { () throws(TensorFileError) in try source.readStandardInput() }
    case .arange(let shape): return LoadedTensor(tensor: try generated(shape).arange(), kind: .array)
    case .random(let shape, let seed):
      return LoadedTensor(tensor: try generated(shape).random(seed: seed), kind: .array)
    case .picture(let height, let width, let channels):
      guard height > 0, width > 0, channels == 1 || channels == 3 else {
        throw .words(WordsError(option: "input", expected: "picture:HxW or picture:HxWx3", got: word))
      }
      let tensor = try generated([height, width, channels]).make(Float.self) { pixels in
        LighthousePicture.draw(height: height, width: width, channels: channels, into: pixels)
      }
      return LoadedTensor(tensor: tensor, kind: .picture)
    case .digit(let digit, let layer):
      guard (0...9).contains(digit), layer.map(DigitsWord.innerLayers.contains) ?? true else {
        throw .words(WordsError(option: "input", expected: DigitsWord.expectedInput, got: word))
      }
      guard let layer else { return LoadedTensor(tensor: try DigitsNetwork.picture(of: digit), kind: .picture) }
      return LoadedTensor(tensor: try DigitsNetwork.activations(of: digit, after: layer), kind: .picture)
    }
  }
}
