import Convolution
import StridedTensor

/// What a library is handed, to be timed on it.
enum PeerSubject<E: ConvolutionElement> {
  case convolution(ConvolutionCase<E>)
  /// Its patch matrix made contiguous.
  case patches(ConvolutionCase<E>)
  /// A matrix product, rows×depth times depth×columns, of numbers that the library draws itself.
  case product(rows: Int, depth: Int, columns: Int)

  /// The arrays that it is handed in files, by the names that the request gives them.
  var arrays: [(name: String, tensor: Tensor<E>)] {
    switch self {
    case .convolution(let item): [("input", item.input), ("weight", item.weight)]
    case .patches(let item): [("input", item.input)]
    case .product: []
    }
  }

  /// What the request says beside the arrays.
  var words: [String: Any] {
    switch self {
    case .convolution(let item): ["subject": "convolution"].merging(Self.words(item.geometry)) { own, _ in own }
    case .patches(let item): ["subject": "patches"].merging(Self.words(item.geometry)) { own, _ in own }
    case .product(let rows, let depth, let columns):
      ["subject": "product", "sizes": [rows, depth, columns], "dtype": E.elementType.rawValue]
    }
  }

  private static func words(_ g: ConvolutionGeometry) -> [String: Any] {
    [
      "output": g.outputShape, "groups": g.groups, "kernel": [g.kernelHeight, g.kernelWidth],
      "padding": [g.padding.top, g.padding.bottom, g.padding.left, g.padding.right],
      "stride": [g.stride.vertical, g.stride.horizontal], "dilation": [g.dilation.vertical, g.dilation.horizontal],
    ]
  }

  /// Multiplications and additions of the direct algorithm; of a copy the elements.
  private var operations: Double {
    switch self {
    case .convolution(let item): Double(item.geometry.operations)
    case .patches(let item): Double(item.geometry.patchMatrixCount * item.geometry.groups)
    case .product(let rows, let depth, let columns): 2 * Double(rows) * Double(depth) * Double(columns)
    }
  }

  /// Seconds that a first run may well take: at 10⁹ operations a second.
  var expectedSeconds: Double { operations * 1e-9 }

  /// Bytes of the numbers that it has to read or draw before it can start.
  var preparedBytes: Double {
    let elements =
      switch self {
      case .convolution, .patches: arrays.reduce(0) { $0 + Double($1.tensor.count) }
      case .product(let rows, let depth, let columns): Double(rows) * Double(depth) + Double(depth) * Double(columns)
      }
    return elements * Double(E.elementType.itemSize)
  }

  /// What one run of a way does.
  func work(ofPeerWay way: String) -> ContenderWork {
    switch self {
    case .convolution(let item):
      ContenderWork(ofPeerWay: way, item.geometry, itemSize: E.elementType.itemSize)
    case .patches(let item): .patchCopy(item.geometry, itemSize: E.elementType.itemSize)
    case .product: ContenderWork(directOperations: operations)
    }
  }
}
