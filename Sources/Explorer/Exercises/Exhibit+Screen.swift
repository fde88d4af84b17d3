import Exercises
import Walkthroughs

extension Exhibit {
  /// The screen on which the answer can be seen.
  public var screen: ScreenWords {
    var view = ViewWords()
    switch place {
    case .sliding(let step): view.step = step
    case .patchMatrix(let row, let y, let x):
      view.scene = .im2col
      view.step = row
      if let y, let x { view.selection = InputIndex(n: 0, y: y, x: x, c: 0) }
    case .view(let word):
      view.scene = .memory
      view.side = .layout
      if let memory = try? MemoryWord(word: word) { view.memory = memory }
    case .orders(let y, let x, let c):
      view.scene = .orders
      view.selection = InputIndex(n: 0, y: y, x: x, c: c)
    }
    return ScreenWords(experiment: experiment, view: view)
  }
}
