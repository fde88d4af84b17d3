import Convolution
import Experiments
import Walkthroughs

extension Exercise {
  /// Which of the lecture's two ways by matrix products moves fewer bytes.
  static func traffic(_ subject: ExerciseSubject, _ choice: inout SeededChoice) -> Exercise? {
    guard let (g, words) = withChannels(subject, &choice) else { return nil }
    let perOffset = Traffic(of: .matmul, g, itemSize: subject.itemSize)
    let im2col = Traffic(of: .im2col, g, itemSize: subject.itemSize)
    guard perOffset.bytes != im2col.bytes else { return nil }
    let offsets = g.kernelHeight * g.kernelWidth
    let counts = "matmul: \(sum(perOffset)). im2col: \(sum(im2col))."
    let isMatmul = perOffset.bytes < im2col.bytes
    let why =
      isMatmul
      ? "You took im2col: its matrix is written and read, and costs more than \(offsets) passes over this output."
      : "You took matmul: it reads and writes the whole output \(offsets) times."
    return Exercise(
      .traffic,
      given: [
        subject.sentence(g),
        "Every pass over an array counts once, as in Timing: matmul sets its output to zero, then each product reads and writes it.",
      ],
      question: "Which moves fewer bytes: matmul (a product for each kernel offset) or im2col?",
      form: .words(["matmul", "im2col"]), answer: .word(isMatmul ? "matmul" : "im2col"),
      rule:
        "matmul reads pixels and output and writes the output for each offset; im2col writes its matrix and reads it again.",
      reason: counts, mistakes: [Mistake(.word(isMatmul ? "im2col" : "matmul"), "\(why) \(counts)")],
      exhibit: Exhibit(words, .patchMatrix(row: 0, y: nil, x: nil)))
  }

  /// `input read 9·256 + … = 4608 bytes`.
  private static func sum(_ traffic: Traffic) -> String {
    let parts = traffic.transfers.map { transfer in
      let passes = transfer.passes > 1 ? "\(transfer.passes)·" : ""
      return "\(transfer.array) \(transfer.direction == .read ? "read" : "written") \(passes)\(transfer.bytesPerPass)"
    }
    return "\(parts.joined(separator: " + ")) = \(traffic.bytes) bytes"
  }

  /// The experiment's picture and kernel size with other channels, on which the answer depends.
  private static func withChannels(
    _ subject: ExerciseSubject, _ choice: inout SeededChoice
  ) -> (geometry: ConvolutionGeometry, words: ExperimentWords)? {
    let own = subject.geometry
    let (inputs, outputs) = (choice.one(of: [1, 2, 4, 8, 16]) ?? 1, choice.one(of: [1, 2, 4, 16]) ?? 1)
    // A vast picture shows no more than a small one.
    let (height, width) = (min(own.inputHeight, 64), min(own.inputWidth, 64))
    var words = ExperimentWords()
    let (kernelHeight, kernelWidth) = (own.kernelHeight, own.kernelWidth)
    guard
      let geometry = try? ConvolutionGeometry(
        input: [1, height, width, inputs], weight: [kernelHeight, kernelWidth, inputs, outputs]),
      (try? words.set("input", "random:1x\(height)x\(width)x\(inputs)")) != nil,
      (try? words.set("weight", "random:\(kernelHeight)x\(kernelWidth)x\(inputs)x\(outputs)")) != nil
    else { return nil }
    words.elementType = subject.experiment.elementType
    return (geometry, words)
  }
}
