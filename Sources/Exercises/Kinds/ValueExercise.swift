import Convolution
import Experiments
import Walkthroughs

extension Exercise {
  /// The number at one output, where everything is whole numbers.
  static func value(_ subject: ExerciseSubject, _ choice: inout SeededChoice) -> Exercise? {
    let experiment = subject.experiment
    let g = experiment.geometry
    // More than a few dozen products are no question but a punishment.
    guard g.patchColumns <= 27 else { return nil }
    func values(flipped: Bool, bias: Bool = true) -> ConvolutionValues {
      ConvolutionValues(
        input: experiment.input, weight: experiment.weight, bias: bias ? experiment.bias : nil, geometry: g,
        flipped: flipped)
    }
    let plain = values(flipped: false)
    let output = OutputIndex(
      n: 0, y: choice.number(below: min(g.outputHeight, 3)), x: choice.number(below: min(g.outputWidth, 3)),
      o: choice.number(below: g.outputChannels))
    let field = ReceptiveField(of: output, geometry: g)
    let matrix = PatchMatrix(geometry: g)
    let kernels = (0..<matrix.columns).map(matrix.kernelIndex(column:))
    // Only what can be worked out by hand.
    let terms = kernels.map { (plain.input(at: field.index(under: $0)), plain.weight(at: $0, o: output.o)) }
    guard terms.allSatisfy({ whole($0.0) != nil && whole($0.1) != nil }), let answer = whole(plain.output(output))
    else { return nil }

    var mistakes: [Mistake] = []
    func add(_ value: Double, _ why: String) {
      if let number = whole(value) { mistakes.append(Mistake(.number(number), "\(why) The output is \(answer).")) }
    }
    add(
      values(flipped: true).output(output),
      "You turned the kernel by 180°: that is mathematics' convolution. Deep learning does not turn it.")
    if g.kernelHeight == g.kernelWidth {
      let turned = kernels.reduce(plain.bias(o: output.o)) { sum, kernel in
        let exchanged = KernelIndex(i: kernel.j, j: kernel.i, c: kernel.c)
        return sum + plain.input(at: field.index(under: kernel)) * plain.weight(at: exchanged, o: output.o)
      }
      add(turned, "You took the kernel's columns for its rows: W[i,j] meets row y+i and column x+j.")
    }
    if output.y != output.x, output.x < g.outputHeight, output.y < g.outputWidth {
      add(
        plain.output(OutputIndex(n: 0, y: output.x, x: output.y, o: output.o)),
        "You took the output at (\(output.x),\(output.y)): the row comes first.")
    }
    if experiment.bias != nil { add(values(flipped: false, bias: false).output(output), "You forgot the bias.") }
    if g.stride != AxisPair(1) {
      let sum = kernels.reduce(plain.bias(o: output.o)) { sum, kernel in
        let cell = InputIndex(
          n: 0, y: output.y + kernel.i * g.dilation.vertical - g.padding.top,
          x: output.x + kernel.j * g.dilation.horizontal - g.padding.left, c: field.index(under: kernel).c)
        return sum + plain.input(at: cell) * plain.weight(at: kernel, o: output.o)
      }
      add(sum, "You forgot the stride: the field begins at row \(field.top), column \(field.left).")
    }
    add(terms.reduce(0) { $0 + $1.0 }, "You summed the pixels without their weights.")

    let shown = kernels.prefix(3).map { kernel in
      "\(text(plain.input(at: field.index(under: kernel))))·\(text(plain.weight(at: kernel, o: output.o)))"
    }
    return Exercise(
      .value,
      given: [
        subject.sentence(g),
        "Input rows \(field.top) to \(field.rows.upperBound - 1), columns \(field.left) to "
          + "\(field.columns.upperBound - 1)\(g.groupInputChannels > 1 ? ", channels innermost" : ""): "
          + terms.map { text($0.0) }.joined(separator: " "),
        "The kernel: " + terms.map { text($0.1) }.joined(separator: " "),
      ],
      question: "What is the output at (\(output.y),\(output.x))"
        + (g.outputChannels > 1 ? ", channel \(output.o)?" : "?"),
      form: .numbers(1), answer: .number(answer),
      rule:
        "Multiply each pixel under the kernel by the weight that lies on it, and add all products; nothing is turned.",
      reason: shown.joined(separator: " + ") + (kernels.count > 3 ? " + …" : "") + " = \(answer).",
      mistakes: mistakes,
      exhibit: Exhibit(
        experiment.words, .sliding(step: (output.y * g.outputWidth + output.x) * g.outputChannels + output.o)))
  }

  private static func whole(_ value: Double) -> Int? {
    value == value.rounded() && abs(value) < 1_000_000 ? Int(value) : nil
  }

  private static func text(_ value: Double) -> String { whole(value).map(String.init) ?? "\(value)" }
}
