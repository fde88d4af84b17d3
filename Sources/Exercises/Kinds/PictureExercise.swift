import StridedTensor
import Walkthroughs

extension Exercise {
  /// The elements that given strides show.
  static func picture(_ subject: ExerciseSubject, _ choice: inout SeededChoice) -> Exercise? {
    guard let layout = smallView(subject, &choice) else { return nil }
    let elements = offsets(layout)
    let strides = layout.strides
    func swapped(_ pair: [Int]) -> [Int] { pair.reversed() }
    func shown(_ layout: Layout?) -> Answer? { layout.map { .numbers(offsets($0)) } }
    let columnsFirst = (try? layout.transposed()).map { Answer.numbers(offsets($0)) }
    let exchanged = shown(try? Layout(shape: layout.shape, strides: swapped(strides), offset: layout.offset))
    let fromZero = shown(try? Layout(shape: layout.shape, strides: strides))
    let inARow = shown(try? Layout.rowMajor(layout.shape, offset: layout.offset))
    let right = "B shows \(elements.map(String.init).joined(separator: " "))."
    var mistakes: [Mistake] = []
    func add(_ answer: Answer?, _ why: String) {
      if let answer { mistakes.append(Mistake(answer, "\(why) \(right)")) }
    }
    add(fromZero, "You forgot the offset: B begins at element \(layout.offset).")
    add(columnsFirst, "You went down the columns; B is written row by row.")
    add(
      exchanged,
      "You took the strides the wrong way round: \(strides[0]) leads to the next row, \(strides[1]) to the next column."
    )
    add(inARow, "You read on in memory; the strides say where the next entry lies.")
    add(.numbers(elements.map { $0 + 1 }), "You counted the elements from 1; the first one is 0.")
    if strides.allSatisfy({ $0 % subject.itemSize == 0 }), strides.contains(where: { $0 != 0 }) {
      add(
        shown(
          try? Layout(
            shape: layout.shape, strides: strides.map { $0 / subject.itemSize }, offset: layout.offset)),
        "You took the strides as bytes; they are in elements.")
    }
    return Exercise(
      .picture,
      given: [
        "A buffer holds elements numbered 0, 1, 2, …",
        "B has shape \(tuple(layout.shape)), strides \(tuple(strides)) elements and offset \(layout.offset).",
      ],
      question: "Which elements does B show, row by row?", form: .numbers(layout.count), answer: .numbers(elements),
      rule: "B[i,j] is element offset + i·\(strides[0]) + j·\(strides[1]).",
      reason: "B[i,j] is element \(layout.offset) + i·\(strides[0]) + j·\(strides[1]): "
        + elements.map(String.init).joined(separator: " ") + ".",
      mistakes: mistakes, exhibit: Exhibit(subject.experiment.words, .view(layout.word)))
  }

  /// A few rows and columns of a view, small enough to be written down.
  private static func smallView(_ subject: ExerciseSubject, _ choice: inout SeededChoice) -> Layout? {
    guard let plane = subject.plane else { return nil }
    let size = [2, choice.number(in: 2...3)]
    var sources: [Layout] = [plane]
    if let layout = try? plane.transposed() { sources.append(layout) }
    if let layout = try? plane.slice(axis: 1, step: -1) { sources.append(layout) }
    if let layout = try? plane.slice(axis: 0, step: 2).slice(axis: 1, step: 2) { sources.append(layout) }
    if let layout = try? plane.at(0).broadcast(to: plane.shape) { sources.append(layout) }
    // Overlapping windows of one row: the next row of B begins one element on.
    if let layout = try? Layout(
      shape: [max(plane.shape[1] - 2, 0), 3], strides: [plane.strides[1], plane.strides[1]], offset: plane.offset)
    {
      sources.append(layout)
    }
    let fitting = sources.filter { $0.shape[0] >= size[0] && $0.shape[1] >= size[1] }
    guard let source = choice.one(of: fitting) else { return nil }
    let start = [
      choice.number(below: min(source.shape[0] - size[0] + 1, 3)),
      choice.number(below: min(source.shape[1] - size[1] + 1, 4)),
    ]
    return try? source.slice(axis: 0, start: start[0], stop: start[0] + size[0])
      .slice(axis: 1, start: start[1], stop: start[1] + size[1])
  }

  private static func offsets(_ layout: Layout) -> [Int] {
    (0..<layout.shape[0]).flatMap { i in (0..<layout.shape[1]).map { layout.offset(of: [i, $0]) } }
  }
}
