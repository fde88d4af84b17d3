import Convolution
import StridedTensor
import Walkthroughs

/// The view of memory that a state shows, and where the walk through it is; made anew for each frame.
struct ShownView {
  private let facts: ViewFacts
  /// The step of the walk, brought into range.
  let step: Int

  fileprivate init(_ facts: ViewFacts, step: Int) {
    self.facts = facts
    self.step = min(max(step, 0), max(facts.walk.count - 1, 0))
  }

  var view: MemoryView { facts.view }
  var walk: ContiguousCopyWalkthrough { facts.walk }
  var cache: CacheGeometry { facts.cache }
  /// Why the view that was asked for is not shown; nil if it is.
  var problem: String? { facts.problem }
  var explanation: ViewExplanation { facts.explanation }
  var code: (lines: [String], running: Int) { facts.code }
  var mostCopies: Int { facts.mostCopies }

  var layout: Layout { facts.view.layout }
  var itemSize: Int { facts.view.itemSize }
  var count: Int { facts.walk.count }
  var race: MemoryRace { MemoryRace(walk: walk, cache: cache) }
  var current: ContiguousCopyStep? { facts.walk.step(at: step) }

  func name(ofAxis axis: Int) -> String { view.axes.indices.contains(axis) ? view.axes[axis] : "axis \(axis)" }

  /// Whether an element lies in the buffer.
  func contains(_ offset: Int) -> Bool { (0..<facts.view.bufferCount).contains(offset) }

  /// What the buffer holds at an element; nil outside, where nothing is read.
  func value(at offset: Int) -> Double? {
    guard contains(offset) else { return nil }
    switch facts.view.source {
    case .input: return facts.input.value(atOffset: offset)
    case .lecture: return Double(ViewPreset.lectureNumbers[offset])
    case .paddedInput:
      guard let cell = inputIndex(at: offset) else { return 0 }
      return facts.input.value(atOffset: facts.addressing.offset(of: cell))
    }
  }

  /// The input cell that an element is, or copies; nil for padding, the lecture's numbers and what is outside.
  func inputIndex(at offset: Int) -> InputIndex? {
    guard contains(offset) else { return nil }
    switch facts.view.source {
    case .input: return facts.addressing.index(ofOffset: offset)
    case .lecture: return nil
    case .paddedInput:
      let geometry = facts.geometry
      let shape = geometry.paddedShape
      let pixel = offset / shape[3]
      let cell = InputIndex(
        n: pixel / shape[2] / shape[1], y: pixel / shape[2] % shape[1] - geometry.padding.top,
        x: pixel % shape[2] - geometry.padding.left, c: offset % shape[3])
      return facts.addressing.contains(cell) ? cell : nil
    }
  }

  /// The element of this buffer that is, or copies, an input cell; nil if the buffer is not made from the input.
  func offset(of cell: InputIndex) -> Int? {
    switch facts.view.source {
    case .input: return facts.addressing.offset(of: cell)
    case .lecture: return nil
    case .paddedInput:
      let geometry = facts.geometry
      let shape = geometry.paddedShape
      let row = (cell.n * shape[1] + cell.y + geometry.padding.top) * shape[2] + cell.x + geometry.padding.left
      return row * shape[3] + cell.c
    }
  }

  /// The first entry of the view that shows an element, as a step of the walk.
  func firstStep(showing offset: Int) -> Int? {
    var entries = layout.indices(showing: offset, workLimit: 1 << 12)
    return entries.next().map { walk.view.step(of: $0) }
  }

  /// The view in numbers, made once for panels of a size.
  func table(_ key: ViewFacts.TableKey, make: () -> [ViewFacts.TableRow]) -> [ViewFacts.TableRow] {
    facts.tables.value(key, make: make)
  }

  /// How many entries show an element; nil if that takes too long to find out.
  func copies(of offset: Int) -> Int? { facts.copies(of: offset) }
}

extension State {
  var shownView: ShownView {
    var word = view.memory
    // Until something is changed, the view keeps its name and its axes' letters.
    if case .editing(let editing) = mode, editing.isChanged, let draft = editing.draft { word = draft }
    let key = ViewFacts.Key(
      experiment: experimentIdentity, word: word, channel: view.channel, tile: view.tile,
      cache: raceCacheWord.geometry(on: machine))
    return ShownView(memoryViews.value(key) { ViewFacts(key, self) }, step: view.step)
  }
}
