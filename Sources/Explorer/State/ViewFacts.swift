import Convolution
import Screens
import StridedTensor
import Walkthroughs

/// All of a view of memory that does not depend on the step: worked out once, and looked at by every frame.
///
/// A class, as every cell of the screen asks it.
final class ViewFacts: Sendable {
  /// What it depends on.
  struct Key: Equatable, Sendable {
    /// `State.experimentIdentity`.
    let experiment: Int
    let word: MemoryWord
    let channel: Int?
    let tile: Int
    let cache: CacheGeometry
  }

  let view: MemoryView
  /// The view's own order over the old memory, beside its contiguous copy.
  let walk: ContiguousCopyWalkthrough
  /// The cache in which the misses of both are counted.
  let cache: CacheGeometry
  /// Why the view that was asked for is not shown; nil if it is.
  let problem: String?
  /// What is said of the view; undecided questions get little work, as typing asks for every view on the way.
  let explanation: ViewExplanation
  /// The loops of the walk, and the line that runs.
  let code: (lines: [String], running: Int)
  /// The scale of copies per cell: what the entry in the middle of all axes has, where windows overlap most.
  let mostCopies: Int
  let input: AnyTensor
  let addressing: InputAddressing
  let geometry: ConvolutionGeometry
  private let multiplicity: ElementMultiplicity
  /// Its table, in the lines of the last panels that showed it.
  let tables = Remembered<TableKey, [TableRow]>(most: 2)

  typealias TableRow = (label: String, value: String)

  struct TableKey: Equatable, Sendable {
    let size: Size
    let appearance: Appearance
  }

  init(_ key: Key, _ state: State) {
    input = state.experiment.input
    addressing = InputAddressing(layout: input.layout)
    geometry = state.geometry
    cache = key.cache
    do {
      view = try ViewFacts.view(key, state)
      problem = nil
    } catch {
      view = ViewPreset.experimentView(
        of: input.layout, bufferCount: input.bufferCount, elementType: input.elementType)
      problem = "\(error)"
    }
    let layout = view.layout
    walk = ContiguousCopyWalkthrough(view: layout, itemSize: view.itemSize)
    multiplicity = ElementMultiplicity(layout)
    explanation = view.explanation(workLimit: 1 << 12)
    let (listing, readLine) = walk.code(names: view.axes.allSatisfy { $0.count == 1 } ? view.axes : [])
    code = (listing.lines, readLine)
    let middle = layout.shape.map { $0 / 2 }
    mostCopies =
      layout.count > 0
      ? max(multiplicity.count(of: layout.offset(of: middle), workLimit: ViewFacts.copiesWork) ?? 1, 1) : 1
  }

  private static func view(_ key: Key, _ state: State) throws -> MemoryView {
    let input = state.experiment.input
    switch key.word {
    case .preset(let preset):
      return try preset.view(
        of: input.layout, bufferCount: input.bufferCount, elementType: input.elementType, geometry: state.geometry,
        channel: key.channel ?? 0, tile: key.tile)
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

  /// Steps that counting the entries of one element may take.
  private static let copiesWork = 1 << 5

  /// How many entries show an element; nil if that takes too long to find out.
  func copies(of offset: Int) -> Int? { multiplicity.count(of: offset, workLimit: ViewFacts.copiesWork) }
}
