import StridedTensor
import Walkthroughs

extension Exercise {
  /// The strides of a view, in elements or in bytes.
  static func strides(_ subject: ExerciseSubject, _ choice: inout SeededChoice) -> Exercise? {
    var examples: [(given: String, example: MemoryExample)] = []
    if let (layout, names) = subject.picture, layout.isContiguous, layout.rank > 1 {
      let all = names.joined(separator: ",")
      examples.append(
        (
          "Z is the picture (\(all)) = \(tuple(layout.shape)), \(subject.typeName), stored in row-major order.",
          MemoryExample(sentence: "", layout: layout, names: names)
        ))
      if layout.rank == 3, let nchw = try? Layout.rowMajor([layout.shape[2], layout.shape[0], layout.shape[1]]) {
        examples.append(
          (
            "Z is the picture in PyTorch's order, (c,y,x) = \(tuple(nchw.shape)), \(subject.typeName), row-major.",
            MemoryExample(
              sentence: "", layout: nchw, names: ["c", "y", "x"],
              mistakenStrides: [
                (
                  [1, layout.strides[0], layout.strides[1]],
                  "These are channels-last strides: PyTorch's shape over NHWC's memory. Row-major NCHW has whole channels together."
                )
              ])
          ))
      }
    }
    if let plane = subject.plane {
      let given = subject.given(plane)
      for example in subject.plainViews(of: plane, &choice) { examples.append((given, example)) }
      if let windows = subject.windows(of: plane, stride: choice.number(in: 1...2)) {
        examples.append((given, windows))
      }
      if let tiles = subject.tiles(of: plane, &choice), let copy = try? Layout.rowMajor(tiles.layout.shape) {
        examples.append(
          (
            given,
            MemoryExample(
              sentence: tiles.sentence + " C = np.ascontiguousarray(B).", layout: copy, names: tiles.names,
              mistakenStrides: [
                (tiles.layout.strides, "These are B's strides, over Z's memory; C is a copy in B's order.")
              ])
          ))
      }
    }
    guard let (given, example) = choice.one(of: examples) else { return nil }
    return strides(of: example, given: given, inBytes: choice.number(below: 3) == 0, subject)
  }

  private static func strides(
    of example: MemoryExample, given: String, inBytes: Bool, _ subject: ExerciseSubject
  ) -> Exercise? {
    let layout = example.layout
    let (elements, bytes) = (layout.strides, layout.byteStrides(itemSize: subject.itemSize))
    let name = example.sentence.contains("C =") ? "C" : example.sentence.contains("B") ? "B" : "Z"
    let unit = inBytes ? "bytes" : "elements"
    let answer = inBytes ? bytes : elements
    func inUnit(_ strides: [Int]) -> Answer { .numbers(inBytes ? strides.map { $0 * subject.itemSize } : strides) }
    let right = "In \(unit) they are \(tuple(answer))."
    let copy = layout.contiguousStrides
    let ownIncluded = zip(copy, layout.shape).map { $0 * $1 }
    let columnMajor = layout.shape.indices.map { layout.shape[..<$0].reduce(1, *) }
    var mistakes = [
      inBytes
        ? Mistake(
          .numbers(elements), "You gave elements, \(tuple(elements)); each has \(subject.itemSize) bytes. \(right)")
        : Mistake(.numbers(bytes), "You gave bytes, \(tuple(bytes)); elements are \(tuple(elements))."),
      Mistake(
        .numbers(layout.shape),
        "You gave the shape: how many there are, not how far apart they lie. \(right)"),
    ]
    mistakes += example.mistakenStrides.map { Mistake(inUnit($0.strides), "\($0.why) \(right)") }
    if copy != elements {
      mistakes.append(
        Mistake(
          inUnit(copy), "These are the strides of a contiguous copy; a view stays in Z's memory. \(right)"))
    }
    mistakes += [
      Mistake(inUnit(elements.reversed()), "You began with the last axis; the first comes first. \(right)"),
      Mistake(
        inUnit(columnMajor),
        "You let the first axis run fastest, as Fortran does; in row-major order the last one does. \(right)"),
      Mistake(
        inUnit(ownIncluded),
        "You counted each axis's own length in; a stride is the product of the lengths after it. \(right)"),
    ]
    let steps = zip(example.names, elements).map { "one \($0) on is \($1)" }.joined(separator: ", ")
    return Exercise(
      .strides, given: [given] + (example.sentence.isEmpty ? [] : [example.sentence]),
      question: "What are the strides of \(name), in \(unit)?", form: .numbers(layout.rank), answer: .numbers(answer),
      rule: "For each axis: how many \(unit) of memory lie between an entry and the next one along that axis?",
      reason: "In elements \(steps)" + (inBytes ? "; times \(subject.itemSize) bytes \(tuple(bytes))." : "."),
      mistakes: mistakes, exhibit: Exhibit(subject.experiment.words, .view(layout.word)))
  }
}
