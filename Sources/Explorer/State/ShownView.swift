import Convolution
import StridedTensor
import Walkthroughs

/// The view of memory that a state shows, and where the walk through it is; made anew for each frame.
struct ShownView {
  let view: MemoryView
  /// The view's own order over the old memory, beside its contiguous copy.
  let walk: ContiguousCopyWalkthrough
  /// The cache in which the misses of both are counted.
  let cache: CacheGeometry
  /// Why the view that was asked for is not shown; nil if it is.
  let problem: String?
  /// The step of the walk, brought into range.
  let step: Int
  private let multiplicity: ElementMultiplicity
  private let experimentInput: AnyTensor
  private let geometry: ConvolutionGeometry

  init(_ state: State) {
    let input = state.experiment.input
    geometry = state.geometry
    cache = state.raceCacheWord.geometry(on: state.machine)
    experimentInput = input
    var word = state.view.memory
    // Until something is changed, the view keeps its name and its axes' letters.
    if case .editing(let editing) = state.mode, editing.isChanged, let draft = editing.draft { word = draft }
    do {
      view = try ShownView.view(word, state)
      problem = nil
    } catch {
      view = ViewPreset.experimentView(
        of: input.layout, bufferCount: input.bufferCount, elementType: input.elementType)
      problem = "\(error)"
    }
    walk = ContiguousCopyWalkthrough(view: view.layout, itemSize: view.itemSize)
    multiplicity = ElementMultiplicity(view.layout)
    step = min(max(state.view.step, 0), max(walk.count - 1, 0))
  }

  private static func view(_ word: MemoryWord, _ state: State) throws -> MemoryView {
    let input = state.experiment.input
    switch word {
    case .preset(let preset):
      return try preset.view(
        of: input.layout, bufferCount: input.bufferCount, elementType: input.elementType, geometry: state.geometry,
        channel: state.view.channel ?? 0, tile: state.view.tile)
    case .numbers(let numbers, let source):
      let layout = try MemoryWord.layout(numbers)
      switch source {
      case .input:
        return MemoryView(layout: layout, bufferCount: input.bufferCount, elementType: input.elementType)
      case .paddedInput:
        return MemoryView(
          layout: layout, source: .paddedInput, bufferCount: state.geometry.paddedShape.reduce(1, *),
          elementType: input.elementType)
      case .lecture:
        return MemoryView(
          layout: layout, source: .lecture, bufferCount: ViewPreset.lectureNumbers.count, elementType: .int32)
      }
    }
  }

  var layout: Layout { view.layout }
  var itemSize: Int { view.itemSize }
  var count: Int { walk.count }
  var race: MemoryRace { MemoryRace(walk: walk, cache: cache) }
  var current: ContiguousCopyStep? { walk.step(at: step) }

  /// What is said of the view; undecided questions get little work, as every frame asks.
  var explanation: ViewExplanation { view.explanation(workLimit: 1 << 12) }

  func name(ofAxis axis: Int) -> String { view.axes.indices.contains(axis) ? view.axes[axis] : "axis \(axis)" }

  /// Whether an element lies in the buffer.
  func contains(_ offset: Int) -> Bool { (0..<view.bufferCount).contains(offset) }

  /// What the buffer holds at an element; nil outside, where nothing is read.
  func value(at offset: Int) -> Double? {
    guard contains(offset) else { return nil }
    switch view.source {
    case .input: return experimentInput.value(atOffset: offset)
    case .lecture: return Double(ViewPreset.lectureNumbers[offset])
    case .paddedInput:
      guard let cell = inputIndex(at: offset) else { return 0 }
      return experimentInput.value(atOffset: InputAddressing(layout: experimentInput.layout).offset(of: cell))
    }
  }

  /// The input cell that an element is, or copies; nil for padding, the lecture's numbers and what is outside.
  func inputIndex(at offset: Int) -> InputIndex? {
    guard contains(offset) else { return nil }
    let addressing = InputAddressing(layout: experimentInput.layout)
    switch view.source {
    case .input: return addressing.index(ofOffset: offset)
    case .lecture: return nil
    case .paddedInput:
      let shape = geometry.paddedShape
      let pixel = offset / shape[3]
      let cell = InputIndex(
        n: pixel / shape[2] / shape[1], y: pixel / shape[2] % shape[1] - geometry.padding.top,
        x: pixel % shape[2] - geometry.padding.left, c: offset % shape[3])
      return addressing.contains(cell) ? cell : nil
    }
  }

  /// The element of this buffer that is, or copies, an input cell; nil if the buffer is not made from the input.
  func offset(of cell: InputIndex) -> Int? {
    switch view.source {
    case .input: return InputAddressing(layout: experimentInput.layout).offset(of: cell)
    case .lecture: return nil
    case .paddedInput:
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

  /// How many entries show an element; nil if that takes too long to find out.
  func copies(of offset: Int) -> Int? { multiplicity.count(of: offset, workLimit: 1 << 5) }
}

extension State {
  var shownView: ShownView { ShownView(self) }
}
