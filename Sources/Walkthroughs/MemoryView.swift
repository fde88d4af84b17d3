import Convolution
import StridedTensor

/// A view of a buffer with what is needed to show it; it may leave the buffer.
public struct MemoryView: Hashable, Sendable {
  /// Whose memory the view lies over.
  public enum Source: Hashable, Sendable {
    /// The experiment's input.
    case input
    /// A row-major copy of the input with zeros around it, N×(H+…)×(W+…)×C.
    case paddedInput
    /// The six int32 numbers of the lecture's example.
    case lecture
  }

  public let layout: Layout
  public let source: Source
  /// Elements of the buffer, and their type.
  public let bufferCount: Int
  public let elementType: ElementType
  /// A letter for each axis, or none.
  public let axes: [String]

  public init(
    layout: Layout, source: Source = .input, bufferCount: Int, elementType: ElementType, axes: [String] = []
  ) {
    self.layout = layout
    self.source = source
    self.bufferCount = bufferCount
    self.elementType = elementType
    self.axes = axes
  }

  public var itemSize: Int { elementType.itemSize }
  public var word: ViewWord { ViewWord(layout) }

  /// What is to be said of the view; see `ViewExplanation`.
  public func explanation(workLimit: Int = 1 << 16) -> ViewExplanation {
    ViewExplanation(layout, bufferCount: bufferCount, itemSize: itemSize, workLimit: workLimit)
  }

  /// The address that an index shows; `outOfBounds` where the view leaves the buffer.
  ///
  /// In a padded copy an element maps back to the input, or to padding.
  public func address(of index: [Int], geometry: ConvolutionGeometry, input: Layout) -> Address {
    let offset = layout.offset(of: index)
    guard (0..<bufferCount).contains(offset) else { return .outOfBounds }
    switch source {
    case .input, .lecture: return .element(.input, offset: offset)
    case .paddedInput:
      let shape = geometry.paddedShape
      let pixel = offset / shape[3]
      let found = InputIndex(
        n: pixel / shape[2] / shape[1], y: pixel / shape[2] % shape[1] - geometry.padding.top,
        x: pixel % shape[2] - geometry.padding.left, c: offset % shape[3])
      return InputAddressing(layout: input).address(of: found)
    }
  }
}
