/// The indices of a view that show one element, in row-major order; see `Layout.indices(showing:)`.
public struct IndicesShowingElement: Sequence, IteratorProtocol, Sendable {
  /// What one layout axis has to do with the levels.
  private struct Choice {
    let length: Int
    /// Stride in units of its level; 0 if every position will do.
    let stride: Int
    let isFlipped: Bool
    let level: Int
    /// How far the axes of the same level that are chosen after this one reach together.
    let tail: Int
  }

  private let choices: [Choice]
  /// What each level still has to sum to.
  private var rests: [Int]
  private var index: [Int]
  private var work: Int
  /// The axis to choose next; −1 when there is nothing left to find.
  private var axis: Int

  init(_ layout: Layout, offset: Int, workLimit: Int) {
    let levels = AxisLevels(layout)
    var choices = layout.shape.map { Choice(length: $0, stride: 0, isFlipped: false, level: 0, tail: 0) }
    for (number, level) in levels.levels.enumerated() {
      var tail = 0
      for axis in level.axes.sorted(by: { $0.source > $1.source }) {
        choices[axis.source] = Choice(
          length: axis.length, stride: axis.stride, isFlipped: axis.isFlipped, level: number, tail: tail)
        tail += axis.reach
      }
    }
    self.choices = choices
    index = [Int](repeating: -1, count: layout.rank)
    work = workLimit
    let targets = layout.count > 0 ? levels.targets(for: offset) : nil
    rests = targets ?? []
    axis = targets != nil && zip(levels.levels, rests).allSatisfy({ $0.reach >= $1 }) ? 0 : -1
  }

  public mutating func next() -> [Int]? {
    while axis >= 0 {
      guard axis < choices.count else {
        let found = index
        axis -= 1
        return found
      }
      work -= 1
      guard work >= 0 else {
        axis = -1
        return nil
      }
      axis += advance() ? 1 : -1
    }
    return nil
  }

  /// Moves the current axis to its next position that the others may still complete; false, and reset, if none is left.
  private mutating func advance() -> Bool {
    let choice = choices[axis]
    guard choice.stride > 0 else {
      index[axis] += 1
      guard index[axis] < choice.length else {
        index[axis] = -1
        return false
      }
      return true
    }
    // Give back what the present position took.
    if index[axis] >= 0 { rests[choice.level] += position(choice, index[axis]) * choice.stride }
    let rest = rests[choice.level]
    let lowest = rest > choice.tail ? (rest - choice.tail - 1) / choice.stride + 1 : 0
    let highest = Swift.min(rest / choice.stride, choice.length - 1)
    let first = choice.isFlipped ? choice.length - 1 - highest : lowest
    let last = choice.isFlipped ? choice.length - 1 - lowest : highest
    let next = Swift.max(index[axis] + 1, first)
    guard lowest <= highest, next <= last else {
      index[axis] = -1
      return false
    }
    index[axis] = next
    rests[choice.level] -= position(choice, next) * choice.stride
    return true
  }

  private func position(_ choice: Choice, _ index: Int) -> Int {
    choice.isFlipped ? choice.length - 1 - index : index
  }
}
