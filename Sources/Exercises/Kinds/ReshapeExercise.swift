import StridedTensor
import Walkthroughs

extension Exercise {
  /// How many bytes a reshape copies: all of them, or none.
  static func reshape(_ subject: ExerciseSubject, _ choice: inout SeededChoice) -> Exercise? {
    guard let (example, target, source) = reshape(of: subject, &choice),
      let outcome = try? example.layout.reshape(to: target)
    else { return nil }
    let layout = example.layout
    let itemSize = source.itemSize
    let bytes = saturatingProduct(layout.count, itemSize)
    let memory = layout.distinctCount().map { saturatingProduct($0, itemSize) }
    var mistakes: [Mistake] = []
    let answer: Int
    let reason: String
    switch outcome {
    case .mustCopy(let pair):
      answer = bytes
      let why = pair.explanation(names: example.names)
      reason = "It copies all \(layout.count) entries, \(bytes) bytes: \(why)."
      mistakes.append(Mistake(.number(0), "It has to copy: \(why). It copies \(bytes) bytes."))
      mistakes.append(
        Mistake(
          .number(layout.count), "You gave elements, \(layout.count); bytes are \(bytes), \(itemSize) for each."))
      if let memory {
        mistakes.append(
          Mistake(
            .number(memory),
            "\(memory) bytes of memory are shown, some of them several times; the copy writes every entry, \(bytes) bytes."
          ))
      }
    case .view(let result):
      answer = 0
      reason = "Nothing is copied: strides \(tuple(result.strides)) show the same memory in shape \(tuple(target))."
      let why =
        "Nothing needs to be copied: strides \(tuple(result.strides)) show the same memory in shape \(tuple(target))."
      mistakes.append(Mistake(.number(bytes), why))
      mistakes.append(Mistake(.number(layout.count), why))
      if let memory { mistakes.append(Mistake(.number(memory), why)) }
    }
    let axes = "(" + example.names.joined(separator: ",") + ")"
    return Exercise(
      .reshape,
      given: [
        example.sentence,
        "B has shape \(axes) = \(tuple(layout.shape)) and strides \(tuple(layout.strides)) elements of \(itemSize) bytes.",
      ],
      question: "How many bytes does B.reshape\(tuple(target)) copy? 0 if it copies none.", form: .numbers(1),
      answer: .number(answer),
      rule: "Two axes become one for free if the outer stride is the inner stride times the inner length; "
        + "one pair that does not merge, and all entries are copied.",
      reason: reason, mistakes: mistakes, exhibit: Exhibit(subject.experiment.words, .view(source.word)))
  }

  /// What a question about a reshape is asked of: bytes of an element, and the view's name for the screen.
  private struct Source {
    let itemSize: Int
    let word: String
  }

  private static func reshape(
    of subject: ExerciseSubject, _ choice: inout SeededChoice
  ) -> (MemoryExample, target: [Int], Source)? {
    var cases: [(MemoryExample, [Int], Source)] = []
    func add(_ example: MemoryExample, _ target: [Int]) {
      cases.append((example, target, Source(itemSize: subject.itemSize, word: example.layout.word)))
    }
    if let view = subject.view, view.layout.rank > 1, (2...4096).contains(view.layout.count), view.source == .input {
      let names = view.axes.count == view.layout.rank ? view.axes : view.layout.shape.indices.map { "axis \($0)" }
      let example = MemoryExample(sentence: "B is the view on the screen.", layout: view.layout, names: names)
      cases.append((example, [view.layout.count], Source(itemSize: view.itemSize, word: view.layout.word)))
    }
    if let plane = subject.plane {
      add(
        MemoryExample(sentence: "B = Z, one channel of the picture.", layout: plane, names: ["y", "x"]), [plane.count])
      for example in subject.plainViews(of: plane, &choice) {
        add(example, [example.layout.count])
        // Splitting an axis is always free.
        let last = example.layout.shape[example.layout.rank - 1]
        if example.layout.rank == 2, last % 2 == 0 { add(example, [example.layout.shape[0], last / 2, 2]) }
      }
      if let windows = subject.windows(of: plane, stride: 1) {
        let shape = windows.layout.shape
        add(windows, [shape[0] * shape[1], shape[2] * shape[3]])
      }
      if let rows = try? plane.slice(axis: 0, start: 1), rows.shape[0] > 1 {
        add(
          MemoryExample(sentence: "B = Z[1:], without the first row.", layout: rows, names: ["y", "x"]), [rows.count])
      }
      if let columns = try? plane.slice(axis: 1, start: 1), columns.shape[1] > 1 {
        add(
          MemoryExample(sentence: "B = Z[:, 1:], without the first column.", layout: columns, names: ["y", "x"]),
          [columns.count])
      }
    }
    return choice.one(of: cases).map { ($0.0, target: $0.1, $0.2) }
  }
}
