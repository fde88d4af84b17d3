import Convolution
import Experiments
import StridedTensor
import Walkthroughs

/// What exercises ask about: an experiment, variations of its geometry, and views of its memory.
struct ExerciseSubject {
  let experiment: Experiment
  let view: MemoryView?

  var geometry: ConvolutionGeometry { experiment.geometry }
  var itemSize: Int { experiment.elementType.itemSize }
  var typeName: String { experiment.elementType.rawValue }

  /// Another stride, padding and dilation under the same input and kernel, where there is an output; O(1).
  func varied(
    _ choice: inout SeededChoice, strides: ClosedRange<Int> = 1...3
  ) -> (geometry: ConvolutionGeometry, words: ExperimentWords) {
    // A few tries: large dilations do not fit small inputs.
    for _ in 0..<8 {
      let parameters = ConvolutionParameters(
        stride: AxisPair(choice.number(in: strides)),
        padding: .explicit(Padding(choice.number(in: 0...2))),
        dilation: AxisPair(choice.one(of: [1, 1, 2]) ?? 1), groups: geometry.groups)
      if let varied = with(parameters) { return varied }
    }
    return (geometry, experiment.words)
  }

  private func with(_ parameters: ConvolutionParameters) -> (geometry: ConvolutionGeometry, words: ExperimentWords)? {
    guard
      let varied = try? ConvolutionGeometry(
        input: geometry.inputShape, weight: geometry.weightShape, parameters: parameters)
    else { return nil }
    var words = experiment.words
    words.stride = parameters.stride
    words.padding = parameters.padding
    words.dilation = parameters.dilation
    return (varied, words)
  }

  /// The geometry in words, all that the answers depend on.
  func sentence(_ g: ConvolutionGeometry) -> String {
    "Input \(shape(g.inputShape)), kernel \(g.kernelHeight)×\(g.kernelWidth), stride \(pair(g.stride)), "
      + "padding \(padding(g.padding)), dilation \(pair(g.dilation))"
      + (g.groups > 1 ? ", groups \(g.groups)" : "")
      + (g.outputChannels > 1 ? ", \(g.outputChannels) output channels." : ".")
  }

  /// `6×6`, `32×32×8`, `10×32×32×8`: the axes that are longer than 1, rows and columns always.
  private func shape(_ shape: [Int]) -> String {
    var parts = Array(shape[1...2])
    if shape[3] > 1 { parts.append(shape[3]) }
    if shape[0] > 1 { parts = shape }
    return parts.map(String.init).joined(separator: "×")
  }

  private func pair(_ pair: AxisPair) -> String {
    pair.vertical == pair.horizontal ? "\(pair.vertical)" : "\(pair.vertical),\(pair.horizontal)"
  }

  private func padding(_ p: Padding) -> String {
    p == Padding(p.top) ? "\(p.top)" : "\(p.top),\(p.bottom),\(p.left),\(p.right)"
  }

  /// The first picture's rows and columns, or rows, columns and channels, as the input stores them: no axis of length 1.
  var picture: (layout: Layout, names: [String])? {
    guard let whole = try? experiment.input.layout.at(0), whole.rank == 3 else { return nil }
    let kept = [0, 1, 2].filter { whole.shape[$0] > 1 }
    guard !kept.isEmpty,
      let layout = try? Layout(
        shape: kept.map { whole.shape[$0] }, strides: kept.map { whole.strides[$0] }, offset: whole.offset)
    else { return nil }
    return (layout, kept.map { ["y", "x", "c"][$0] })
  }

  /// One channel of the first picture; nil if a row or column is all there is.
  var plane: Layout? {
    guard let plane = try? experiment.input.layout.at(0).at(0, axis: 2), plane.shape.allSatisfy({ $0 > 1 }) else {
      return nil
    }
    return plane
  }
}

/// `(6,1)`.
func tuple(_ numbers: [Int]) -> String { "(" + numbers.map(String.init).joined(separator: ",") + ")" }

extension Layout {
  /// As `--view` takes it.
  var word: String { ViewWord(self).description }

  /// What a copy of the view would have as strides.
  var contiguousStrides: [Int] { (try? Layout.rowMajor(shape).strides) ?? strides }
}
