import Convolution
import StridedTensor

/// The two-way map between logical input indices and addresses in the input's one buffer.
///
/// The input is an N×H×W×C view of its buffer, in any order of axes (an NCHW file is a permuted view), each element shown once.
public struct InputAddressing: Hashable, Sendable {
  public let layout: Layout

  /// - Parameter layout: the input's N×H×W×C view.
  public init(layout: Layout) {
    self.layout = layout
    axes = layout.shape.indices.prefix(4).filter { layout.shape[$0] > 1 }.sorted {
      layout.strides[$0] > layout.strides[$1]
    }
  }

  /// Axes longer than 1, from the longest stride down.
  private let axes: [Int]

  /// The address of an index; `padding` outside the picture.
  ///
  /// - Complexity: O(1).
  public func address(of index: InputIndex) -> Address {
    guard contains(index) else { return .padding }
    return .element(.input, offset: offset(of: index))
  }

  /// The buffer offset of an index within the picture.
  public func offset(of index: InputIndex) -> Int {
    layout.offset + index.n * layout.strides[0] + index.y * layout.strides[1] + index.x * layout.strides[2]
      + index.c * layout.strides[3]
  }

  /// Whether an index lies within the unpadded input.
  public func contains(_ index: InputIndex) -> Bool {
    (0..<layout.shape[0]).contains(index.n) && (0..<layout.shape[1]).contains(index.y)
      && (0..<layout.shape[2]).contains(index.x) && (0..<layout.shape[3]).contains(index.c)
  }

  /// The index that shows an offset: axes are peeled off from the longest stride down.
  ///
  /// - Complexity: O(1). Nil if no index shows it.
  public func index(ofOffset offset: Int) -> InputIndex? {
    var rest = offset - layout.offset
    var index = InputIndex(n: 0, y: 0, x: 0, c: 0)
    for axis in axes {
      let stride = layout.strides[axis]
      guard stride > 0, rest >= 0 else { return nil }
      let place = rest / stride
      rest -= place * stride
      switch axis {
      case 0: index.n = place
      case 1: index.y = place
      case 2: index.x = place
      default: index.c = place
      }
    }
    return rest == 0 && contains(index) ? index : nil
  }
}
