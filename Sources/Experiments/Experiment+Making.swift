import Convolution
import StridedTensor
import TensorFiles

extension Experiment {
  init(_ words: ExperimentWords, source: some TensorSource, reusing old: Experiment?) throws(ExperimentError) {
    self.words = words
    let old = old?.words.order == words.order ? old : nil

    if let old, old.words.input == words.input {
      storedInput = old.storedInput
    } else {
      storedInput = try StoredTensor(input: words.input, order: words.order, source: source)
    }
    if let old, old.words.weight == words.weight, old.words.kernelSize == words.kernelSize {
      storedWeight = old.storedWeight
    } else {
      storedWeight = try StoredTensor(
        weight: words.weight, size: words.kernelSize, order: words.order, source: source)
    }
    let wider: ElementType = storedInput.wantsFloat64 || storedWeight.wantsFloat64 ? .float64 : .float32
    let type = words.elementType ?? wider

    let isSameInput =
      old?.words.input == words.input && old?.elementType == type && old?.words.inputEdits == words.inputEdits
    if let old, isSameInput {
      input = old.input
    } else {
      input = try storedInput.view(as: type).edited(words.inputEdits, target: .input)
    }

    let (matrix, parameters) = try Self.parameters(words, input: input.shape, weight: storedWeight, type: type)
    let shape = input.shape
    do {
      geometry = try ConvolutionGeometry(input: shape, weight: matrix.shape, parameters: parameters)
    } catch {
      throw .convolution(error, hint: Self.hint(error, input: shape, weight: matrix.shape, order: words.order))
    }
    // A matrix spread over channels shares its memory between them until here.
    let spread = storedWeight.isMatrix
    weight = try onTensors { () throws(StridedTensorError) in spread ? try matrix.contiguous() : matrix }
      .edited(words.weightEdits, target: .weight)

    var notes = storedInput.notes + storedWeight.notes
    storedBias = try Self.readBias(words, source: source, reusing: old, notes: &notes)
    bias = try Self.checkedBias(storedBias, geometry: geometry, type: type)
    let named =
      [("input", storedInput.tensor), ("weight", storedWeight.tensor)] + (storedBias.map { [("bias", $0)] } ?? [])
    for (name, tensor) in named where !tensor.elementType.isFloating {
      notes.append("\(name): integers (\(tensor.elementType)) taken as \(type)")
    }
    self.notes = notes
  }

  /// The weight before edits, and the parameters with the number of groups settled.
  private static func parameters(
    _ words: ExperimentWords, input: [Int], weight: StoredTensor, type: ElementType
  ) throws(ExperimentError) -> (weight: AnyTensor, parameters: ConvolutionParameters) {
    var view = try weight.view(as: type)
    var groups = words.groups ?? 1
    let channels = input[3]
    if weight.isMatrix, channels > 1 {
      groups = words.groups ?? channels
      guard groups == channels || groups < 1 else {
        throw .unfit(
          "a Kh×Kw weight acts on each of the \(channels) channels by itself, which is --groups \(channels), "
            + "got --groups \(groups)")
      }
      let plain = view
      view = try onTensors { () throws(StridedTensorError) in
        try plain.broadcast(to: [plain.shape[0], plain.shape[1], 1, channels])
      }
    }
    return (
      view,
      ConvolutionParameters(stride: words.stride, padding: words.padding, dilation: words.dilation, groups: groups)
    )
  }

  private static func readBias(
    _ words: ExperimentWords, source: some TensorSource, reusing old: Experiment?, notes: inout [String]
  ) throws(ExperimentError) -> AnyTensor? {
    guard let name = words.bias else { return nil }
    if let old, old.words.bias == name { return old.storedBias }
    if let layer = DigitsWord.layer(ofWeight: name) { return try DigitsNetwork.bias(of: layer) }
    let loaded = try onFiles { () throws(TensorFileError) in try source.read(name) }
    notes += loaded.notes
    return loaded.tensor
  }

  private static func checkedBias(
    _ bias: AnyTensor?, geometry: ConvolutionGeometry, type: ElementType
  ) throws(ExperimentError) -> AnyTensor? {
    guard let bias else { return nil }
    guard bias.shape == [geometry.outputChannels] else {
      throw .convolution(.bias(expected: geometry.outputChannels, shape: bias.shape), hint: nil)
    }
    return try onTensors { () throws(StridedTensorError) in try bias.converted(to: type) }
  }

  /// What could be changed so that sizes fit.
  private static func hint(
    _ error: ConvolutionError, input: [Int], weight: [Int], order: StorageOrder
  ) -> String? {
    switch error {
    case .channels(let channels, _, let reads):
      if order == .nhwc, weight[2] == weight[3], input[1] == weight[1] {
        return "arrays stored N×C×H×W and O×I×Kh×Kw need --layout nchw"
      }
      if reads > 0, channels % reads == 0, weight[3] % (channels / reads) == 0 {
        return "--groups \(channels / reads) would let each output read \(reads) of them"
      }
      return "the weight's third axis must be the input's channels divided by --groups"
    case .kernelLargerThanInput:
      return "choose a smaller kernel or --dilation, or more --padding"
    case .groups(_, _, let channels):
      let divisors = (1...min(channels, 64)).filter { channels % $0 == 0 }.map(String.init)
      return "--groups can be \(divisors.joined(separator: ", "))" + (channels > 64 ? ", …" : "")
    default: return nil
    }
  }
}

extension AnyTensor {
  /// A copy with some cells changed; this tensor itself if there are none.
  fileprivate func edited(_ edits: [CellEdit], target: CellEdit.Target) throws(ExperimentError) -> AnyTensor {
    guard !edits.isEmpty else { return self }
    for edit in edits {
      let isInside = edit.index.count == rank && zip(edit.index, shape).allSatisfy { 0 <= $0 && $0 < $1 }
      guard isInside else {
        throw .unfit(
          "--\(target.option) \(edit.word(target: target)): no such cell, the \(target.rawValue) has shape \(shape)")
      }
    }
    return try onTensors { () throws(StridedTensorError) in try visit(EditingVisitor(edits: edits)) }
  }
}

private struct EditingVisitor: TensorVisitor {
  let edits: [CellEdit]

  func visit<Element: TensorElement>(_ tensor: Tensor<Element>) throws(StridedTensorError) -> AnyTensor {
    var copy = tensor
    for edit in edits { try copy.write(Element(nearest: edit.value), at: edit.index) }
    return copy.erased
  }
}
