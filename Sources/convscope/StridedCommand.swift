import ArgumentParser
import Experiments
import StridedTensor

/// `convscope strided INPUT --shape … --strides …`: any view of a tensor's memory.
struct StridedCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "strided", abstract: "Look at a tensor's memory through any shape and strides, checked.",
    discussion: """
      The counterpart of NumPy's as_strided: prints the view's shape and strides, whether it is contiguous, how many \
      entries share memory, whether a reshape to 1-D would copy, and the elements in order. A view that leaves the \
      buffer is refused.

      Examples:
        convscope strided arange:6x6 --shape 3,3,2,2 --strides 12,2,6,1     2×2 tiles
        convscope strided arange:6x6 --shape 4,4,3,3 --strides 6,1,6,1      all 3×3 windows
        convscope strided arange:6x6 --shape 6,6 --strides -6,1 --offset 30 upside down
      """)

  @Argument(help: ArgumentHelp("whose memory to look at", valueName: "INPUT"), completion: .file()) var input: String
  @Option(parsing: .unconditional, help: ArgumentHelp("the view's lengths, comma-separated", valueName: "LIST"))
  var shape: String
  @Option(
    parsing: .unconditional,
    help: ArgumentHelp("elements to skip for a step along each axis; zero and negative ones too", valueName: "LIST"))
  var strides: String
  @Option(parsing: .unconditional, help: ArgumentHelp("where the view begins (default: 0)", valueName: "E"))
  var offset: String?
  @Flag(help: "Strides and offset are in bytes.") var bytes = false
  @Option(
    name: [.customShort("o"), .long],
    help: ArgumentHelp("write the view's contiguous copy, .npy; - for standard output", valueName: "OUT.npy"))
  var output: String?
  @Flag(help: "Print JSON.") var json = false
  @OptionGroup(title: "Reading") var reading: ReadingOptions

  func run() throws {
    Interruption.endsTheProgram()
    let shape = try Self.integers("shape", shape)
    let strides = try Self.integers("strides", strides)
    let offset = try offset.map { text throws(CommandFailure) in try Self.integers("offset", text, count: 1)[0] } ?? 0
    guard shape.allSatisfy({ $0 >= 0 }) else {
      throw CommandFailure.usage("--shape: expected lengths of 0 or more, got '\(self.shape)'")
    }
    guard shape.count == strides.count else {
      throw CommandFailure.usage(
        "expected one stride for each axis, got --shape \(self.shape) with --strides \(self.strides)")
    }
    let word = try InputWord(input)
    let loaded = try word.load(from: reading.source())
    Messages.notes(loaded.notes)
    let memory = try loaded.tensor.contiguous()
    let itemSize = memory.elementType.itemSize
    let layout = try Layout(
      shape: shape, strides: strides.map { try elements($0, itemSize, of: "--strides") },
      offset: elements(offset, itemSize, of: "--offset"))
    let view = try Self.wholeBuffer(memory).asStrided(layout)
    if let output { try writeArray(view, to: output) }
    let report = StridedReport(view)
    if output == "-" { return }
    try StandardStream.output.write(json ? report.json + "\n" : report.text(limit: Self.printed))
  }

  /// How many elements are listed: a screenful or two on a terminal, more where a program may read them.
  private static var printed: Int { StandardStream.output.isTerminal ? 1000 : StridedReport.mostElements }

  private func elements(_ value: Int, _ itemSize: Int, of option: String) throws(CommandFailure) -> Int {
    guard bytes else { return value }
    guard value % itemSize == 0 else {
      throw .data("\(option) --bytes: expected multiples of the \(itemSize) bytes of an element, got \(value)")
    }
    return value / itemSize
  }

  /// Row-major memory seen from its first element.
  private static func wholeBuffer(_ tensor: AnyTensor) throws(StridedTensorError) -> AnyTensor {
    // A contiguous view of a larger buffer is copied, so that offset 0 is its first element and nothing else is reachable.
    guard tensor.bufferCount != tensor.count || tensor.layout.offset != 0 else { return tensor }
    return try tensor.visit(CopyingVisitor())
  }

  private static func integers(_ option: String, _ text: String, count: Int? = nil) throws(CommandFailure) -> [Int] {
    let parts = text.split(separator: ",", omittingEmptySubsequences: false).map { Int($0) }
    let numbers = parts.compactMap(\.self)
    guard numbers.count == parts.count, count == nil || numbers.count == count, numbers.count <= 32 else {
      let expected = count == 1 ? "a whole number" : "whole numbers separated by commas, 32 at most"
      throw .usage("--\(option): expected \(expected), got '\(text)'")
    }
    return numbers
  }
}

private struct CopyingVisitor: TensorVisitor {
  func visit<Element: TensorElement>(_ tensor: Tensor<Element>) throws(StridedTensorError) -> AnyTensor {
    try tensor.copied().erased
  }
}
