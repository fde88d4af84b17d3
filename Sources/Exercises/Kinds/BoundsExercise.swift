import StridedTensor
import Walkthroughs

extension Exercise {
  /// By how many bytes a view leaves its buffer, if it does.
  static func bounds(_ subject: ExerciseSubject, _ choice: inout SeededChoice) -> Exercise? {
    let bufferCount = subject.experiment.input.bufferCount
    let itemSize = subject.itemSize
    guard let layout = boundsView(subject, &choice), let touched = layout.touchedOffsets, touched.lowerBound >= 0
    else { return nil }
    let explanation = ViewExplanation(layout, bufferCount: bufferCount, itemSize: itemSize, workLimit: 1 << 12)
    let answer = explanation.excess?.bytesPastEnd ?? 0
    let last = touched.upperBound
    let lastIndex = layout.shape.map { $0 - 1 }
    let terms = zip(lastIndex, layout.strides).map { "\($0)·\($1)" }.joined(separator: " + ")
    let ending =
      "The last entry \(tuple(lastIndex)) is element \(layout.offset) + \(terms) = \(last); the buffer ends with "
      + "element \(bufferCount - 1)."
    let right = answer == 0 ? "It stays inside, 0 bytes." : "It ends \(answer) bytes too far."
    // One past an element that the mistaken formula takes for the last one, in bytes past the end.
    func past(_ element: Int) -> Int { max(0, (element + 1 - bufferCount) * itemSize) }
    var mistakes: [Mistake] = []
    func add(_ wrong: Int, _ why: String) { mistakes.append(Mistake(.number(wrong), "\(why) \(right)")) }
    add(answer / itemSize, "You gave elements, \(answer / itemSize); each has \(itemSize) bytes.")
    if answer > 0 {
      add(answer - itemSize, "You stopped where the last element begins; it has \(itemSize) bytes of its own.")
    }
    if layout.offset > 0 { add(past(last - layout.offset), "You forgot the offset of \(layout.offset) elements.") }
    add(
      past(zip(layout.shape, layout.strides).reduce(layout.offset) { $0 + $1.0 * $1.1 }),
      "You multiplied the strides by the lengths; the last index along an axis is its length less 1.")
    add(
      max(0, (layout.count - bufferCount) * itemSize),
      "You compared \(layout.count) entries with \(bufferCount) elements; entries may share memory, and only the farthest one counts."
    )
    add(0, ending)
    add((last + 1) * itemSize, "You gave where the view ends; the buffer itself has \(bufferCount * itemSize) bytes.")
    add(past(last * itemSize), "You took the strides as bytes times elements.")
    return Exercise(
      .bounds,
      given: [
        "A buffer of \(bufferCount) elements, \(itemSize) bytes each.",
        "B has shape \(tuple(layout.shape)), strides \(tuple(layout.strides)) elements and offset \(layout.offset).",
      ],
      question: "How many bytes past the buffer's end does B reach? 0 if it stays inside.", form: .numbers(1),
      answer: .number(answer),
      rule: "The last entry is element offset + Σ (length − 1)·stride; it ends one element further.",
      reason: "\(ending) \(right)", mistakes: mistakes,
      exhibit: Exhibit(subject.experiment.words, .view(layout.word)))
  }

  /// A view that fits exactly, or one that somebody made a little too large.
  private static func boundsView(_ subject: ExerciseSubject, _ choice: inout SeededChoice) -> Layout? {
    guard let plane = subject.plane else { return nil }
    var bases: [Layout] = [plane]
    if let tiles = subject.tiles(of: plane, &choice) { bases.append(tiles.layout) }
    if let windows = subject.windows(of: plane, stride: 1) { bases += [windows.layout, windows.layout] }
    if let turned = try? plane.transposed() { bases.append(turned) }
    guard let base = choice.one(of: bases) else { return nil }
    var (shape, offset) = (base.shape, base.offset)
    switch choice.number(below: 4) {
    case 0: break
    case 1: offset += choice.number(in: 1...3)
    default: shape[choice.number(below: shape.count)] += 1
    }
    return try? Layout(shape: shape, strides: base.strides, offset: offset)
  }
}
