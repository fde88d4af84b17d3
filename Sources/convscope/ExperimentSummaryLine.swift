import Experiments

extension Experiment {
  /// One line: what is convolved with what, and what comes out.
  var summaryLine: String {
    func text(_ shape: [Int]) -> String { shape.map(String.init).joined(separator: "×") }
    return "\(inputName) \(text(geometry.inputShape)), \(weightName) \(text(geometry.weightShape)), "
      + "output \(text(geometry.outputShape)), \(elementType)"
  }
}
