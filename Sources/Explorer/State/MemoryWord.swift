import Experiments
import StridedTensor
import Walkthroughs

/// Which view of memory is shown: one of the named ones, or any numbers over one of the buffers.
///
/// As a word: `tiles`, `3,3,2,2:12,2,6,1:0`, `lecture:2,3:3,1:0`.
public enum MemoryWord: Hashable, Sendable {
  case preset(ViewPreset)
  case numbers(ViewWord, over: MemoryView.Source)

  /// No number of a view is larger, so that no address or count can overflow, in bytes neither.
  static let largestNumber = 1 << 40
  /// The farthest element and the most cells that are shown.
  static let farthest = 1 << 52
  static let mostAxes = 12

  /// Reads a word.
  ///
  /// - Throws: `WordsError` for what is no view, whatever the buffer.
  init(word: String) throws(WordsError) {
    if let preset = ViewPreset(rawValue: word) {
      self = .preset(preset)
      return
    }
    let source = MemoryWord.sources.first { word.hasPrefix($0.name + ":") }
    do {
      let numbers = try ViewWord(parsing: source.map { String(word.dropFirst($0.name.count + 1)) } ?? word)
      _ = try MemoryWord.layout(numbers)
      self = .numbers(numbers, over: source?.source ?? .input)
    } catch {
      let names = "SHAPE:STRIDES:OFFSET or one of " + ViewPreset.allCases.map(\.rawValue).joined(separator: ", ")
      throw WordsError(option: "view", expected: word.contains(":") ? MemoryWord.expectation(error) : names, got: word)
    }
  }

  /// What an error says was expected, without that word.
  private static func expectation(_ error: any Error) -> String {
    var reason = "\(error)"
    if case WalkthroughError.viewWord(_, let inner) = error { reason = inner }
    return reason.hasPrefix("expected ") ? WordsError.expectation(in: reason) : "a view: \(reason)"
  }

  /// The word that is read back as this.
  var word: String {
    switch self {
    case .preset(let preset): preset.rawValue
    case .numbers(let numbers, let source):
      (MemoryWord.sources.first { $0.source == source }.map { $0.name + ":" } ?? "") + numbers.description
    }
  }

  /// Buffers other than the input's, as words name them.
  private static let sources: [(name: String, source: MemoryView.Source)] = [
    ("lecture", .lecture), ("padded", .paddedInput),
  ]

  /// The layout of typed numbers, small enough for every later computation.
  ///
  /// - Throws: `StridedTensorError` if they make none, `WalkthroughError.viewWord` if they are beyond what is shown.
  static func layout(_ numbers: ViewWord) throws -> Layout {
    guard numbers.shape.count <= mostAxes else {
      throw WalkthroughError.viewWord("\(numbers)", reason: "expected at most \(mostAxes) axes")
    }
    guard (numbers.shape + numbers.strides + [numbers.offset]).allSatisfy({ $0.magnitude <= UInt(largestNumber) })
    else {
      throw WalkthroughError.viewWord("\(numbers)", reason: "expected numbers of at most 2^40")
    }
    let layout = try numbers.layout()
    _ = try Layout.rowMajor(numbers.shape)
    let touched = layout.touchedOffsets ?? 0...0
    guard layout.count <= farthest, touched.lowerBound >= -farthest, touched.upperBound <= farthest else {
      throw WalkthroughError.viewWord("\(numbers)", reason: "expected elements and cells of at most 2^52")
    }
    return layout
  }
}
